package org.trackerreports.tools.account;

import java.io.IOException;
import java.util.Optional;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.tools.command.CommandFailure;

/** What is stored of an account's sign-in between two calls, in the database or in a file. */
interface LoginRecord {

    /** The stored session, if any. */
    Optional<Session> session();

    /** The stored sign-in that waits for a verification code, if any. */
    Optional<PendingLogin> pending();

    /**
     * Makes sure that the Apple account may be signed in here.
     *
     * @throws CommandFailure if it is kept elsewhere already
     */
    default void requireFree(String appleId) throws CommandFailure {}

    /**
     * Stores a session, or a sign-in that waits for a code. Other outcomes change nothing.
     *
     * @param credentials to sign in again without a person, if that is wanted
     * @return false if another program changed the account in the meantime; then nothing was stored
     * @throws CommandFailure if the Apple account is kept elsewhere already; then nothing was stored
     */
    boolean save(LoginOutcome outcome, Optional<Credentials> credentials) throws IOException, CommandFailure;

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
