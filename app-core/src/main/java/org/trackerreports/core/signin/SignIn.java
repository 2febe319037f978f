package org.trackerreports.core.signin;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.trackerreports.core.account.AppleAccountDigest;
import org.trackerreports.core.account.SignInCounts;
import org.trackerreports.core.signin.SignInStep.CodeSent;
import org.trackerreports.core.signin.SignInStep.Failed;
import org.trackerreports.core.signin.SignInStep.HeldBack;
import org.trackerreports.core.signin.SignInStep.KeptElsewhere;
import org.trackerreports.core.signin.SignInStep.Outdated;
import org.trackerreports.core.signin.SignInStep.SignedIn;
import org.trackerreports.core.signin.SignInStep.WayNeeded;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.SecondFactorMethod;

/**
 * One sign-in of an account, step by step. A person who breaks off after the code was sent continues later with {@link #start}, for which
 * nothing is sent. Not thread-safe; the calls block while the service answers.
 */
public final class SignIn {

    private final AccountLogin login;
    private final SignInRecord stored;
    private final Credentials credentials;
    private final boolean remember;
    private final SignInLimits limits;
    private @Nullable PendingLogin pending;
    private boolean earlier;
    private boolean insists;

    /**
     * A sign-in that has not begun.
     *
     * @param stored where the session is stored
     * @param credentials name and password; the caller wipes them when the sign-in has ended
     * @param remember whether the password is stored, too, so that the session can be renewed without a person
     * @param counts the sign-in budget
     */
    public SignIn(
            AccountLogin login,
            SignInRecord stored,
            Credentials credentials,
            boolean remember,
            SignInCounts counts,
            Clock clock) {
        this.login = login;
        this.stored = stored;
        this.credentials = credentials;
        this.remember = remember;
        this.limits = new SignInLimits(counts, AppleAccountDigest.ofName(credentials.accountName()), clock);
    }

    /**
     * Continues a stored sign-in of this Apple account that waits for its code, or else begins one. If the service has ended the stored one,
     * which shows at the next step, that step begins a new one.
     *
     * @param insist whether to begin although a limit is reached
     */
    public SignInStep start(boolean insist) throws IOException {
        insists = insist;
        Optional<String> other = stored.keptElsewhere(credentials.accountName());
        if (other.isPresent()) {
            return new KeptElsewhere(other.get());
        }
        // Who gives another Apple ID starts over.
        Optional<PendingLogin> waiting = stored.pending()
                .filter(each ->
                        each.codeSentBy().isPresent() && each.accountName().equals(credentials.accountName()));
        if (waiting.isEmpty()) {
            return begin(insist);
        }
        pending = waiting.get();
        earlier = true;
        return new CodeSent(waiting.get(), waiting.get().codeSentBy().orElseThrow(), true);
    }

    /**
     * Begins a new sign-in.
     *
     * @param insist whether to begin although a limit is reached
     */
    public SignInStep begin(boolean insist) throws IOException {
        return begin(insist, false);
    }

    private SignInStep begin(boolean insist, boolean inPlaceOfAnother) throws IOException {
        earlier = false;
        Optional<SignInHold> hold = insist ? Optional.empty() : limits.hold();
        if (hold.isPresent()) {
            return new HeldBack(hold.get());
        }
        limits.begins();
        LoginOutcome outcome = login.begin(credentials, stored.identity());
        OptionalInt triesLeft = limits.ended(outcome);
        if (outcome.secondFactor().isPresent()) {
            pending = outcome.secondFactor().get();
            return new WayNeeded(outcome.secondFactor().get(), inPlaceOfAnother);
        }
        return ended(outcome, triesLeft);
    }

    /** Has the code sent a way, unless the service has sent it that way already. */
    public SignInStep choose(SecondFactorMethod method) throws IOException {
        PendingLogin waiting = waiting();
        return waiting.codeSentBy().equals(Optional.of(method)) ? sent(waiting, method) : sendCode(method);
    }

    /** Has a code sent, whether or not one is on its way. */
    public SignInStep sendCode(SecondFactorMethod method) throws IOException {
        LoginOutcome outcome = login.sendCode(waiting(), method);
        return outcome.secondFactor().isPresent()
                ? sent(outcome.secondFactor().get(), method)
                : ended(outcome, OptionalInt.empty());
    }

    /** Stored before the code is asked for, so that a person who breaks off need not have another one sent. */
    private SignInStep sent(PendingLogin sent, SecondFactorMethod method) throws IOException {
        pending = sent;
        SignInSaved saved = stored.save(new LoginOutcome.SecondFactorNeeded(sent), Optional.empty());
        return switch (saved.kind()) {
            case SAVED -> new CodeSent(sent, method, false);
            case OUTDATED -> new Outdated();
            case KEPT_ELSEWHERE -> new KeptElsewhere(((SignInSaved.KeptElsewhere) saved).alias());
        };
    }

    /**
     * Enters the code that was sent.
     *
     * @param code as a person typed it
     */
    public SignInStep enter(String code) throws IOException {
        PendingLogin waiting = waiting();
        SecondFactorMethod method = waiting.codeSentBy()
                .orElseThrow(() -> new IllegalStateException("no code was sent that could be entered"));
        return ended(login.complete(waiting, method, code, credentials), OptionalInt.empty());
    }

    private SignInStep ended(LoginOutcome outcome, OptionalInt triesLeft) throws IOException {
        if (earlier && outcome.kind() == LoginOutcome.Kind.SIGN_IN_EXPIRED) {
            return begin(insists, true);
        }
        if (outcome.newSession().isEmpty()) {
            return new Failed(outcome, triesLeft);
        }
        SignInSaved saved = stored.save(outcome, remember ? Optional.of(credentials) : Optional.empty());
        return switch (saved.kind()) {
            case SAVED -> new SignedIn(stored.paused());
            case OUTDATED -> new Outdated();
            case KEPT_ELSEWHERE -> new KeptElsewhere(((SignInSaved.KeptElsewhere) saved).alias());
        };
    }

    /** The ways to get a code, in the order of the service, once it wants one. */
    public List<SecondFactorMethod> ways() {
        return waiting().methods();
    }

    /** Whether a code was sent that can be entered. */
    public boolean codeWasSent() {
        return pending != null && pending.codeSentBy().isPresent();
    }

    private PendingLogin waiting() {
        if (pending == null) {
            throw new IllegalStateException("the sign-in does not wait for a code");
        }
        return pending;
    }
}
