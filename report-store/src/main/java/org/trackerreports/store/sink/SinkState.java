package org.trackerreports.store.sink;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How it goes with a sink.
 *
 * @param name unique
 * @param type what kind of program it is
 * @param condition whether it can be reached
 * @param paused whether a person paused it
 * @param attempts how often in a row it could not be reached
 * @param waitUntil when it is tried again
 * @param lastError what was found when it last failed; empty once it worked again
 * @param lastErrorAt when it last failed, even if it worked again since
 * @param delivered how many events it got
 * @param failed how many it refused
 * @param doneUntil when the last event that is done was stored
 * @param replay what it gets again
 */
public record SinkState(
        String name,
        String type,
        Condition condition,
        boolean paused,
        int attempts,
        Optional<Instant> waitUntil,
        Optional<String> lastError,
        Optional<Instant> lastErrorAt,
        long delivered,
        long failed,
        Optional<Instant> doneUntil,
        Optional<SinkReplay> replay) {

    /** Whether a sink can be reached. */
    public enum Condition {
        /** As far as is known. */
        WORKING,
        /** It could not be reached, and is tried again. */
        WAITING,
        /** It refuses the credentials, and is tried again. */
        CREDENTIALS,
        /** It wants nothing any more, until a person resumes it. */
        OFF;

        /** The word in JSON and in the database. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public SinkState {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(waitUntil, "waitUntil");
        Objects.requireNonNull(lastError, "lastError");
        Objects.requireNonNull(lastErrorAt, "lastErrorAt");
        Objects.requireNonNull(doneUntil, "doneUntil");
        Objects.requireNonNull(replay, "replay");
    }

    /** One word for people: {@code paused}, or the condition. */
    public String word() {
        return paused ? "paused" : condition.text();
    }
}
