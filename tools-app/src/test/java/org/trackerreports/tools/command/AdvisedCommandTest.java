package org.trackerreports.tools.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trackerreports.core.diagnosis.AccountNeed;
import org.trackerreports.core.diagnosis.Advice;
import org.trackerreports.core.diagnosis.Advice.Action;
import org.trackerreports.store.account.AccountState;

/** Each advice has its command, with names that a shell takes as they are. */
class AdvisedCommandTest {

    private static String command(Action action) {
        return AdvisedCommand.of(Advice.of(action, "In words."), "Käthe's bike");
    }

    private static String command(AccountState state) {
        return AdvisedCommand.of(
                AccountNeed.of("my account", state, Optional.empty()).advice());
    }

    @Test
    void adviceAboutATracker() {
        assertThat(command(Action.ENABLE_TRACKER)).isEqualTo("findmy tools trackers enable 'Käthe'\\''s bike'");
        assertThat(command(Action.RESUME_TRACKER)).isEqualTo("findmy tools queue resume 'Käthe'\\''s bike'");
        assertThat(command(Action.REQUEUE_TRACKER))
                .isEqualTo("Correct the cause, then: findmy tools queue requeue 'Käthe'\\''s bike'");
        assertThat(command(Action.OTHER_NETWORK))
                .isEqualTo("Try it from another network, such as one at home: findmy tools fetch 'Käthe'\\''s bike'");
        assertThat(command(Action.RESUME_QUEUE)).isEqualTo("findmy tools queue resume --all");
        assertThat(command(Action.FILL_QUEUE))
                .isEqualTo("Start the daemon (findmy fetcher), or: findmy tools queue verify");
        assertThat(command(Action.START_FETCHING)).isEqualTo("findmy fetcher");
        assertThat(command(Action.PLAN)).isEqualTo("findmy tools plan");
    }

    @Test
    void adviceAboutAnAccount() {
        assertThat(command(Action.SIGN_IN)).isEqualTo("findmy tools login --account main");
        assertThat(command(AccountState.NEEDS_LOGIN)).isEqualTo("findmy tools login --account 'my account'");
        assertThat(command(AccountState.NEEDS_SECOND_FACTOR)).isEqualTo("findmy tools login --account 'my account'");
        assertThat(command(AccountState.PAUSED)).isEqualTo("findmy tools accounts resume 'my account'");
        assertThat(command(AccountState.LOCKED))
                .isEqualTo("Unlock it at the service, then: findmy tools login --account 'my account'");
    }

    @Test
    void whatNoCommandDoesIsSaidInWords() {
        assertThat(command(Action.NOTHING)).isEqualTo("In words.");
        assertThat(command(Action.WAIT)).isEqualTo("In words.");
        assertThat(command(Action.OTHER)).isEqualTo("In words.");
        assertThat(command(AccountState.COOLING_DOWN)).isEqualTo("Wait; it continues by itself.");
    }
}
