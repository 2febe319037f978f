package org.trackerreports.core.signin;

import java.io.IOException;
import java.util.Optional;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.Session;

/** What is stored of an account's sign-in between two steps, in the database or in a file. Used by one thread at a time. */
public interface SignInRecord {

    /** The stored session, if any. */
    Optional<Session> session();

    /** The stored sign-in that waits for a verification code, if any. */
    Optional<PendingLogin> pending();

    /** The alias under which an Apple account is kept already, if that is another record. */
    default Optional<String> keptElsewhere(String appleId) {
        return Optional.empty();
    }

    /** Whether a person paused the account. A sign-in does not resume it. */
    default boolean paused() {
        return false;
    }

    /**
     * Stores a session, or a sign-in that waits for a code. Other outcomes change nothing.
     *
     * @param credentials to sign in again without a person, if that is wanted
     */
    SignInSaved save(LoginOutcome outcome, Optional<Credentials> credentials) throws IOException;

    /** The name that the account signed in with before. */
    default Optional<String> accountName() {
        return session().map(Session::accountName).or(() -> pending().map(PendingLogin::accountName));
    }

    /** The device that the account signed in with before, so that it does not get another device with each sign-in. */
    default DeviceIdentity identity() {
        return session()
                .map(Session::identity)
                .or(() -> pending().map(PendingLogin::identity))
                .orElseGet(DeviceIdentity::random);
    }
}
