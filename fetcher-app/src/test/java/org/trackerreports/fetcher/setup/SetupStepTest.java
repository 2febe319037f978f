package org.trackerreports.fetcher.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trackerreports.core.diagnosis.AccountStanding;
import org.trackerreports.fetcher.setup.SetupStep.State;
import org.trackerreports.queue.BudgetRule;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.history.LatestPosition;

/** Each step says how far it is, and what comes next. */
class SetupStepTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final URI SERVER = URI.create("http://localhost:6969");

    private static void assertStep(SetupStep step, State state, String text, String advice) {
        assertThat(step.state()).isEqualTo(state);
        assertThat(step.text()).isEqualTo(text);
        assertThat(step.advice().words()).isEqualTo(advice);
    }

    private static AccountStanding account(AccountState state) {
        Account account = Account.create("main").withState(state);
        BudgetRule rule = new BudgetRule(Duration.ofMinutes(5), 288, Duration.ofDays(1), 10);
        return new AccountStanding(account, 0, rule, false, Optional.empty(), Optional.empty(), NOW, NOW);
    }

    @Test
    void theAnisetteServerIsAskedFirst() {
        assertStep(
                SetupStep.anisette(
                        SERVER,
                        new AnisetteCheck.Finding(Optional.empty(), Optional.of("It does not answer.")),
                        List.of()),
                State.PROBLEM,
                "It does not answer.",
                "Start an anisette server there, or set ANISETTE_SERVER to yours and start the daemon again.");
        assertStep(
                SetupStep.anisette(SERVER, new AnisetteCheck.Finding(Optional.empty(), Optional.empty()), List.of()),
                State.WAITING,
                "http://localhost:6969 has not answered yet.",
                "Wait a moment.");
        AnisetteCheck.Finding machine = new AnisetteCheck.Finding(Optional.of("0123456789abcdef"), Optional.empty());
        assertStep(
                SetupStep.anisette(SERVER, machine, List.of()),
                State.DONE,
                "http://localhost:6969 answers. It runs on this machine.",
                "");
        SetupStep strangers = SetupStep.anisette(SERVER, machine, List.of("main", "second"));
        assertStep(
                strangers,
                State.PROBLEM,
                "http://localhost:6969 answers. It runs on this machine. These accounts signed in with another machine:"
                        + " main, second.",
                "Use the anisette server that they signed in with, or sign them in again.");
        assertThat(strangers.advice().account()).contains("main");
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:6969, THIS_MACHINE",
        "http://127.0.0.1:6969, THIS_MACHINE",
        "http://[::1]:6969, THIS_MACHINE",
        "http://192.168.178.20:6969, OWN_NETWORK",
        "http://10.1.2.3, OWN_NETWORK",
        "http://172.20.0.5, OWN_NETWORK",
        "http://[fd00::5]:6969, OWN_NETWORK",
        "http://anisette:6969, OWN_NETWORK",
        "https://pi.local, OWN_NETWORK",
        "http://172.32.0.5, OTHERS",
        "http://11.1.2.3, OTHERS",
        "https://anisette.example.com, OTHERS",
        "https://localhost.example.com, OTHERS"
    })
    void whoseServerItIsFollowsFromItsAddress(URI address, AnisetteOwner owner) {
        assertThat(AnisetteOwner.of(address)).isEqualTo(owner);
    }

    @Test
    void thenAnAccountIsNeededThatCanBeUsed() {
        assertStep(
                SetupStep.account(List.of()),
                State.TO_DO,
                "No account is signed in.",
                "Sign in with an account that you can afford to lose.");
        assertStep(
                SetupStep.account(List.of(account(AccountState.NEEDS_SECOND_FACTOR))),
                State.TO_DO,
                "No account can be used: account main needs a verification code.",
                "Finish its sign-in.");
    }

    @Test
    void thenTrackers() {
        assertStep(SetupStep.trackers(0, 0), State.TO_DO, "There is no tracker.", "Drop your key files here.");
        assertStep(SetupStep.trackers(0, 3), State.PROBLEM, "All 3 trackers are disabled.", "Enable one of them.");
        assertStep(SetupStep.trackers(1, 0), State.DONE, "1 tracker.", "");
        assertStep(SetupStep.trackers(12, 2), State.DONE, "12 trackers, and 2 disabled.", "");
    }

    @Test
    void thenThePositionComesByItself() {
        assertThat(SetupStep.unseenYet().state()).isEqualTo(State.LATER);
        assertStep(
                SetupStep.unseen(Optional.empty()),
                State.WAITING,
                "The trackers are not in the queue yet.",
                "Wait a moment.");
        LatestPosition seen = new LatestPosition(
                1,
                "Bike",
                NOW.minusSeconds(180),
                52.5,
                13.4,
                OptionalDouble.empty(),
                2,
                Optional.of("Berlin, DE"),
                Set.of(),
                NOW);
        assertStep(
                SetupStep.seen(seen, NOW), State.DONE, "Bike was seen 3 min ago near Berlin, DE.", "Look at the map.");
    }
}
