package org.trackerreports.findmy.login;

/** How a step of signing in ended. Each case tells a person what happened and what to do next; no message holds a secret. */
public sealed interface LoginOutcome {

    /** What happened and what to do next, one or two sentences. */
    String message();

    /** Whether the same step may succeed later without anybody doing anything. Else a person is needed, or nothing is. */
    default boolean waitingHelps() {
        return false;
    }

    /** Done. @param session keep it */
    record LoggedIn(Session session) implements LoginOutcome {
        @Override
        public String message() {
            return "Signed in.";
        }
    }

    /** Name and password are right; a verification code is due. @param pending continue with it, now or hours later */
    record SecondFactorNeeded(PendingLogin pending) implements LoginOutcome {
        @Override
        public String message() {
            return pending.codeSentBy()
                    .map(method -> "A verification code is on its way: " + method.description() + ". Enter it.")
                    .orElse("A verification code is needed. Choose how to get it.");
        }
    }

    /** The code was not the right one. @param pending try again with it */
    record WrongCode(PendingLogin pending, String serviceMessage) implements LoginOutcome {
        @Override
        public String message() {
            return "The verification code was not accepted (" + serviceMessage + "). Check it, or ask for a new one.";
        }
    }

    /** Too many codes were asked for or tried. */
    record TooManyCodes(PendingLogin pending, String serviceMessage) implements LoginOutcome {
        @Override
        public String message() {
            return "Too many verification codes (" + serviceMessage + "). Wait some hours, then sign in again.";
        }
    }

    /** The service will not send a code this way at the moment. */
    record CodeNotSent(PendingLogin pending, String serviceMessage) implements LoginOutcome {
        @Override
        public String message() {
            return "No code can be sent this way now (" + serviceMessage + "). Choose another way, or wait.";
        }
    }

    /** No such account. */
    record WrongAccountName(String serviceMessage) implements LoginOutcome {
        @Override
        public String message() {
            return "The account name is not known (" + serviceMessage + "). Check how the Apple ID is written.";
        }
    }

    /** The password is wrong. */
    record WrongPassword(String serviceMessage) implements LoginOutcome {
        @Override
        public String message() {
            return "The password was not accepted (" + serviceMessage
                    + "). Check it; several wrong attempts lock the account.";
        }
    }

    /** The account is locked for security reasons. */
    record AccountLocked(String serviceMessage) implements LoginOutcome {
        @Override
        public String message() {
            return "The account is locked (" + serviceMessage
                    + "). Unlock it on an Apple device or at iforgot.apple.com.";
        }
    }

    /** The account may not use iCloud services. */
    record AccountLimit(String serviceMessage) implements LoginOutcome {
        @Override
        public String message() {
            return "The account is not allowed to use iCloud (" + serviceMessage
                    + "). Sign it in once on a real Apple device, or use another account.";
        }
    }

    /** Something has to be accepted first, such as new terms. */
    record TermsToAccept(String serviceMessage) implements LoginOutcome {
        @Override
        public String message() {
            return "The service wants something to be accepted first (" + serviceMessage
                    + "). Sign in on an Apple device or at appleid.apple.com, accept it, then try again.";
        }
    }

    /** The account's owner has to mend its data first, such as adding a second factor. */
    record RepairNeeded() implements LoginOutcome {
        @Override
        public String message() {
            return "The account must be repaired before it can be used. Sign in on an Apple device or at"
                    + " account.apple.com, do what it asks for, then try again.";
        }
    }

    /** The service refuses this kind of client, or is down: it answered 503 with a page. Says nothing about the password. */
    record ClientRefused() implements LoginOutcome {
        @Override
        public String message() {
            return "The sign-in service refused the client information, or is down (HTTP 503). Wait an hour; if it stays,"
                    + " configure another client information. Name and password were not even looked at.";
        }

        @Override
        public boolean waitingHelps() {
            return true;
        }
    }

    /** The anisette data is not accepted. */
    record AnisetteRefused(String serviceMessage) implements LoginOutcome {
        @Override
        public String message() {
            return "The service does not accept the anisette data (" + serviceMessage
                    + "). Provision the anisette server anew, or use another one.";
        }
    }

    /** There is no anisette data. */
    record AnisetteUnavailable(String detail) implements LoginOutcome {
        @Override
        public String message() {
            return detail;
        }

        @Override
        public boolean waitingHelps() {
            return true;
        }
    }

    /** A code was accepted and the next sign-in asked for one again: going on would never end. */
    record SecondFactorLoop() implements LoginOutcome {
        @Override
        public String message() {
            return "The code was accepted, but the service asks for another at once: it does not accept the client"
                    + " information together with this anisette machine. Configure another client information.";
        }
    }

    /** The service is unreachable or out of order; waiting helps. */
    record ServiceUnavailable(String detail) implements LoginOutcome {
        @Override
        public String message() {
            return "The sign-in service is not available (" + detail + "). Try again later.";
        }

        @Override
        public boolean waitingHelps() {
            return true;
        }
    }

    /** The service answered in a way that this version does not understand. */
    record Unreadable(String detail) implements LoginOutcome {
        @Override
        public String message() {
            return "The sign-in service answered in an unexpected way (" + detail + "). Look for a newer version.";
        }
    }

    /** Anything else, with the service's own number and text. */
    record Refused(long code, String serviceMessage) implements LoginOutcome {
        @Override
        public String message() {
            return "The sign-in service refused (" + code + ": " + serviceMessage + ").";
        }
    }
}
