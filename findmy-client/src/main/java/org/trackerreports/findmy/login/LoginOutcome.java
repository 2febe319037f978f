package org.trackerreports.findmy.login;

import java.util.Optional;

/**
 * How a step of signing in ended. Each message tells a person what happened and what to do next, and contains no secret.
 *
 * <p>Switch over {@link #kind} without a default branch to handle all outcomes: the compiler then reports an outcome that a new version
 * adds. Each kind belongs to exactly one of the records below.
 */
public sealed interface LoginOutcome {

    /** What it takes until the account can be used. The messages say more. */
    enum Remedy {
        /** Nothing. */
        NONE,
        /** Time. Only what is known to need a person has another remedy; whatever is unknown may pass. */
        WAIT,
        /** A verification code, now or later. */
        ENTER_CODE,
        /** Its owner unlocks it. */
        UNLOCK,
        /** A person corrects something, and signs in from the beginning. */
        SIGN_IN
    }

    /** One for each record, in the same order. */
    enum Kind {
        LOGGED_IN(Remedy.NONE),
        SECOND_FACTOR_NEEDED(Remedy.ENTER_CODE),
        WRONG_CODE(Remedy.ENTER_CODE),
        TOO_MANY_CODES(Remedy.SIGN_IN),
        CODE_NOT_SENT(Remedy.ENTER_CODE),
        SIGN_IN_EXPIRED(Remedy.SIGN_IN),
        NO_WAY_TO_SEND_CODE(Remedy.SIGN_IN),
        REFUSED_AFTER_CODE(Remedy.WAIT),
        WRONG_NAME_OR_PASSWORD(Remedy.SIGN_IN),
        WRONG_PASSWORD(Remedy.SIGN_IN),
        ACCOUNT_LOCKED(Remedy.UNLOCK),
        ACCOUNT_LIMIT(Remedy.SIGN_IN),
        TERMS_TO_ACCEPT(Remedy.SIGN_IN),
        REPAIR_NEEDED(Remedy.SIGN_IN),
        CLIENT_REFUSED(Remedy.WAIT),
        ANISETTE_REFUSED(Remedy.WAIT),
        ANISETTE_UNAVAILABLE(Remedy.WAIT),
        SECOND_FACTOR_LOOP(Remedy.SIGN_IN),
        SERVICE_UNAVAILABLE(Remedy.WAIT),
        UNREADABLE(Remedy.WAIT),
        REFUSED(Remedy.WAIT);

        private final Remedy remedy;

        Kind(Remedy remedy) {
            this.remedy = remedy;
        }
    }

    /** Which outcome this is. */
    Kind kind();

    /** What happened and what to do next, in one or two sentences. */
    String message();

    /** What it takes until the account can be used. */
    default Remedy remedy() {
        return kind().remedy;
    }

    /** Whether the same step may succeed later although nobody does anything. */
    default boolean waitingHelps() {
        return remedy() == Remedy.WAIT;
    }

    /** The new session, if this is {@link LoggedIn}. */
    default Optional<Session> newSession() {
        return Optional.empty();
    }

    /** The sign-in to continue with a verification code, if this is {@link SecondFactorNeeded}. */
    default Optional<PendingLogin> secondFactor() {
        return Optional.empty();
    }

    /**
     * Signed in.
     *
     * @param session keep it
     */
    record LoggedIn(Session session) implements LoginOutcome {
        @Override
        public Kind kind() {
            return Kind.LOGGED_IN;
        }

        @Override
        public Optional<Session> newSession() {
            return Optional.of(session);
        }

        @Override
        public String message() {
            return "Signed in.";
        }
    }

    /**
     * Name and password are right; a verification code is needed.
     *
     * @param pending continue with it, now or hours later
     */
    record SecondFactorNeeded(PendingLogin pending) implements LoginOutcome {
        @Override
        public Kind kind() {
            return Kind.SECOND_FACTOR_NEEDED;
        }

        @Override
        public Optional<PendingLogin> secondFactor() {
            return Optional.of(pending);
        }

        @Override
        public String message() {
            return pending.codeSentBy()
                    .map(method -> "A verification code is on its way: " + method.description() + ". Enter it.")
                    .orElse("A verification code is needed. Choose how to get it.");
        }
    }

    /**
     * The code was wrong.
     *
     * @param pending try again with it
     * @param serviceMessage the service's own text
     */
    record WrongCode(PendingLogin pending, String serviceMessage) implements LoginOutcome {
        @Override
        public Kind kind() {
            return Kind.WRONG_CODE;
        }

        @Override
        public String message() {
            return "The verification code was not accepted (" + serviceMessage + "). Check it, or ask for a new one.";
        }
    }

    /** Too many codes were requested or tried. */
    record TooManyCodes(PendingLogin pending, String serviceMessage) implements LoginOutcome {
        @Override
        public Kind kind() {
            return Kind.TOO_MANY_CODES;
        }

        @Override
        public String message() {
            return "Too many verification codes (" + serviceMessage + "). Wait some hours, then sign in again.";
        }
    }

    /** The service will not send a code this way at the moment. */
    record CodeNotSent(PendingLogin pending, String serviceMessage) implements LoginOutcome {
        @Override
        public Kind kind() {
            return Kind.CODE_NOT_SENT;
        }

        @Override
        public String message() {
            return "No code can be sent this way now (" + serviceMessage + "). Choose another way, or wait.";
        }
    }

    /** The sign-in that waited for a code has ended at the service. */
    record SignInExpired(String serviceMessage) implements LoginOutcome {
        @Override
        public Kind kind() {
            return Kind.SIGN_IN_EXPIRED;
        }

        @Override
        public String message() {
            return "The sign-in that waited for the code has ended (" + serviceMessage
                    + "). Sign in again; a new code is sent.";
        }
    }

    /** The account wants a second factor and offers no code by device or phone. */
    record NoWayToSendCode() implements LoginOutcome {
        @Override
        public Kind kind() {
            return Kind.NO_WAY_TO_SEND_CODE;
        }

        @Override
        public String message() {
            return "The account offers no code by device or phone; security keys are not supported. Add a trusted phone"
                    + " number at account.apple.com, or use another account.";
        }
    }

    /**
     * The code was accepted, and the sign-in that follows it was refused. The password was right when the code was asked for, so this
     * says nothing about it, whatever the service's text is.
     *
     * @param code the service's own number
     */
    record RefusedAfterCode(long code) implements LoginOutcome {
        @Override
        public Kind kind() {
            return Kind.REFUSED_AFTER_CODE;
        }

        @Override
        public String message() {
            return "The code was accepted, but the service did not finish the sign-in (" + code
                    + "). Wait some minutes, then sign in again as before.";
        }
    }

    /** The name or the password is wrong; the service does not say which. */
    record WrongNameOrPassword(long code, String serviceMessage) implements LoginOutcome {
        @Override
        public Kind kind() {
            return Kind.WRONG_NAME_OR_PASSWORD;
        }

        @Override
        public String message() {
            return "The Apple ID or the password is not right (" + code + ": " + serviceMessage
                    + "). Check both; several wrong attempts lock the account.";
        }
    }

    /** The password is wrong. */
    record WrongPassword(long code, String serviceMessage) implements LoginOutcome {
        @Override
        public Kind kind() {
            return Kind.WRONG_PASSWORD;
        }

        @Override
        public String message() {
            return "The password was not accepted (" + code + ": " + serviceMessage
                    + "). Check it; several wrong attempts lock the account.";
        }
    }

    /** The account is locked for security reasons. */
    record AccountLocked(String serviceMessage) implements LoginOutcome {
        @Override
        public Kind kind() {
            return Kind.ACCOUNT_LOCKED;
        }

        @Override
        public String message() {
            return "The account is locked (" + serviceMessage
                    + "). Unlock it on an Apple device or at iforgot.apple.com.";
        }
    }

    /** The account may not use iCloud services. */
    record AccountLimit(String serviceMessage) implements LoginOutcome {
        @Override
        public Kind kind() {
            return Kind.ACCOUNT_LIMIT;
        }

        @Override
        public String message() {
            return "The account is not allowed to use iCloud (" + serviceMessage
                    + "). Sign it in once on a real Apple device, or use another account.";
        }
    }

    /** Something has to be accepted first, such as new terms. */
    record TermsToAccept(String serviceMessage) implements LoginOutcome {
        @Override
        public Kind kind() {
            return Kind.TERMS_TO_ACCEPT;
        }

        @Override
        public String message() {
            return "The service wants something to be accepted first (" + serviceMessage
                    + "). Sign in on an Apple device or at appleid.apple.com, accept it, then try again.";
        }
    }

    /** The account's owner has to complete its data first, such as adding a second factor. */
    record RepairNeeded() implements LoginOutcome {
        @Override
        public Kind kind() {
            return Kind.REPAIR_NEEDED;
        }

        @Override
        public String message() {
            return "The account must be repaired before it can be used. Sign in on an Apple device or at"
                    + " account.apple.com, do what it asks for, then try again.";
        }
    }

    /** The service refuses this kind of client, or is down: it answered 503 with a page. Says nothing about the password. */
    record ClientRefused() implements LoginOutcome {
        @Override
        public Kind kind() {
            return Kind.CLIENT_REFUSED;
        }

        @Override
        public String message() {
            return "The sign-in service refused the client information, or is down (HTTP 503). Wait an hour; if it stays,"
                    + " configure another client information. The service did not check name and password.";
        }
    }

    /** The anisette data is not accepted. */
    record AnisetteRefused(String serviceMessage) implements LoginOutcome {
        @Override
        public Kind kind() {
            return Kind.ANISETTE_REFUSED;
        }

        @Override
        public String message() {
            return "The service does not accept the anisette data (" + serviceMessage
                    + "). If it stays, provision the anisette server again, or use another one.";
        }
    }

    /** There is no anisette data. */
    record AnisetteUnavailable(String detail) implements LoginOutcome {
        @Override
        public Kind kind() {
            return Kind.ANISETTE_UNAVAILABLE;
        }

        @Override
        public String message() {
            return detail;
        }
    }

    /** A code was accepted and the next sign-in asked for another: continuing would never end. */
    record SecondFactorLoop() implements LoginOutcome {
        @Override
        public Kind kind() {
            return Kind.SECOND_FACTOR_LOOP;
        }

        @Override
        public String message() {
            return "The code was accepted, but the service asks for another at once. It does not accept the client"
                    + " information together with this anisette machine. Configure another client information.";
        }
    }

    /** The service is unreachable or out of order. */
    record ServiceUnavailable(String detail) implements LoginOutcome {
        @Override
        public Kind kind() {
            return Kind.SERVICE_UNAVAILABLE;
        }

        @Override
        public String message() {
            return "The sign-in service is not available (" + detail + "). Try again later.";
        }
    }

    /** The service answered in a way that this version does not understand. */
    record Unreadable(String detail) implements LoginOutcome {
        @Override
        public Kind kind() {
            return Kind.UNREADABLE;
        }

        @Override
        public String message() {
            return "The sign-in service answered in an unexpected way (" + detail
                    + "). Try again later; if it stays, look for a newer version.";
        }
    }

    /** Anything else, with the service's own number and text: "try again later", or what this version does not know. */
    record Refused(long code, String serviceMessage) implements LoginOutcome {
        @Override
        public Kind kind() {
            return Kind.REFUSED;
        }

        @Override
        public String message() {
            return "The sign-in service refused for now (" + code + ": " + serviceMessage + "). Try again later.";
        }
    }
}
