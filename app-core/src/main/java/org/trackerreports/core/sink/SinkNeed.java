package org.trackerreports.core.sink;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What a sink needs to work. The command line names the command for it, the set-up page offers a button.
 *
 * @param sink its name; empty if it is about all of them
 * @param found what is the matter, without a full stop
 * @param until when it goes on by itself, if that is known
 */
public record SinkNeed(Kind kind, Optional<String> sink, String found, Optional<Instant> until) {

    /** What is the matter. */
    public enum Kind {
        /** Its file is wrong. */
        WRONG_FILE(true),
        /** No daemon serves it. */
        NOT_SERVED(false),
        /** It refused events, which are kept. */
        REFUSED(false),
        /** It cannot be reached, and is tried again. */
        WAITING(false),
        /** It refuses the credentials. */
        CREDENTIALS(true),
        /** It wants nothing any more. */
        OFF(true),
        /** Nobody judges reports, so no sink is told of new ones. */
        NOT_JUDGED(false);

        private final boolean person;

        Kind(boolean person) {
            this.person = person;
        }

        /** Whether it goes on only after somebody did something to this sink. */
        public boolean wantsPerson() {
            return person;
        }

        /** The name as programs read it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static SinkNeed of(Kind kind, String sink, String found) {
        return new SinkNeed(kind, Optional.of(sink), found, Optional.empty());
    }
}
