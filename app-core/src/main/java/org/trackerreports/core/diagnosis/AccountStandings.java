package org.trackerreports.core.diagnosis;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.trackerreports.core.account.AccountBudget;
import org.trackerreports.core.account.AccountStates;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.queue.BudgetState;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.account.Accounts;
import org.trackerreports.store.account.SaveOutcome;

/** Reads the state of accounts from the database and their budgets from Redis. */
public final class AccountStandings {

    private final AccountBudget budget;
    private final Clock clock;

    @Inject
    AccountStandings(AccountBudget budget, Clock clock) {
        this.budget = budget;
        this.clock = clock;
    }

    /**
     * Ends the cool-down of an account, in its budget and in its state.
     *
     * @return outdated if another program changed the account meanwhile
     */
    public SaveOutcome endCoolDown(Accounts accounts, Account account) {
        budget.endCoolDown(account);
        return accounts.save(account.withState(AccountState.READY)
                .withCoolDownUntil(Optional.empty())
                .withLastError(Optional.empty()));
    }

    /** The state of an account now. */
    public AccountStanding of(Account account) {
        Instant now = clock.instant();
        BudgetState state = budget.state(account);
        Optional<Instant> coolDown = Stream.concat(state.coolDownUntil().stream(), account.coolDownUntil().stream())
                .filter(now::isBefore)
                .max(Instant::compareTo);
        Optional<Session> session = AccountStates.session(account);
        Instant granted =
                now.plus(session.map(each -> budget.untilGranted(each, true)).orElse(Duration.ZERO));
        Instant grantedToDaemon =
                now.plus(session.map(each -> budget.untilGranted(each, false)).orElse(Duration.ZERO));
        return new AccountStanding(
                account,
                state.used(),
                budget.rule(),
                budget.followsOthers(),
                state.lastGranted(),
                coolDown,
                coolDown.filter(granted::isBefore).orElse(granted),
                coolDown.filter(grantedToDaemon::isBefore).orElse(grantedToDaemon));
    }
}
