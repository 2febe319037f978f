package org.trackerreports.tools.account;

import java.util.Optional;
import org.trackerreports.core.account.AccountCondition;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.tools.text.Shell;

/**
 * Why an account cannot be used, and what helps.
 *
 * @param sentence the account's name and the reason, without a full stop
 * @param nextStep what helps
 */
public record AccountNeed(String sentence, String nextStep) {

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
        String login = "findmy tools login --account " + Shell.word(alias);
        String nextStep = switch (state) {
            case READY, COOLING_DOWN -> "Wait; it continues by itself.";
            case PAUSED -> "findmy tools accounts resume " + Shell.word(alias);
            case LOCKED -> "Unlock it at the service, then: " + login;
            case NEEDS_SECOND_FACTOR, NEEDS_LOGIN -> login;
        };
        return new AccountNeed(
                "account " + alias + " " + what
                        + lastError.map(error -> " (" + error + ")").orElse(""),
                nextStep);
    }
}
