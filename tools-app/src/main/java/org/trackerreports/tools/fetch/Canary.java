package org.trackerreports.tools.fetch;

import java.util.Optional;
import org.trackerreports.core.account.AccountBudget.Budgeted;
import org.trackerreports.core.account.AccountBudget.Made;
import org.trackerreports.core.pipeline.FetchPlan;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchOutcome.Answered;
import org.trackerreports.tools.command.CommandFailure;

/** One question, to see whether there are answers. */
public final class Canary {

    private Canary() {}

    /**
     * Asks with the account that rested longest, within its budget; trouble lets it rest as any trouble does.
     *
     * @throws CommandFailure if every account waits for a person
     */
    public static Budgeted<FetchOutcome> ask(Application application, FetchPlan plan) throws CommandFailure {
        PooledAccount account = PooledAccount.choose(application, Optional.empty());
        Budgeted<FetchOutcome> asked = account.ask(plan.query(), plan.included().size());
        if (asked instanceof Made<FetchOutcome> made && !(made.answer() instanceof Answered)) {
            account.rest(Questions.rest(made.answer()), made.answer().message());
        }
        return asked;
    }
}
