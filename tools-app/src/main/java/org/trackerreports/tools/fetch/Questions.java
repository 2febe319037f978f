package org.trackerreports.tools.fetch;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.trackerreports.core.account.AccountBudget.Budgeted;
import org.trackerreports.core.account.AccountBudget.Made;
import org.trackerreports.core.account.AccountBudget.MustWait;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.lifecycle.StopSignal;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchOutcome.Answered;
import org.trackerreports.findmy.fetch.FetchOutcome.NotAuthorised;
import org.trackerreports.findmy.fetch.FetchOutcome.TooManyRequests;
import org.trackerreports.findmy.fetch.FetchQuery;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.text.Durations;

/** Asks the service for a person, and waits for the budget if the person wants that. */
final class Questions {

    /** Without a word of the service about it. */
    private static final Duration AFTER_TOO_MANY = Duration.ofMinutes(15);

    private static final Duration AFTER_TROUBLE = Duration.ofMinutes(1);

    private final AskingAccount account;
    private final boolean patient;
    private final Consumer<String> notes;
    private final StopSignal stop = new StopSignal();

    /** @param patient whether to wait for the budget instead of failing */
    Questions(AskingAccount account, boolean patient, Consumer<String> notes) {
        this.account = account;
        this.patient = patient;
        this.notes = notes;
    }

    /**
     * Asks.
     *
     * @param trackers how many trackers the query is for
     * @throws CommandFailure if there is no answer, with the reason
     */
    Answered ask(FetchQuery query, int trackers) throws IOException, CommandFailure {
        FetchOutcome outcome = request(query, trackers);
        if (outcome instanceof Answered answered) {
            return answered;
        }
        account.rest(rest(outcome), outcome.message());
        boolean later = outcome.waitingHelps() || outcome instanceof NotAuthorised;
        throw new CommandFailure(
                later ? ExitCode.UNAVAILABLE : ExitCode.FAILED,
                "The service gave no reports: " + outcome.message() + (later ? "; try again later." : "."));
    }

    /** How long an account is left alone after an answer that is none. */
    static Duration rest(FetchOutcome outcome) {
        return outcome instanceof TooManyRequests tooMany ? tooMany.retryAfter().orElse(AFTER_TOO_MANY) : AFTER_TROUBLE;
    }

    private FetchOutcome request(FetchQuery query, int trackers) throws IOException, CommandFailure {
        while (true) {
            Budgeted<FetchOutcome> asked = account.ask(query, trackers);
            if (asked instanceof Made<FetchOutcome> made) {
                return made.answer();
            }
            Duration toWait = ((MustWait<FetchOutcome>) asked).duration();
            String wait = Durations.text(toWait.plusSeconds(1));
            if (!patient) {
                throw new CommandFailure(
                        ExitCode.UNAVAILABLE,
                        account.title() + " may ask again in " + wait + "; try then, or add --wait.");
            }
            notes.accept("Waiting " + wait + " until " + account.title() + " may ask again.");
            if (!stop.pause(toWait)) {
                throw new CommandFailure(ExitCode.INTERRUPTED, "Interrupted.");
            }
        }
    }
}
