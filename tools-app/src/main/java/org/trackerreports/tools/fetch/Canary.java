package org.trackerreports.tools.fetch;

import jakarta.inject.Inject;
import java.util.Optional;
import org.trackerreports.core.account.FetchRequest;
import org.trackerreports.core.pipeline.FetchTarget;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchPlan;
import org.trackerreports.tools.command.CommandFailure;

/** One request, to see whether the service answers. */
public final class Canary {

    private final StoredAccounts accounts;

    @Inject
    Canary(StoredAccounts accounts) {
        this.accounts = accounts;
    }

    /**
     * Asks with the account that was idle longest, within its budget.
     *
     * @return {@link FetchOutcome.HeldBack} if the account may not ask yet
     * @throws CommandFailure if every account waits for a person
     */
    public FetchOutcome ask(FetchPlan<FetchTarget> plan) throws CommandFailure {
        return accounts.choose(Optional.empty()).ask(FetchRequest.of(plan));
    }
}
