package org.trackerreports.tools.fetch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.trackerreports.fetcher.ExitCode;
import org.trackerreports.fetcher.account.AccountBudget;
import org.trackerreports.fetcher.account.AccountBudget.Budgeted;
import org.trackerreports.fetcher.account.AccountBudget.Made;
import org.trackerreports.fetcher.account.AccountBudget.MustWait;
import org.trackerreports.fetcher.account.AccountCondition;
import org.trackerreports.fetcher.account.AccountCondition.Resting;
import org.trackerreports.fetcher.account.AccountCondition.Usable;
import org.trackerreports.fetcher.account.AccountRequests;
import org.trackerreports.fetcher.account.AccountRequests.Question;
import org.trackerreports.fetcher.account.AccountStates;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchOutcome.SignInNeeded;
import org.trackerreports.findmy.fetch.FetchQuery;
import org.trackerreports.queue.BudgetState;
import org.trackerreports.store.ReportStore;
import org.trackerreports.tools.account.NamedAccount;
import org.trackerreports.tools.command.CommandFailure;

/** An account of the database, whose budget all instances share. */
final class PooledAccount implements AskingAccount {

    private final String alias;
    private final AccountBudget budget;
    private final AccountRequests requests;
    private final AccountStates states;
    private final Clock clock;

    private PooledAccount(
            String alias, AccountBudget budget, AccountRequests requests, AccountStates states, Clock clock) {
        this.alias = alias;
        this.budget = budget;
        this.requests = requests;
        this.states = states;
        this.clock = clock;
    }

    /**
     * The account of an alias, or the one that rested longest. It may still rest; then it says how long.
     *
     * @throws CommandFailure if it, or all of them, wait for a person
     */
    static PooledAccount choose(
            ReportStore store,
            AccountBudget budget,
            AccountRequests requests,
            AccountStates states,
            Clock clock,
            Optional<String> alias)
            throws CommandFailure {
        List<String> aliases = states.aliases();
        if (alias.isPresent()) {
            NamedAccount.require(store, alias.get());
            aliases = List.of(alias.get());
        }
        Map<String, Instant> restedSince = new LinkedHashMap<>();
        for (String each : aliases) {
            AccountCondition condition = states.condition(each);
            if (condition instanceof Resting resting) {
                restedSince.put(each, resting.until());
            } else if (condition instanceof Usable) {
                restedSince.put(each, restedSince(budget.state(each)));
            }
        }
        String chosen = restedSince.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.LOGIN_NEEDED,
                        alias.map(PooledAccount::cannotBeUsed)
                                .orElse(
                                        "No account is signed in and free to be used. See them: findmy tools accounts list;"
                                                + " sign one in: findmy tools login --account main")));
        return new PooledAccount(chosen, budget, requests, states, clock);
    }

    private static String cannotBeUsed(String alias) {
        return "Account " + alias + " cannot be used now; see why: findmy tools accounts show " + alias;
    }

    private static Instant restedSince(BudgetState state) {
        return Stream.concat(state.lastGranted().stream(), state.coolDownUntil().stream())
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    @Override
    public String title() {
        return "Account " + alias;
    }

    @Override
    public Budgeted<FetchOutcome> ask(FetchQuery query, int trackers) throws CommandFailure {
        AccountCondition condition = states.condition(alias);
        if (condition instanceof Resting resting) {
            return new MustWait<>(Duration.between(clock.instant(), resting.until()));
        }
        if (!(condition instanceof Usable usable)) {
            throw new CommandFailure(ExitCode.LOGIN_NEEDED, cannotBeUsed(alias));
        }
        Budgeted<FetchOutcome> asked = requests.ask(usable.account(), new Question(query, trackers, trackers, true));
        if (asked instanceof Made<FetchOutcome> made
                && made.answer() instanceof SignInNeeded needed
                && !needed.waitingHelps()) {
            throw new CommandFailure(
                    ExitCode.LOGIN_NEEDED,
                    "Account " + alias + " could not be signed in again (" + needed.message()
                            + "): findmy tools login --account " + alias);
        }
        return asked;
    }

    @Override
    public void rest(Duration rest, String reason) {
        budget.rest(alias, rest);
        states.rest(alias, rest, reason);
    }
}
