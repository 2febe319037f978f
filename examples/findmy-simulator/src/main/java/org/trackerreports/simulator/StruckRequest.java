package org.trackerreports.simulator;

/** Ends the work on a request because a fault takes the place of the answer. The fault is noted in the call. */
final class StruckRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StruckRequest() {
        super("struck by a fault", null, false, false);
    }

    static boolean replacesAnswer(FaultKind kind) {
        return switch (kind) {
            case UNAUTHORIZED,
                    FORBIDDEN,
                    TOO_MANY_REQUESTS,
                    SERVER_ERROR,
                    BAD_GATEWAY,
                    UNAVAILABLE,
                    STATUS_541,
                    EMPTY_ANSWER,
                    HTML_PAGE,
                    HANG,
                    CONNECTION_RESET -> true;
            default -> false;
        };
    }

    /** The answer of a fault that replaces it; for a hang or reset it is never sent. */
    static Reply reply(Fault fault) {
        return switch (fault.kind()) {
            case UNAUTHORIZED -> Reply.empty(401);
            case FORBIDDEN -> Reply.empty(403);
            case TOO_MANY_REQUESTS ->
                Reply.empty(429)
                        .with("Retry-After", Long.toString(fault.retryAfter().toSeconds()));
            case SERVER_ERROR -> Reply.empty(500);
            case BAD_GATEWAY -> Reply.html(502, "Bad Gateway");
            case UNAVAILABLE -> Reply.html(503, "Service Temporarily Unavailable");
            case STATUS_541 -> Reply.empty(541);
            case HTML_PAGE -> Reply.html(200, "OK");
            default -> Reply.empty(200);
        };
    }
}
