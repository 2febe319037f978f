package org.trackerreports.store.access;

import java.util.Objects;
import org.trackerreports.store.secret.Secret;

/** What became of a token to be made. */
public sealed interface AddTokenOutcome {

    /** Which of the outcomes this is. */
    enum Kind {
        ADDED,
        REFUSED
    }

    Kind kind();

    /**
     * It is stored.
     *
     * @param text what its holder presents; only its hash is stored, so it cannot be shown again
     */
    record Added(AccessToken token, Secret text) implements AddTokenOutcome {

        public Added {
            Objects.requireNonNull(token, "token");
            Objects.requireNonNull(text, "text");
        }

        @Override
        public Kind kind() {
            return Kind.ADDED;
        }
    }

    /**
     * It is not stored.
     *
     * @param reason what is wrong, for a person
     */
    record Refused(String reason) implements AddTokenOutcome {

        @Override
        public Kind kind() {
            return Kind.REFUSED;
        }
    }
}
