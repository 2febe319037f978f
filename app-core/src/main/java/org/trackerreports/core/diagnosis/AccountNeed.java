package org.trackerreports.core.diagnosis;

import java.util.Optional;
import org.trackerreports.core.account.AccountCondition;
import org.trackerreports.core.diagnosis.Advice.Action;
import org.trackerreports.store.account.AccountState;

/**
 * Why an account cannot be used, and what helps.
 *
 * @param sentence the account's name and the reason, without a full stop
 * @param advice what helps
 */
public record AccountNeed(String sentence, Advice advice) {

    /** Of an account that waits for a person. */
    public static AccountNeed of(String alias, AccountCondition.Waiting waiting) {
        return of(alias, waiting.state(), waiting.reason());
    }

    /** Of an account in a state that is not {@link AccountState#READY}. */
    public static AccountNeed of(String alias, AccountState state, Optional<String> lastError) {
        String what = switch (state) {
            case READY -> "is ready";
            case PAUSED -> "is paused";
            case COOLING_DOWN -> "is cooling down";
            case LOCKED -> "is locked";
            case NEEDS_SECOND_FACTOR -> "needs a verification code";
            case NEEDS_LOGIN -> "needs to sign in";
        };
        return new AccountNeed(
                "account " + alias + " " + what
                        + lastError.map(error -> " (" + error + ")").orElse(""),
                switch (state) {
                    case READY, COOLING_DOWN -> advice(alias, Action.WAIT, "Wait; it continues by itself.");
                    case PAUSED -> advice(alias, Action.RESUME_ACCOUNT, "Resume the account.");
                    case LOCKED ->
                        advice(alias, Action.UNLOCK_ACCOUNT, "Unlock it at the service, then sign it in again.");
                    case NEEDS_SECOND_FACTOR -> advice(alias, Action.SIGN_IN, "Finish its sign-in.");
                    case NEEDS_LOGIN -> advice(alias, Action.SIGN_IN, "Sign it in.");
                });
    }

    private static Advice advice(String alias, Action action, String words) {
        return new Advice(action, Optional.of(alias), words);
    }
}
