package org.trackerreports.tools.fetch;

import java.io.IOException;
import java.time.Duration;
import org.trackerreports.core.account.AccountBudget.Budgeted;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchQuery;
import org.trackerreports.tools.command.CommandFailure;

/** The account that asks for a person, with the budget that it must keep to. */
interface AskingAccount {

    /** What a person calls it. */
    String title();

    /**
     * Asks once if the budget allows it; when the session had ended and could be renewed, once more.
     *
     * @param trackers how many trackers the query is for
     * @throws CommandFailure if only a person can sign in again
     */
    Budgeted<FetchOutcome> ask(FetchQuery query, int trackers) throws IOException, CommandFailure;

    /** Makes no request for a while. */
    void rest(Duration rest, String reason) throws IOException;
}
