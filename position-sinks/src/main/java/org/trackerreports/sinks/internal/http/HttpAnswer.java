package org.trackerreports.sinks.internal.http;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of a request.
 *
 * @param meaning what it means for a delivery
 * @param status 0 if there was no answer
 * @param text the beginning of the body, or why there was no answer, for people
 * @param retryAfter how long the receiver asks to wait
 */
public record HttpAnswer(Meaning meaning, int status, String text, Optional<Duration> retryAfter) {

    /** What an answer means for a delivery. */
    public enum Meaning {
        /** 2xx. */
        ACCEPTED,
        /** 400, 404, 413, 422: this request is wrong. */
        REFUSED,
        /** 401, 403. */
        CREDENTIALS,
        /** 410. */
        GONE,
        /** Everything else, and no answer at all. */
        LATER
    }

    /** For people: the status and the beginning of the text. */
    public String reason() {
        return status == 0 ? text : "it answered " + status + (text.isBlank() ? "" : ": " + text);
    }

    /** The same answer with another meaning, for receivers whose answers say more than their status. */
    public HttpAnswer as(Meaning other, String why) {
        return new HttpAnswer(other, status, why, retryAfter);
    }
}
