package org.trackerreports.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.event.Listeners;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.account.Accounts;
import org.trackerreports.store.account.SaveOutcome;
import org.trackerreports.testsupport.MovableClock;

/** What the log says of an account, which people read some time after the end of what it tells. */
class AccountStatesTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00.250Z");

    private final Logger logger = (Logger) LoggerFactory.getLogger(AccountStates.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final ReportStore store = mock(ReportStore.class);
    private final Accounts accounts = mock(Accounts.class);
    private final MovableClock clock = new MovableClock(NOW);
    private final AccountStates states = new AccountStates(store, new Listeners<>(Set.of()), clock);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        when(store.accounts()).thenReturn(accounts);
        stored(Account.create("main").withState(AccountState.READY));
        states.condition("main");
        log.list.clear();
        when(accounts.save(any())).thenAnswer(call -> {
            Account saved = call.getArgument(0);
            stored(saved);
            return new SaveOutcome.Saved(saved);
        });
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    private void stored(Account account) {
        when(accounts.find("main")).thenReturn(Optional.of(account));
    }

    private String logged() {
        assertThat(log.list).hasSize(1);
        return log.list.get(0).getFormattedMessage();
    }

    @Test
    void theEndOfACoolDownIsRoundedUpSoThatItIsNeverOverWhenItIsLogged() {
        states.coolDown("main", Duration.ofMillis(500), "HTTP 401");

        assertThat(logged()).isEqualTo("Account main cools down until 2026-06-01T12:00:01Z (HTTP 401).");
    }

    @Test
    void aFullSecondStaysAsItIs() {
        states.coolDown("main", Duration.ofMillis(34_750), "HTTP 401");

        assertThat(logged()).contains("until 2026-06-01T12:00:35Z");
    }

    /** Another instance stored it; this one asks for it later, such as after a long request of its own. */
    @Test
    void aCoolDownThatIsNoticedWhenItIsOverIsToldAsOver() {
        stored(Account.create("main")
                .withState(AccountState.COOLING_DOWN)
                .withCoolDownUntil(Optional.of(NOW.plusSeconds(5)))
                .withLastError(Optional.of("HTTP 401")));
        clock.advance(Duration.ofSeconds(20));

        states.condition("main");

        assertThat(logged())
                .isEqualTo("Account main is ready again; it cooled down until 2026-06-01T12:00:06Z (HTTP 401).");
    }
}
