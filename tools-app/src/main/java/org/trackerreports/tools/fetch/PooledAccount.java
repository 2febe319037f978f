package org.trackerreports.tools.fetch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trackerreports.core.account.AccountBudget;
import org.trackerreports.core.account.AccountBudget.Budgeted;
import org.trackerreports.core.account.AccountBudget.Made;
import org.trackerreports.core.account.AccountBudget.MustWait;
import org.trackerreports.core.account.AccountCondition;
import org.trackerreports.core.account.AccountCondition.Resting;
import org.trackerreports.core.account.AccountCondition.Usable;
import org.trackerreports.core.account.AccountCondition.Waiting;
import org.trackerreports.core.account.AccountRequests;
import org.trackerreports.core.account.AccountRequests.Question;
import org.trackerreports.core.account.AccountStates;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchOutcome.Answered;
import org.trackerreports.findmy.fetch.FetchOutcome.SignInNeeded;
import org.trackerreports.findmy.fetch.FetchQuery;
import org.trackerreports.queue.BudgetState;
import org.trackerreports.store.ReportStore;
import org.trackerreports.tools.account.AccountNeed;
import org.trackerreports.tools.account.NamedAccount;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.text.Shell;

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
    static PooledAccount choose(Application application, Optional<String> alias) throws CommandFailure {
        AccountStates states = application.get(AccountStates.class);
        AccountBudget budget = application.get(AccountBudget.class);
        List<String> aliases = states.aliases();
        if (alias.isPresent()) {
            NamedAccount.require(application.get(ReportStore.class), alias.get());
            aliases = List.of(alias.get());
        }
        Map<String, Instant> restedSince = new LinkedHashMap<>();
        List<AccountNeed> needs = new ArrayList<>();
        for (String each : aliases) {
            AccountCondition condition = states.condition(each);
            if (condition instanceof Resting resting) {
                restedSince.put(each, resting.until());
            } else if (condition instanceof Usable) {
                restedSince.put(each, restedSince(budget.state(each)));
            } else if (condition instanceof Waiting waiting) {
                needs.add(AccountNeed.of(each, waiting.state(), waiting.reason()));
            }
        }
        String chosen = restedSince.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow(() -> cannotAsk(needs));
        return new PooledAccount(
                chosen, budget, application.get(AccountRequests.class), states, application.get(Clock.class));
    }

    private static CommandFailure cannotAsk(List<AccountNeed> needs) {
        return new CommandFailure(
                ExitCode.LOGIN_NEEDED,
                needs.isEmpty()
                        ? "There is no account to ask with. Add one: findmy tools login --account main"
                        : "Nobody can ask: "
                                + needs.stream().map(AccountNeed::sentence).collect(Collectors.joining("; "))
                                + ".\nNext step: "
                                + needs.get(0).nextStep());
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
            throw cannotAsk(
                    condition instanceof Waiting waiting
                            ? List.of(AccountNeed.of(alias, waiting.state(), waiting.reason()))
                            : List.of());
        }
        Budgeted<FetchOutcome> asked = requests.ask(usable.account(), new Question(query, trackers, trackers, true));
        if (asked instanceof Made<FetchOutcome> made
                && made.answer() instanceof SignInNeeded needed
                && !needed.waitingHelps()) {
            throw new CommandFailure(
                    ExitCode.LOGIN_NEEDED,
                    "Account " + alias + " could not be signed in again (" + needed.message()
                            + "): findmy tools login --account " + Shell.word(alias));
        }
        if (asked instanceof Made<FetchOutcome> made && made.answer() instanceof Answered) {
            states.answered(alias);
        }
        return asked;
    }

    @Override
    public void rest(Duration rest, String reason) {
        budget.rest(alias, rest);
        states.rest(alias, rest, reason);
    }
}
