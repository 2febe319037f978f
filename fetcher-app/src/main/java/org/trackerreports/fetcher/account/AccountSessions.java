package org.trackerreports.fetcher.account;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.findmy.login.SessionCodec;
import org.trackerreports.queue.QueueSettings;
import org.trackerreports.store.Account;
import org.trackerreports.store.AccountState;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.SaveOutcome;
import org.trackerreports.store.Secret;

/**
 * The sessions of the accounts. A session that ended is renewed once, by one instance, while the others wait and then use what it
 * got; without a stored password the account waits for a person. Thread-safe.
 */
public final class AccountSessions {

    private static final Logger LOG = LoggerFactory.getLogger(AccountSessions.class);
    private static final long LOCK_PATIENCE_SECONDS = 60;

    private final ReportStore store;
    private final AccountLogin login;
    private final RedissonClient redisson;
    private final String prefix;

    @Inject
    AccountSessions(ReportStore store, AccountLogin login, RedissonClient redisson, QueueSettings queue) {
        this.store = store;
        this.login = login;
        this.redisson = redisson;
        this.prefix = queue.prefix();
    }

    /** The aliases of all accounts. */
    public List<String> aliases() {
        return store.accounts().list().stream().map(Account::alias).toList();
    }

    /** The account with its session, if it can be used now. */
    public Optional<SignedInAccount> usable(String alias) {
        return store.accounts()
                .find(alias)
                .filter(account -> account.state() == AccountState.READY)
                .flatMap(AccountSessions::signedIn);
    }

    private static Optional<SignedInAccount> signedIn(Account account) {
        Optional<byte[]> bytes = account.session().map(Secret::bytes);
        if (bytes.isEmpty() || SessionCodec.isPending(bytes.get())) {
            return Optional.empty();
        }
        return Optional.of(new SignedInAccount(account.alias(), SessionCodec.readSession(bytes.get())));
    }

    /**
     * The service does not accept the session any more: renews it, unless somebody already did.
     *
     * @return the account with a session that is not the ended one; empty if a person is needed, or the service is away
     */
    public Optional<SignedInAccount> renew(SignedInAccount ended) {
        RLock lock = redisson.getLock("{" + prefix + "}:login:" + ended.alias());
        boolean locked = false;
        try {
            locked = lock.tryLock(LOCK_PATIENCE_SECONDS, TimeUnit.SECONDS);
            return locked ? renewLocked(ended) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            if (locked && lock.isHeldByCurrentThread()) {
                lock.unlock();
            }
        }
    }

    private Optional<SignedInAccount> renewLocked(SignedInAccount ended) {
        Account account = store.accounts().find(ended.alias()).orElse(null);
        if (account == null) {
            return Optional.empty();
        }
        Optional<SignedInAccount> current = signedIn(account);
        boolean renewedByAnother = current.isPresent()
                && !current.get()
                        .session()
                        .searchPartyToken()
                        .equals(ended.session().searchPartyToken());
        if (renewedByAnother) {
            return current.filter(unused -> account.state() == AccountState.READY);
        }
        if (account.password().isEmpty()) {
            save(
                    account,
                    AccountState.NEEDS_LOGIN,
                    account.session(),
                    "the session has ended and no password is stored");
            LOG.warn(
                    "Account {} needs a login: its session has ended. Run: findmy tools login --account {}",
                    account.alias(),
                    account.alias());
            return Optional.empty();
        }
        return signInAgain(account, ended.session());
    }

    private Optional<SignedInAccount> signInAgain(Account account, Session ended) {
        byte[] digest = account.password().orElseThrow().bytes();
        Credentials credentials = Credentials.ofDigest(ended.accountName(), digest);
        LoginOutcome outcome = login.begin(credentials, ended.identity());
        credentials.wipe();
        if (outcome instanceof LoginOutcome.LoggedIn done) {
            save(account, AccountState.READY, Optional.of(Secret.of(SessionCodec.write(done.session()))), null);
            LOG.info("Account {} has a new session.", account.alias());
            return Optional.of(new SignedInAccount(account.alias(), done.session()));
        }
        if (outcome instanceof LoginOutcome.SecondFactorNeeded needed) {
            PendingLogin pending = needed.pending();
            save(
                    account,
                    AccountState.NEEDS_SECOND_FACTOR,
                    Optional.of(Secret.of(SessionCodec.write(pending))),
                    outcome.message());
            LOG.warn(
                    "Account {} needs a verification code. Run: findmy tools login --account {}",
                    account.alias(),
                    account.alias());
            return Optional.empty();
        }
        if (outcome instanceof LoginOutcome.ServiceUnavailable
                || outcome instanceof LoginOutcome.ClientRefused
                || outcome instanceof LoginOutcome.AnisetteUnavailable) {
            LOG.warn("Account {} cannot be signed in again now: {}", account.alias(), outcome.message());
            return Optional.empty();
        }
        AccountState state =
                outcome instanceof LoginOutcome.AccountLocked ? AccountState.LOCKED : AccountState.NEEDS_LOGIN;
        save(account, state, account.session(), outcome.message());
        LOG.warn("Account {} cannot be used: {}", account.alias(), outcome.message());
        return Optional.empty();
    }

    /** An account that was stored by somebody else meanwhile is left as that one left it. */
    private void save(Account account, AccountState state, Optional<Secret> session, String error) {
        SaveOutcome outcome = store.accounts()
                .save(new Account(
                        account.id(),
                        account.alias(),
                        state,
                        session,
                        account.password(),
                        account.machineIdentity(),
                        account.coolDownUntil(),
                        Optional.ofNullable(error),
                        account.version()));
        if (outcome instanceof SaveOutcome.Outdated) {
            LOG.info("Account {} was changed by another instance meanwhile.", account.alias());
        }
    }
}
