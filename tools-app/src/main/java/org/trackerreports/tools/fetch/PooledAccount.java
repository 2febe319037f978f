package org.trackerreports.tools.fetch;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trackerreports.fetcher.ExitCode;
import org.trackerreports.fetcher.account.AccountBudget;
import org.trackerreports.fetcher.account.AccountBudget.Budgeted;
import org.trackerreports.fetcher.account.AccountBudget.Made;
import org.trackerreports.fetcher.account.AccountRequests;
import org.trackerreports.fetcher.account.AccountRequests.Question;
import org.trackerreports.fetcher.account.AccountStates;
import org.trackerreports.fetcher.account.SignedInAccount;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchOutcome.SignInNeeded;
import org.trackerreports.findmy.fetch.FetchQuery;
import org.trackerreports.queue.BudgetState;
import org.trackerreports.store.ReportStore;
import org.trackerreports.tools.account.NamedAccount;
import org.trackerreports.tools.command.CommandFailure;

/** An account of the database, whose budget all instances share. */
final class PooledAccount implements AskingAccount {

    private final AccountBudget budget;
    private final AccountRequests requests;
    private final AccountStates states;
    private SignedInAccount account;

    private PooledAccount(
            AccountBudget budget, AccountRequests requests, AccountStates states, SignedInAccount account) {
        this.budget = budget;
        this.requests = requests;
        this.states = states;
        this.account = account;
    }

    /**
     * The account of an alias, or the one that rested longest.
     *
     * @throws CommandFailure if it, or none, can be used
     */
    static PooledAccount choose(
            ReportStore store,
            AccountBudget budget,
            AccountRequests requests,
            AccountStates states,
            Optional<String> alias)
            throws CommandFailure {
        List<String> aliases = states.aliases();
        if (alias.isPresent()) {
            NamedAccount.require(store, alias.get());
            aliases = List.of(alias.get());
        }
        SignedInAccount account = aliases.stream()
                .map(states::usable)
                .flatMap(Optional::stream)
                .min(Comparator.comparing(each -> restedSince(budget.state(each.alias()))))
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.LOGIN_NEEDED,
                        alias.map(name -> "Account " + name
                                        + " cannot be used now; see why: findmy tools accounts show " + name)
                                .orElse(
                                        "No account is signed in and free to be used. See them: findmy tools accounts list;"
                                                + " sign one in: findmy tools login --account main")));
        return new PooledAccount(budget, requests, states, account);
    }

    private static Instant restedSince(BudgetState state) {
        return Stream.concat(state.lastGranted().stream(), state.coolDownUntil().stream())
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    @Override
    public String title() {
        return "Account " + account.alias();
    }

    @Override
    public Budgeted<FetchOutcome> ask(FetchQuery query, int trackers) throws CommandFailure {
        Budgeted<FetchOutcome> asked = requests.ask(account, new Question(query, trackers, trackers, true));
        if (asked instanceof Made<FetchOutcome> made
                && made.answer() instanceof SignInNeeded needed
                && !needed.waitingHelps()) {
            throw new CommandFailure(
                    ExitCode.LOGIN_NEEDED,
                    "Account " + account.alias() + " could not be signed in again (" + needed.message()
                            + "): findmy tools login --account " + account.alias());
        }
        // The session may have been renewed on the way, here or by another instance.
        account = states.usable(account.alias()).orElse(account);
        return asked;
    }

    @Override
    public void rest(Duration rest, String reason) {
        budget.rest(account.alias(), rest);
        states.rest(account.alias(), rest, reason);
    }
}
