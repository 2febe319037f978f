package org.trackerreports.tools.fetch;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.trackerreports.core.account.AccountBudget;
import org.trackerreports.core.account.AccountCondition;
import org.trackerreports.core.account.AccountCondition.CoolingDown;
import org.trackerreports.core.account.AccountCondition.Usable;
import org.trackerreports.core.account.AccountCondition.Waiting;
import org.trackerreports.core.account.AccountRequests;
import org.trackerreports.core.account.AccountStates;
import org.trackerreports.core.account.FetchRequest;
import org.trackerreports.core.account.SignedInAccount;
import org.trackerreports.core.diagnosis.AccountNeed;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.queue.BudgetState;
import org.trackerreports.store.ReportStore;
import org.trackerreports.tools.account.NamedAccount;
import org.trackerreports.tools.command.CommandFailure;

/** Chooses an account in the database for requests by hand. */
public record StoredAccounts(
        ReportStore store, AccountStates states, AccountBudget budget, AccountRequests requests, Clock clock) {

    @Inject
    public StoredAccounts {}

    /**
     * Makes one request with the account that has been idle the longest, within its budget.
     *
     * @return {@link FetchOutcome.HeldBack} if the account may not ask yet
     * @throws CommandFailure if every account waits for a person
     */
    public FetchOutcome ask(FetchRequest request) throws CommandFailure {
        return choose(Optional.empty()).ask(request);
    }

    /**
     * The account of an alias, or the one that has been idle the longest. It may still cool down; then {@link RequestAccount#ask} says how long.
     *
     * @throws CommandFailure if it, or all of them, wait for a person
     */
    StoredAccount choose(Optional<String> alias) throws CommandFailure {
        List<String> aliases = states.aliases();
        if (alias.isPresent()) {
            aliases = List.of(NamedAccount.require(store, alias.get()).alias());
        }
        Map<String, Instant> idleSince = new LinkedHashMap<>();
        List<AccountNeed> needs = new ArrayList<>();
        for (String each : aliases) {
            AccountCondition condition = states.condition(each);
            switch (condition.kind()) {
                case COOLING_DOWN -> idleSince.put(each, ((CoolingDown) condition).until());
                case USABLE -> idleSince.put(each, idleSince(((Usable) condition).account()));
                case WAITING -> needs.add(AccountNeed.of(each, (Waiting) condition));
                case GONE -> {
                    // Removed since the list was read.
                }
            }
        }
        String chosen = idleSince.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow(() -> StoredAccount.cannotAsk(needs));
        return new StoredAccount(chosen, requests, states, clock);
    }

    private Instant idleSince(SignedInAccount account) {
        BudgetState state = budget.state(account.session());
        return Stream.concat(state.lastGranted().stream(), state.coolDownUntil().stream())
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }
}
