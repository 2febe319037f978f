package org.trackerreports.fetcher.operations;

import java.io.IOException;

/** What the endpoint answers at one path. Called by many threads at once. */
@FunctionalInterface
interface Page {

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param contentType of the body
     */
    record Reply(int status, String contentType, byte[] body) {}

    Reply reply() throws IOException;
}
