package org.trackerreports.tools.account;

import java.io.IOException;
import java.util.Optional;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.Session;

/** What is kept of an account's sign-in between two calls, in the database or in a file. */
interface LoginRecord {

    /** The session that was kept, if any. */
    Optional<Session> session();

    /** The sign-in that waits for a code, if any. */
    Optional<PendingLogin> pending();

    /**
     * Keeps a session or a waiting sign-in; other outcomes leave what is kept as it is.
     *
     * @param credentials to sign in again without a person, if that is wanted
     * @return false if somebody else changed the account meanwhile; then nothing was kept
     */
    boolean save(LoginOutcome outcome, Optional<Credentials> credentials) throws IOException;

    /** The account's name of before. */
    default Optional<String> accountName() {
        return session().map(Session::accountName).or(() -> pending().map(PendingLogin::accountName));
    }

    /** The identity of before, so that the account does not get one more device with each sign-in. */
    default DeviceIdentity identity() {
        return session()
                .map(Session::identity)
                .or(() -> pending().map(PendingLogin::identity))
                .orElseGet(DeviceIdentity::random);
    }
}
