package org.trackerreports.core.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trackerreports.core.diagnosis.AccountStanding.Limit;
import org.trackerreports.queue.BudgetRule;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;

/** What an account may ask, and which of its limits holds now. */
class AccountStandingTest {

    /** Not a full second: the end of a wait is rounded, and must not be over when it is read. */
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.400Z");

    private static final Instant END = Instant.parse("2026-11-23T12:00:00.900Z");

    private static AccountStanding standing(
            AccountState state, int used, boolean ofOthers, Optional<Instant> coolDown, Instant next) {
        Account account = Account.create("main")
                .withState(state)
                .withCoolDownUntil(coolDown)
                .withLastError(state == AccountState.READY ? Optional.empty() : Optional.of("HTTP 429"));
        BudgetRule rule = new BudgetRule(Duration.ofSeconds(300), 288, Duration.ofDays(1), 10);
        return new AccountStanding(account, used, rule, ofOthers, Optional.empty(), coolDown, next, next);
    }

    private static void assertNext(AccountStanding standing, Optional<Limit> holding, String text) {
        assertThat(standing.holding(NOW)).isEqualTo(holding);
        assertThat(standing.nextRequest(NOW)).isEqualTo(text);
    }

    @Test
    void theLimitThatHoldsIsNamedWithItsEnd() {
        Optional<Instant> none = Optional.empty();
        assertNext(standing(AccountState.READY, 27, false, none, NOW), Optional.empty(), "allowed now");
        assertNext(
                standing(AccountState.READY, 27, false, none, END),
                Optional.of(Limit.GAP),
                "not before 2026-11-23 12:00:01: the gap after its last request");
        assertNext(
                standing(AccountState.READY, 278, false, none, END),
                Optional.of(Limit.REQUESTS_PER_DAY),
                "not before 2026-11-23 12:00:01: it has made its requests of 1 d");
        assertNext(
                standing(AccountState.COOLING_DOWN, 27, false, Optional.of(END), END),
                Optional.of(Limit.COOL_DOWN),
                "not before 2026-11-23 12:00:01: it cools down (HTTP 429)");
        assertNext(
                standing(AccountState.COOLING_DOWN, 27, false, Optional.of(END), END.plusSeconds(60)),
                Optional.of(Limit.GAP),
                "not before 2026-11-23 12:01:01: the gap after its last request");
        assertThat(standing(AccountState.LOCKED, 27, false, none, NOW).nextRequest(NOW))
                .isEqualTo("none: account main is locked (HTTP 429)");
    }

    @Test
    void theLimitsAreToldAndWhoseTheyAre() {
        assertThat(standing(AccountState.READY, 0, false, Optional.empty(), NOW).limits())
                .isEqualTo("288 requests in 1 d, 10 of them kept for requests by hand; 300.0 s between two");
        assertThat(standing(AccountState.READY, 0, true, Optional.empty(), NOW).limits())
                .endsWith("between two (another instance is stricter than this configuration)");
    }
}
