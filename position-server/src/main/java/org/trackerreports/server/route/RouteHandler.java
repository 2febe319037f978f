package org.trackerreports.server.route;

import java.io.IOException;

/**
 * Answers requests. Called by several threads at once; it may block, but not for long, because threads are few.
 */
@FunctionalInterface
public interface RouteHandler {

    /**
     * Answers a request. A {@link ProblemException} becomes its answer; any other exception is logged and becomes status 500, or 503 if the
     * database is unavailable.
     */
    Answer handle(Request request) throws IOException;
}
