package org.trackerreports.tools.account;

import java.util.Optional;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.findmy.login.SessionCodec;
import org.trackerreports.store.Account;
import org.trackerreports.store.AccountState;
import org.trackerreports.store.Accounts;
import org.trackerreports.store.SaveOutcome;
import org.trackerreports.store.Secret;

/** What is stored of an account's login, and how the outcome of a new one is stored. */
final class StoredLogin implements LoginRecord {

    private final Accounts accounts;
    private final Account account;
    private final Optional<Session> session;
    private final Optional<PendingLogin> pending;

    private StoredLogin(Accounts accounts, Account account) {
        this.accounts = accounts;
        this.account = account;
        Optional<byte[]> bytes = account.session().map(Secret::bytes);
        this.pending = bytes.filter(SessionCodec::isPending).map(SessionCodec::readPending);
        this.session = bytes.filter(each -> !SessionCodec.isPending(each)).map(SessionCodec::readSession);
    }

    static StoredLogin of(Accounts accounts, String alias) {
        return new StoredLogin(accounts, accounts.find(alias).orElse(Account.create(alias)));
    }

    @Override
    public Optional<Session> session() {
        return session;
    }

    @Override
    public Optional<PendingLogin> pending() {
        return pending;
    }

    /** Whether a person paused the account, which a sign-in does not end. */
    boolean paused() {
        return account.state() == AccountState.PAUSED;
    }

    @Override
    public boolean save(LoginOutcome outcome, Optional<Credentials> credentials) {
        if (outcome instanceof LoginOutcome.LoggedIn done) {
            return save(
                    paused() ? AccountState.PAUSED : AccountState.READY,
                    SessionCodec.write(done.session()),
                    credentials.map(Credentials::passwordDigest).map(Secret::of).or(account::password),
                    Optional.of(done.session().machineFingerprint()));
        }
        if (outcome instanceof LoginOutcome.SecondFactorNeeded needed) {
            return save(
                    paused() ? AccountState.PAUSED : AccountState.NEEDS_SECOND_FACTOR,
                    SessionCodec.write(needed.pending()),
                    account.password(),
                    account.machineIdentity());
        }
        return true;
    }

    private boolean save(
            AccountState state, byte[] sessionBytes, Optional<Secret> password, Optional<String> machineIdentity) {
        SaveOutcome outcome = accounts.save(new Account(
                account.id(),
                account.alias(),
                state,
                Optional.of(Secret.of(sessionBytes)),
                password,
                machineIdentity,
                account.coolDownUntil(),
                Optional.empty(),
                account.version()));
        return outcome instanceof SaveOutcome.Saved;
    }
}
