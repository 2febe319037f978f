package org.trackerreports.fetcher.setup;

import java.io.IOException;
import java.time.Instant;
import org.trackerreports.core.account.AppleAccountDigest;
import org.trackerreports.core.signin.SignIn;
import org.trackerreports.core.signin.SignInStep;
import org.trackerreports.core.signin.SignInStep.Failed;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.LoginOutcome.Remedy;

/**
 * A sign-in in the memory of this process, with what it takes to continue it: not the password, but its digest, which is as secret. One
 * step at a time; {@link SignInSessions} sees to that.
 */
final class SignInSession {

    private final String id;
    private final String alias;
    private final AppleAccountDigest appleAccount;
    private final Credentials credentials;
    private final SignIn signIn;
    private boolean waits;
    private boolean busy;
    private Instant end = Instant.MAX;

    /** One step of a sign-in. */
    @FunctionalInterface
    interface Step {
        SignInStep take(SignIn signIn) throws IOException;
    }

    SignInSession(String id, String alias, Credentials credentials, SignIn signIn) {
        this.id = id;
        this.alias = alias;
        this.appleAccount = AppleAccountDigest.ofName(credentials.accountName());
        this.credentials = credentials;
        this.signIn = signIn;
    }

    String id() {
        return id;
    }

    String alias() {
        return alias;
    }

    boolean isOf(AppleAccountDigest account) {
        return appleAccount.equals(account);
    }

    /** Whether a step is being taken. */
    boolean busy() {
        return busy;
    }

    void begins() {
        busy = true;
    }

    /** The step has ended; the next one must come in time. */
    void rests(Instant until) {
        busy = false;
        end = until;
    }

    boolean isOver(Instant now) {
        return !busy && !now.isBefore(end);
    }

    /** Whether another step can follow. */
    boolean waits() {
        return waits;
    }

    SignInStep take(Step step) throws IOException {
        SignInStep result = step.take(signIn);
        waits = switch (result.kind()) {
            case WAY_NEEDED, CODE_SENT -> true;
            case FAILED -> waits && canBeRepeated(((Failed) result).outcome());
            case SIGNED_IN, HELD_BACK, KEPT_ELSEWHERE, OUTDATED -> false;
        };
        return result;
    }

    private static boolean canBeRepeated(LoginOutcome outcome) {
        return outcome.remedy() == Remedy.ENTER_CODE
                || outcome.remedy() == Remedy.WAIT && outcome.kind() != LoginOutcome.Kind.REFUSED_AFTER_CODE;
    }

    /** Forgets the password. */
    void wipe() {
        credentials.wipe();
    }
}
