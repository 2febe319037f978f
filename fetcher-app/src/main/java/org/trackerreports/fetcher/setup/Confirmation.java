package org.trackerreports.fetcher.setup;

import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.server.route.Request;

/** What removes something wants its name repeated, as {@code confirm}. */
final class Confirmation {

    private Confirmation() {}

    /**
     * Requires the confirmation.
     *
     * @param consequence what would happen, for people
     * @throws ProblemException if it is missing or names something else
     */
    static void require(Request request, String name, String consequence) {
        if (!request.query("confirm").filter(name::equals).isPresent()) {
            throw new ProblemException(Answer.problem(
                    409,
                    "Not confirmed",
                    consequence + " Nothing was removed.",
                    "To confirm, add the name: ?confirm=NAME"));
        }
    }
}
