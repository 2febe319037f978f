package org.trackerreports.findmy;

import java.time.Duration;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.Session;

/**
 * What a {@link FindMyClient} does behind its calls. A listener is called by the thread that does it and holds it up: it must return
 * soon, and must not call the client. No event shows a secret in its {@code toString}, except that a {@link Session} can be asked for
 * its token.
 */
public sealed interface ClientEvent {

    /**
     * A request was made.
     *
     * @param ids how many keys it asked for
     * @param took the time until its end
     */
    record Requested(int ids, FetchOutcome outcome, Duration took) implements ClientEvent {}

    /**
     * The same request will be made again.
     *
     * @param attempt 1 for the first retry
     * @param delay the time until then
     */
    record Retrying(FetchOutcome outcome, int attempt, Duration delay) implements ClientEvent {}

    /** The service is left alone from now on. @param pause how long */
    record CircuitOpened(Duration pause) implements ClientEvent {}

    /** The service works again. */
    record CircuitClosed() implements ClientEvent {}

    /** A session had ended, and the client signed in again by itself. */
    record SessionRenewed(Session session) implements ClientEvent {}

    /** A session has ended, and signing in again by itself failed, or a person is needed. */
    record RenewalFailed(LoginOutcome outcome) implements ClientEvent {}

    /** A new session works but could not be stored: after a restart it will be missing. */
    record SessionNotStored(String detail) implements ClientEvent {}

    /**
     * The anisette provider has become another machine, so the service may ask for a second factor at the next sign-in, and the account
     * may get one more device. Usual causes: another server, or one that was provisioned anew.
     *
     * @param before fingerprint of the machine that signed in
     * @param now fingerprint of the machine that the provider speaks for now
     */
    record MachineChanged(String before, String now) implements ClientEvent {}
}
