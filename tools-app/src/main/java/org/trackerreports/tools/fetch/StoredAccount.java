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
import org.trackerreports.core.account.AccountCondition;
import org.trackerreports.core.account.AccountCondition.CoolingDown;
import org.trackerreports.core.account.AccountCondition.Usable;
import org.trackerreports.core.account.AccountCondition.Waiting;
import org.trackerreports.core.account.AccountRequests;
import org.trackerreports.core.account.AccountStates;
import org.trackerreports.core.account.FetchRequest;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchOutcome.HeldBack;
import org.trackerreports.findmy.fetch.FetchOutcome.Kind;
import org.trackerreports.queue.BudgetState;
import org.trackerreports.store.ReportStore;
import org.trackerreports.tools.account.AccountNeed;
import org.trackerreports.tools.account.NamedAccount;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.text.Shell;

/** An account of the database, whose budget all instances share. */
final class StoredAccount implements RequestAccount {

    private final String alias;
    private final AccountRequests requests;
    private final AccountStates states;
    private final Clock clock;

    private StoredAccount(String alias, AccountRequests requests, AccountStates states, Clock clock) {
        this.alias = alias;
        this.requests = requests;
        this.states = states;
        this.clock = clock;
    }

    /**
     * The account of an alias, or the one that was idle longest. It may still cool down; then {@link #ask} says how long.
     *
     * @throws CommandFailure if it, or all of them, wait for a person
     */
    static StoredAccount choose(Application application, Optional<String> alias) throws CommandFailure {
        AccountStates states = application.get(AccountStates.class);
        AccountBudget budget = application.get(AccountBudget.class);
        List<String> aliases = states.aliases();
        if (alias.isPresent()) {
            NamedAccount.require(application.get(ReportStore.class), alias.get());
            aliases = List.of(alias.get());
        }
        Map<String, Instant> idleSince = new LinkedHashMap<>();
        List<AccountNeed> needs = new ArrayList<>();
        for (String each : aliases) {
            AccountCondition condition = states.condition(each);
            if (condition instanceof CoolingDown coolingDown) {
                idleSince.put(each, coolingDown.until());
            } else if (condition instanceof Usable) {
                idleSince.put(each, idleSince(budget.state(each)));
            } else if (condition instanceof Waiting waiting) {
                needs.add(AccountNeed.of(each, waiting.state(), waiting.reason()));
            }
        }
        String chosen = idleSince.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow(() -> cannotAsk(needs));
        return new StoredAccount(chosen, application.get(AccountRequests.class), states, application.get(Clock.class));
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

    private static Instant idleSince(BudgetState state) {
        return Stream.concat(state.lastGranted().stream(), state.coolDownUntil().stream())
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    @Override
    public String title() {
        return "Account " + alias;
    }

    @Override
    public FetchOutcome ask(FetchRequest request) throws CommandFailure {
        AccountCondition condition = states.condition(alias);
        if (condition instanceof CoolingDown coolingDown) {
            return new HeldBack(title() + " cools down", Duration.between(clock.instant(), coolingDown.until()));
        }
        if (!(condition instanceof Usable)) {
            throw cannotAsk(
                    condition instanceof Waiting waiting
                            ? List.of(AccountNeed.of(alias, waiting.state(), waiting.reason()))
                            : List.of());
        }
        FetchOutcome outcome = requests.ask(alias, true, request);
        if (outcome.kind() == Kind.SIGN_IN_NEEDED && !outcome.waitingHelps()) {
            throw new CommandFailure(
                    ExitCode.LOGIN_NEEDED,
                    "Account " + alias + " could not be signed in again (" + outcome.message()
                            + "): findmy tools login --account " + Shell.word(alias));
        }
        return outcome;
    }
}
