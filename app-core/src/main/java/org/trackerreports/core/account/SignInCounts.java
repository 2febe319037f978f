package org.trackerreports.core.account;

import java.io.IOException;
import java.time.Duration;

/** What is known of the sign-ins of Apple accounts, named by {@link AppleAccountDigest#ofName}. Thread-safe. */
public interface SignInCounts {

    /** So many wrong passwords within 24 hours are no slip any more, and a few more lock the account. */
    int MAX_WRONG_PASSWORDS = 3;

    /**
     * The sign-ins within the last 24 hours.
     *
     * @param signIns all of them, at most as many as are safe
     * @param untilNext how long until the next one is safe; zero if it is now
     * @param wrongPasswords those with a wrong password, at most {@link #MAX_WRONG_PASSWORDS}
     * @param untilNextPassword how long until one of these is a day old; zero as long as there are fewer
     */
    record Counts(int signIns, Duration untilNext, int wrongPasswords, Duration untilNextPassword) {}

    /** The sign-ins of an account. */
    Counts counts(AppleAccountDigest account) throws IOException;

    /** Counts a sign-in by hand, which begins now. */
    void signIn(AppleAccountDigest account) throws IOException;

    /** Counts a wrong password. */
    void wrongPassword(AppleAccountDigest account) throws IOException;
}
