package org.trackerreports.core.account;

import org.trackerreports.core.event.RequestResult;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchOutcome.Answered;
import org.trackerreports.findmy.fetch.FetchOutcome.EmptyAnswer;
import org.trackerreports.findmy.fetch.FetchOutcome.NoAnisette;
import org.trackerreports.findmy.fetch.FetchOutcome.NotAuthorised;
import org.trackerreports.findmy.fetch.FetchOutcome.Refused;
import org.trackerreports.findmy.fetch.FetchOutcome.TimedOut;
import org.trackerreports.findmy.fetch.FetchOutcome.TooManyRequests;
import org.trackerreports.findmy.fetch.FetchOutcome.Unreadable;

/** The outcome of a request as an event tells it. */
final class RequestResults {

    private RequestResults() {}

    static RequestResult of(FetchOutcome outcome) {
        if (outcome instanceof Answered) {
            return RequestResult.OK;
        }
        if (outcome instanceof EmptyAnswer) {
            return RequestResult.EMPTY;
        }
        if (outcome instanceof NotAuthorised) {
            return RequestResult.UNAUTHORISED;
        }
        if (outcome instanceof TooManyRequests) {
            return RequestResult.OVERLOADED;
        }
        if (outcome instanceof Refused) {
            return RequestResult.REFUSED;
        }
        if (outcome instanceof TimedOut) {
            return RequestResult.TIMEOUT;
        }
        if (outcome instanceof Unreadable) {
            return RequestResult.UNPARSABLE;
        }
        return outcome instanceof NoAnisette ? RequestResult.NO_ANISETTE : RequestResult.UNAVAILABLE;
    }
}
