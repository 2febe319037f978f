package org.trackerreports.tools.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trackerreports.core.diagnosis.AccountStanding;
import org.trackerreports.queue.BudgetRule;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;

class AccountFormatTest {

    /** Not a full second: the end of a wait is rounded, and must not be over when it is read. */
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.400Z");

    private static final Instant END = Instant.parse("2026-11-23T12:00:00.900Z");

    @Test
    void noTableShowsAnEndThatIsOver() {
        Account account = Account.create("main")
                .withState(AccountState.COOLING_DOWN)
                .withCoolDownUntil(Optional.of(END))
                .withLastError(Optional.of("HTTP 429"));
        BudgetRule rule = new BudgetRule(Duration.ofSeconds(300), 288, Duration.ofDays(1), 10);
        AccountStanding standing =
                new AccountStanding(account, 27, rule, false, Optional.empty(), Optional.of(END), END, END);
        StringWriter out = new StringWriter();
        AccountFormat.table(List.of(standing)).print(new PrintWriter(out, true));
        AccountFormat.details(standing, NOW).print(new PrintWriter(out, true));
        assertThat(out.toString()).contains("2026-11-23 12:00:01").doesNotContain("12:00:00");
    }
}
