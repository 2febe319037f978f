package org.trackerreports.core.account;

import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.findmy.login.SessionCodec;
import org.trackerreports.queue.QueueSettings;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.secret.Secret;

/**
 * Renews the sessions of the accounts: once, by one instance, while the others wait and then use what it got; no more often than the
 * sign-in budget allows; without a stored password the account waits for a person. Thread-safe.
 */
final class AccountSessions {

    private static final Logger LOG = LoggerFactory.getLogger(AccountSessions.class);
    private static final long LOCK_PATIENCE_SECONDS = 60;

    private final ReportStore store;
    private final AccountStates states;
    private final AccountLogin login;
    private final SignInBudget budget;
    private final RedissonClient redisson;
    private final String prefix;

    /** Whether there is a session again. */
    sealed interface Renewal {}

    /** There is, and it is not the one that ended. */
    record Renewed(SignedInAccount account) implements Renewal {}

    /**
     * There is none.
     *
     * @param message why, and what to do
     * @param waitingHelps whether it may succeed later without anybody doing anything
     */
    record NotRenewed(String message, boolean waitingHelps) implements Renewal {}

    @Inject
    AccountSessions(
            ReportStore store,
            AccountStates states,
            AccountLogin login,
            SignInBudget budget,
            RedissonClient redisson,
            QueueSettings queue) {
        this.store = store;
        this.states = states;
        this.login = login;
        this.budget = budget;
        this.redisson = redisson;
        this.prefix = queue.prefix();
    }

    /** The service does not accept the session any more: renews it, unless somebody already did. */
    Renewal renew(SignedInAccount ended) {
        RLock lock = redisson.getLock("{" + prefix + "}:login:" + ended.alias());
        boolean locked = false;
        try {
            locked = lock.tryLock(LOCK_PATIENCE_SECONDS, TimeUnit.SECONDS);
            return locked ? renewLocked(ended) : new NotRenewed("another instance is still signing in", true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new NotRenewed("interrupted", true);
        } catch (RedisException e) {
            return new NotRenewed("Redis is away, so that nobody can tell who signs in", true);
        } finally {
            unlock(lock, locked);
        }
    }

    /** A lock that cannot be given back ends by itself, because nobody prolongs it any more. */
    private static void unlock(RLock lock, boolean locked) {
        try {
            if (locked && lock.isHeldByCurrentThread()) {
                lock.unlock();
            }
        } catch (RedisException e) {
            LOG.debug("The login lock could not be given back.", e);
        }
    }

    private Renewal renewLocked(SignedInAccount ended) {
        Account account = store.accounts().find(ended.alias()).orElse(null);
        if (account == null) {
            return new NotRenewed("the account was removed", false);
        }
        Optional<SignedInAccount> current = AccountStates.signedIn(account);
        if (current.isEmpty()) {
            return new NotRenewed(account.lastError().orElse("the account waits for its owner"), false);
        }
        boolean renewedByAnother = !current.get()
                .session()
                .searchPartyToken()
                .equals(ended.session().searchPartyToken());
        if (renewedByAnother) {
            return new Renewed(current.get());
        }
        if (account.password().isEmpty()) {
            String message = "the session has ended and no password is stored";
            states.save(account, AccountState.NEEDS_LOGIN, account.session(), null, message);
            return new NotRenewed(message, false);
        }
        return budget.take(ended.alias()) ? signInAgain(account, ended.session()) : tooOften();
    }

    private static NotRenewed tooOften() {
        return new NotRenewed(
                "the session has ended, and the account was signed in as often as is safe for today; the service seems"
                        + " not to keep its sessions",
                true);
    }

    private Renewal signInAgain(Account account, Session ended) {
        byte[] digest = account.password().orElseThrow().bytes();
        Credentials credentials = Credentials.ofDigest(ended.accountName(), digest);
        LoginOutcome outcome = login.begin(credentials, ended.identity());
        credentials.wipe();
        if (outcome instanceof LoginOutcome.LoggedIn done) {
            Optional<Secret> session = Optional.of(Secret.of(SessionCodec.write(done.session())));
            states.save(
                    account,
                    account.state(),
                    session,
                    account.coolDownUntil().orElse(null),
                    account.lastError().orElse(null));
            LOG.info("Account {} has a new session.", account.alias());
            return new Renewed(new SignedInAccount(account.alias(), done.session()));
        }
        String message = "the session has ended: " + outcome.message();
        if (!outcome.waitingHelps()) {
            states.save(account, stateAfter(outcome), sessionAfter(account, outcome), null, message);
        }
        return new NotRenewed(message, outcome.waitingHelps());
    }

    private static AccountState stateAfter(LoginOutcome outcome) {
        if (outcome instanceof LoginOutcome.SecondFactorNeeded) {
            return AccountState.NEEDS_SECOND_FACTOR;
        }
        return outcome instanceof LoginOutcome.AccountLocked ? AccountState.LOCKED : AccountState.NEEDS_LOGIN;
    }

    /** A sign-in that waits for a code is kept, so that the person only has to enter it. */
    private static Optional<Secret> sessionAfter(Account account, LoginOutcome outcome) {
        return outcome instanceof LoginOutcome.SecondFactorNeeded needed
                ? Optional.of(Secret.of(SessionCodec.write(needed.pending())))
                : account.session();
    }
}
