package org.trackerreports.tools.account;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.trackerreports.core.account.AppleAccountDigest;
import org.trackerreports.core.account.SignInCounts;
import org.trackerreports.core.account.SignInCounts.Counts;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.time.Times;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.SessionSource;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Terminal;

/**
 * Keeps a person from getting an account locked by signing in too often, or by too many wrong passwords. Whoever insists may go on.
 *
 * @param insist whether the person has said so before
 */
record SignInGuard(
        SignInCounts counts,
        AppleAccountDigest account,
        boolean insist,
        Terminal terminal,
        PrintWriter err,
        Clock clock) {

    /** Why a sign-in is held back. */
    private record Reason(String text, Duration left, int exitCode) {}

    /**
     * Counts a sign-in that begins now.
     *
     * @throws CommandFailure if it is too much, and nobody insists
     */
    void begin() throws IOException, CommandFailure {
        Optional<Reason> reason = reason(counts.counts(account));
        if (reason.isPresent() && !insist && !confirmed(reason.get())) {
            throw new CommandFailure(
                    reason.get().exitCode(),
                    reason.get().text() + " Nothing was sent. Wait until "
                            + Times.text(clock.instant().plus(reason.get().left()))
                            + ", or sign in all the same with --insist.");
        }
        counts.signIn(account);
    }

    private static Optional<Reason> reason(Counts now) {
        if (now.wrongPasswords() >= SignInCounts.MAX_WRONG_PASSWORDS) {
            return Optional.of(new Reason(
                    "The password of this Apple account was wrong " + now.wrongPasswords()
                            + " times within 24 hours; a few more wrong ones lock the account. Make sure of the password"
                            + " first: sign in at https://account.apple.com.",
                    now.untilNextPassword(),
                    ExitCode.LOGIN_NEEDED));
        }
        if (!now.untilNext().isZero()) {
            return Optional.of(new Reason(
                    "This Apple account was signed in " + now.signIns()
                            + " times within 24 hours; more sign-ins can get it locked.",
                    now.untilNext(),
                    ExitCode.UNAVAILABLE));
        }
        return Optional.empty();
    }

    private boolean confirmed(Reason reason) {
        if (!terminal.isThere()) {
            return false;
        }
        err.println(reason.text());
        err.flush();
        return terminal.ask("Sign in all the same? [y/N]")
                .filter(answer -> answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes"))
                .isPresent();
    }

    /** Counts a wrong password, and says what is left. */
    void ended(LoginOutcome outcome) throws IOException {
        if (outcome.kind() != LoginOutcome.Kind.WRONG_PASSWORD
                && outcome.kind() != LoginOutcome.Kind.WRONG_NAME_OR_PASSWORD) {
            return;
        }
        counts.wrongPassword(account);
        Counts now = counts.counts(account);
        int left = Math.min(
                SignInCounts.MAX_WRONG_PASSWORDS - now.wrongPasswords(),
                SessionSource.MAX_SIGN_INS_PER_DAY - now.signIns());
        err.println("Many wrong passwords lock an Apple account. "
                + (left > 0 ? left + " more " + (left == 1 ? "try is" : "tries are") : "No more try is")
                + " safe within 24 hours.");
    }
}
