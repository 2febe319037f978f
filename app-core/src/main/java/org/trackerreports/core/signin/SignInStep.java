package org.trackerreports.core.signin;

import java.util.OptionalInt;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.SecondFactorMethod;

/** Where a sign-in is after a step. Switch over {@link #kind} without a default branch. */
public sealed interface SignInStep {

    /** One for each record. */
    enum Kind {
        HELD_BACK,
        WAY_NEEDED,
        CODE_SENT,
        SIGNED_IN,
        FAILED,
        KEPT_ELSEWHERE,
        OUTDATED
    }

    /** Which step this is. */
    Kind kind();

    /** Nothing was sent, because the account could get locked. Who insists may go on. */
    record HeldBack(SignInHold hold) implements SignInStep {

        @Override
        public Kind kind() {
            return Kind.HELD_BACK;
        }
    }

    /**
     * Name and password are right. A person chooses how the code comes.
     *
     * @param pending the ways; one of them may have been used by the service already
     * @param inPlaceOfAnother whether this is a new sign-in, because the one of an earlier call has ended
     */
    record WayNeeded(PendingLogin pending, boolean inPlaceOfAnother) implements SignInStep {

        @Override
        public Kind kind() {
            return Kind.WAY_NEEDED;
        }
    }

    /**
     * A code is on its way. The sign-in is stored, so that it can be continued later, also by another program.
     *
     * @param pending the sign-in, with the other ways
     * @param by the way that was taken
     * @param earlier whether an earlier call had the code sent
     */
    record CodeSent(PendingLogin pending, SecondFactorMethod by, boolean earlier) implements SignInStep {

        @Override
        public Kind kind() {
            return Kind.CODE_SENT;
        }
    }

    /**
     * Signed in; the session is stored.
     *
     * @param paused whether the account still makes no requests, because a person paused it
     */
    record SignedIn(boolean paused) implements SignInStep {

        @Override
        public Kind kind() {
            return Kind.SIGNED_IN;
        }
    }

    /**
     * The step failed. What was stored before still is.
     *
     * @param outcome why, and what to do next
     * @param triesLeft how many more tries are safe within 24 hours, if the password was wrong
     */
    record Failed(LoginOutcome outcome, OptionalInt triesLeft) implements SignInStep {

        @Override
        public Kind kind() {
            return Kind.FAILED;
        }
    }

    /**
     * The Apple account is here already under another alias.
     *
     * @param alias the other alias
     */
    record KeptElsewhere(String alias) implements SignInStep {

        @Override
        public Kind kind() {
            return Kind.KEPT_ELSEWHERE;
        }
    }

    /** Another program changed the account in the meantime; nothing was stored. */
    record Outdated() implements SignInStep {

        @Override
        public Kind kind() {
            return Kind.OUTDATED;
        }
    }
}
