package org.trackerreports.tools.fetch;

import java.io.IOException;
import org.trackerreports.core.account.FetchRequest;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.tools.command.CommandFailure;

/** The account that a command asks with. */
interface RequestAccount {

    /** The account's name in messages. */
    String title();

    /**
     * Asks once within the budget; once more if the session had ended and was renewed.
     *
     * @return {@link FetchOutcome.HeldBack} if the account may not ask yet; never {@link FetchOutcome.SignInNeeded} for a person
     * @throws CommandFailure if only a person can sign in again
     */
    FetchOutcome ask(FetchRequest request) throws IOException, CommandFailure;
}
