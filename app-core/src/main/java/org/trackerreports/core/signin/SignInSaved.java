package org.trackerreports.core.signin;

/** Result of storing a step of a sign-in. */
public sealed interface SignInSaved {

    /** One for each record. */
    enum Kind {
        SAVED,
        OUTDATED,
        KEPT_ELSEWHERE
    }

    /** Which result this is. */
    Kind kind();

    /** It is stored. */
    record Saved() implements SignInSaved {

        @Override
        public Kind kind() {
            return Kind.SAVED;
        }
    }

    /** Another program changed the account in the meantime; nothing was stored. */
    record Outdated() implements SignInSaved {

        @Override
        public Kind kind() {
            return Kind.OUTDATED;
        }
    }

    /**
     * The Apple account has another alias already; nothing was stored. A second one would not give more requests: the service counts those
     * of the Apple account.
     *
     * @param alias the other alias
     */
    record KeptElsewhere(String alias) implements SignInSaved {

        @Override
        public Kind kind() {
            return Kind.KEPT_ELSEWHERE;
        }
    }
}
