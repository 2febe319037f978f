package org.trackerreports.fetcher.operations;

import java.io.IOException;

/** A page of the endpoint. Called by many threads at the same time. */
@FunctionalInterface
interface Page {

    /**
     * The response.
     *
     * @param status the HTTP status
     * @param contentType of the body
     */
    record Reply(int status, String contentType, byte[] body) {}

    Reply reply() throws IOException;
}
