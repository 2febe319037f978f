package org.trackerreports.findmy;

import java.time.Duration;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.Session;

/**
 * What a {@link FindMyClient} does behind its calls. The listener is called on the working thread: it must be thread-safe, must return
 * soon and must not call the client. An exception that it throws is logged and does not disturb the work. No event shows a secret in its
 * {@code toString}; {@link Session#searchPartyToken} does return its token.
 */
public sealed interface ClientEvent {

    /**
     * A request was made.
     *
     * @param ids how many keys it asked for
     * @param outcome how it ended
     * @param took the time until its end
     */
    record Requested(int ids, FetchOutcome outcome, Duration took) implements ClientEvent {}

    /**
     * The same request will be made again.
     *
     * @param outcome how the last attempt ended
     * @param attempt 1 for the first retry
     * @param delay the time until then
     */
    record Retrying(FetchOutcome outcome, int attempt, Duration delay) implements ClientEvent {}

    /**
     * The service is left alone from now on.
     *
     * @param duration how long
     */
    record CoolDownBegan(Duration duration) implements ClientEvent {}

    /** The service works again. */
    record CoolDownEnded() implements ClientEvent {}

    /**
     * A session had ended, and the client signed in again by itself.
     *
     * @param session the new session
     */
    record SessionRenewed(Session session) implements ClientEvent {}

    /**
     * A session has ended, and the client could not sign in again by itself.
     *
     * @param outcome why
     */
    record RenewalFailed(LoginOutcome outcome) implements ClientEvent {}

    /**
     * A new session works but could not be stored: after a restart it will be missing.
     *
     * @param detail why
     */
    record SessionNotStored(String detail) implements ClientEvent {}

    /**
     * The anisette provider speaks for another machine than before, so the service may ask for a second factor at the next sign-in, and
     * the account may get one more device. Usual causes: another server, or one that was provisioned again.
     *
     * @param before fingerprint of the machine that signed in
     * @param now fingerprint of the machine that the provider speaks for now
     */
    record MachineChanged(String before, String now) implements ClientEvent {}
}
