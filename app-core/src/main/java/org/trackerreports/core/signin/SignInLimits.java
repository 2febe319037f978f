package org.trackerreports.core.signin;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import org.trackerreports.core.account.AppleAccountDigest;
import org.trackerreports.core.account.SignInCounts;
import org.trackerreports.core.account.SignInCounts.Counts;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.SessionSource;

/** Keeps a person from getting an account locked by signing in too often, or by too many wrong passwords. Thread-safe. */
record SignInLimits(SignInCounts counts, AppleAccountDigest account, Clock clock) {

    /** Why a sign-in should not begin now; empty if it may. */
    Optional<SignInHold> hold() throws IOException {
        Counts now = counts.counts(account);
        if (now.wrongPasswords() >= SignInCounts.MAX_WRONG_PASSWORDS) {
            return Optional.of(new SignInHold(
                    SignInHold.Limit.WRONG_PASSWORDS,
                    "The password of this Apple account was wrong " + now.wrongPasswords()
                            + " times within 24 hours; a few more wrong ones lock the account. Make sure of the password"
                            + " first: sign in at https://account.apple.com.",
                    clock.instant().plus(now.untilNextPassword())));
        }
        if (!now.untilNext().isZero()) {
            return Optional.of(new SignInHold(
                    SignInHold.Limit.SIGN_INS,
                    "This Apple account was signed in " + now.signIns()
                            + " times within 24 hours; more sign-ins can get it locked.",
                    clock.instant().plus(now.untilNext())));
        }
        return Optional.empty();
    }

    /** Counts a sign-in that begins now. */
    void begins() throws IOException {
        counts.signIn(account);
    }

    /**
     * Counts a wrong password.
     *
     * @return how many more tries are safe within 24 hours, if the password was wrong
     */
    OptionalInt ended(LoginOutcome outcome) throws IOException {
        if (outcome.kind() != LoginOutcome.Kind.WRONG_PASSWORD
                && outcome.kind() != LoginOutcome.Kind.WRONG_NAME_OR_PASSWORD) {
            return OptionalInt.empty();
        }
        counts.wrongPassword(account);
        Counts now = counts.counts(account);
        return OptionalInt.of(Math.max(
                0,
                Math.min(
                        SignInCounts.MAX_WRONG_PASSWORDS - now.wrongPasswords(),
                        SessionSource.MAX_SIGN_INS_PER_DAY - now.signIns())));
    }
}
