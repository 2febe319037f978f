package org.trackerreports.simulator;

/** A request that a service refuses: the answer as Apple gives it, and for the simulator's log exactly what was wrong. */
final class RefusedRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    /** The reason must hold no secret: it goes into the log. */
    RefusedRequest(Reply reply, String reason) {
        super(reason, null, false, false);
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }
}
