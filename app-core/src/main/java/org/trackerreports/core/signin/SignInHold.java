package org.trackerreports.core.signin;

import java.time.Instant;

/**
 * Why a sign-in is held back, so that the account does not get locked.
 *
 * @param limit which limit is reached
 * @param sentence the same for people
 * @param until when the next sign-in is safe
 */
public record SignInHold(Limit limit, String sentence, Instant until) {

    /** The limits of an Apple account within 24 hours. */
    public enum Limit {
        /** Wrong passwords: a few more lock the account. */
        WRONG_PASSWORDS,
        /** Sign-ins of any kind. */
        SIGN_INS
    }
}
