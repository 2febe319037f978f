package org.trackerreports.tools.fetch;

import java.io.IOException;
import org.trackerreports.core.account.FetchRequest;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.tools.command.CommandFailure;

/** The account with which a command makes requests. */
interface RequestAccount {

    /** The account's name in messages. */
    String title();

    /**
     * Makes a request within the budget, and once more if the session had expired and was renewed.
     *
     * @return {@link FetchOutcome.HeldBack} if the account may not ask yet; never {@link FetchOutcome.SignInNeeded} for a person
     * @throws CommandFailure if only a person can sign in again
     */
    FetchOutcome ask(FetchRequest request) throws IOException, CommandFailure;
}
