package org.trackerreports.findmy.login;

import java.time.Duration;
import java.util.Optional;

/**
 * Where an account's session comes from. An implementation must be thread-safe, and must limit how often it signs in: too many sign-ins
 * lock an account, and a service that refuses every session would otherwise cause one after the other.
 */
public interface SessionSource {

    /** The smallest gap between two sign-ins without a person. */
    Duration MIN_SIGN_IN_GAP = Duration.ofMinutes(15);

    /** The most sign-ins without a person within 24 hours. A session normally lasts for weeks. */
    int MAX_SIGN_INS_PER_DAY = 8;

    /** The session; empty if nobody has signed in. The service may have ended it; the next request shows. */
    Optional<Session> current();

    /**
     * Replaces a session that the service does not accept any more. One caller at a time signs in; the others wait and get its session.
     *
     * @param ended the session that was refused
     */
    Renewal renew(Session ended);

    /**
     * Result of a renewal.
     *
     * @param session a session other than the one that has ended, if there is one
     * @param message otherwise why there is none, and what to do; contains no secret
     * @param waitingHelps whether a renewal may succeed later although nobody does anything; otherwise a person has to sign in
     */
    record Renewal(Optional<Session> session, String message, boolean waitingHelps) {

        /** There is a new session. */
        public static Renewal of(Session session) {
            return new Renewal(Optional.of(session), "", false);
        }

        /** There is none. */
        public static Renewal failed(String message, boolean waitingHelps) {
            return new Renewal(Optional.empty(), message, waitingHelps);
        }
    }
}
