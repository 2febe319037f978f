package org.trackerreports.simulator;

import java.util.Optional;

/** Stops the work on a request because a fault replaces the answer. The call knows the fault. */
final class StruckRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StruckRequest() {
        super("struck by a fault", null, false, false);
    }

    /**
     * The answer of a fault that replaces the service's answer; for a hang or a reset it is never sent.
     *
     * @return empty if the fault leaves the answer to the service
     */
    static Optional<Reply> replacement(Fault fault) {
        Reply reply = switch (fault.kind()) {
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
            case EMPTY_ANSWER, HANG, CONNECTION_RESET -> Reply.empty(200);
            default -> null;
        };
        return Optional.ofNullable(reply);
    }
}
