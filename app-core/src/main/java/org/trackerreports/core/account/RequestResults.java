package org.trackerreports.core.account;

import org.trackerreports.core.event.RequestResult;
import org.trackerreports.findmy.fetch.FetchOutcome;

/** The outcome of a request as an event reports it. */
final class RequestResults {

    private RequestResults() {}

    static RequestResult of(FetchOutcome outcome) {
        return switch (outcome.kind()) {
            case ANSWERED -> RequestResult.OK;
            case EMPTY_ANSWER -> RequestResult.EMPTY;
            case NOT_AUTHORISED -> RequestResult.UNAUTHORISED;
            case TOO_MANY_REQUESTS -> RequestResult.OVERLOADED;
            case REFUSED -> RequestResult.REFUSED;
            case TIMED_OUT -> RequestResult.TIMEOUT;
            case UNREADABLE -> RequestResult.UNPARSABLE;
            case NO_ANISETTE -> RequestResult.NO_ANISETTE;
            case SERVICE_ERROR, UNREACHABLE -> RequestResult.UNAVAILABLE;
            case SIGN_IN_NEEDED, HELD_BACK ->
                throw new IllegalArgumentException("no request was made: " + outcome.message());
        };
    }
}
