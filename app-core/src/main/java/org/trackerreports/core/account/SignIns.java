package org.trackerreports.core.account;

import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import org.trackerreports.findmy.fetch.RequestGate;
import org.trackerreports.findmy.login.SessionSource;
import org.trackerreports.findmy.login.SignInPacing;
import org.trackerreports.queue.BudgetDecision;
import org.trackerreports.queue.BudgetRule;
import org.trackerreports.queue.BudgetState;
import org.trackerreports.queue.RequestBudgets;

/**
 * How often an Apple account signs in: too many sign-ins get it locked, whether or not they succeed. Those without a person and those by
 * hand take from one budget, which all instances share. Those without a person also keep growing pauses. Thread-safe.
 */
public final class SignIns implements SignInCounts {

    private static final Duration DAY = Duration.ofDays(1);

    /** One is left for a person: an account that signs in again and again needs one. */
    private static final BudgetRule ALL = new BudgetRule(Duration.ZERO, SessionSource.MAX_SIGN_INS_PER_DAY, DAY, 1);

    private static final BudgetRule WITHOUT_A_PERSON =
            new BudgetRule(Duration.ofSeconds(1), SessionSource.MAX_SIGN_INS_PER_DAY, DAY, 0);

    private static final BudgetRule WRONG_PASSWORDS =
            new BudgetRule(Duration.ZERO, SignInCounts.MAX_WRONG_PASSWORDS, DAY, 0);

    private final RequestBudgets budgets;
    private final SecureRandom random;

    @Inject
    SignIns(RequestBudgets budgets, SecureRandom random) {
        this.budgets = budgets;
        this.random = random;
    }

    /** Asks for one sign-in without a person. */
    BudgetDecision renewal(AppleAccountDigest account) {
        Duration wait = budgets.untilGranted(all(account), ALL, false);
        if (!wait.isZero()) {
            return new BudgetDecision.Denied(wait);
        }
        BudgetDecision decision = budgets.acquire(withoutAPerson(account), WITHOUT_A_PERSON, false);
        return switch (decision.kind()) {
            case GRANTED -> budgets.acquire(all(account), ALL, false);
            case DENIED -> decision;
        };
    }

    /** A new session that is refused at once shows that another one would not help, either. */
    void renewed(AppleAccountDigest account) {
        budgets.coolDown(withoutAPerson(account), SessionSource.MIN_SIGN_IN_GAP);
    }

    /** The sign-in that was granted last failed for now. */
    void failed(AppleAccountDigest account) {
        int signIns = budgets.state(withoutAPerson(account), WITHOUT_A_PERSON).used();
        budgets.coolDown(withoutAPerson(account), SignInPacing.pauseAfter(signIns, random));
    }

    /** The same budget for a session that is kept in a file. */
    public RequestGate gate(AppleAccountDigest account) {
        return new RequestGate() {
            @Override
            public Permission acquire() {
                BudgetDecision decision = renewal(account);
                return switch (decision.kind()) {
                    case GRANTED -> new Granted();
                    case DENIED ->
                        new MustWait(decision.retryAfter(), "the account was signed in as often as is safe for now");
                };
            }

            @Override
            public void completed(boolean answered) {
                if (answered) {
                    renewed(account);
                }
            }

            @Override
            public void coolDown(Duration wait, String reason) {
                budgets.coolDown(withoutAPerson(account), wait);
            }

            @Override
            public int granted() {
                return budgets.state(withoutAPerson(account), WITHOUT_A_PERSON).used();
            }
        };
    }

    @Override
    public Counts counts(AppleAccountDigest account) {
        BudgetState signIns = budgets.state(all(account), ALL);
        BudgetState wrong = budgets.state(wrongPasswords(account), WRONG_PASSWORDS);
        return new Counts(
                signIns.used(),
                budgets.untilGranted(all(account), ALL, true),
                wrong.used(),
                budgets.untilGranted(wrongPasswords(account), WRONG_PASSWORDS, true));
    }

    @Override
    public void signIn(AppleAccountDigest account) {
        budgets.acquire(all(account), ALL, true);
    }

    @Override
    public void wrongPassword(AppleAccountDigest account) {
        budgets.acquire(wrongPasswords(account), WRONG_PASSWORDS, true);
    }

    private static String all(AppleAccountDigest account) {
        return "sign-in:" + account.value();
    }

    private static String withoutAPerson(AppleAccountDigest account) {
        return "renewal:" + account.value();
    }

    private static String wrongPasswords(AppleAccountDigest account) {
        return "wrong-password:" + account.value();
    }
}
