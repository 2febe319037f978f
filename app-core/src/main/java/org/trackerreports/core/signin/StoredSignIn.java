package org.trackerreports.core.signin;

import java.util.Optional;
import java.util.function.Predicate;
import org.trackerreports.core.account.AccountStates;
import org.trackerreports.core.account.AppleAccountDigest;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.findmy.login.SessionCodec;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.account.Accounts;
import org.trackerreports.store.account.SaveOutcome;
import org.trackerreports.store.secret.Secret;

/** A sign-in that is stored in the database. Used by one thread at a time. */
public final class StoredSignIn implements SignInRecord {

    private final Accounts accounts;
    private Account account;

    private StoredSignIn(Accounts accounts, Account account) {
        this.accounts = accounts;
        this.account = account;
    }

    /** What is stored of the account with an alias, which may be new. */
    public static StoredSignIn of(Accounts accounts, String alias) {
        return new StoredSignIn(accounts, accounts.find(alias).orElse(Account.create(alias)));
    }

    /** The alias of an Apple account that is signed in, or waits for a code; the first of several. */
    public static Optional<String> aliasOf(Accounts accounts, String appleId) {
        AppleAccountDigest wanted = AppleAccountDigest.ofName(appleId);
        return accounts.list().stream()
                .filter(account -> accountName(accounts, account)
                        .map(AppleAccountDigest::ofName)
                        .filter(wanted::equals)
                        .isPresent())
                .map(Account::alias)
                .findFirst();
    }

    /** What another version stored counts as nothing, and stops nobody. */
    private static Optional<String> accountName(Accounts accounts, Account account) {
        try {
            return new StoredSignIn(accounts, account).accountName();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Session> session() {
        return bytes().filter(each -> !SessionCodec.isPending(each)).map(SessionCodec::readSession);
    }

    @Override
    public Optional<PendingLogin> pending() {
        return bytes().filter(SessionCodec::isPending).map(SessionCodec::readPending);
    }

    private Optional<byte[]> bytes() {
        return account.session().map(Secret::bytes);
    }

    @Override
    public boolean paused() {
        return account.state() == AccountState.PAUSED;
    }

    @Override
    public Optional<String> keptElsewhere(String appleId) {
        AppleAccountDigest wanted = AppleAccountDigest.ofName(appleId);
        return keptElsewhere(
                session -> AppleAccountDigest.ofName(session.accountName()).equals(wanted));
    }

    private Optional<String> keptElsewhere(Predicate<Session> isSameAccount) {
        return accounts.list().stream()
                .filter(other -> !other.alias().equals(account.alias())
                        && AccountStates.session(other).filter(isSameAccount).isPresent())
                .map(Account::alias)
                .findFirst();
    }

    @Override
    public SignInSaved save(LoginOutcome outcome, Optional<Credentials> credentials) {
        if (outcome.newSession().isPresent()) {
            Session session = outcome.newSession().get();
            Optional<String> other = keptElsewhere(each -> each.dsid().equals(session.dsid()));
            if (other.isPresent()) {
                return new SignInSaved.KeptElsewhere(other.get());
            }
            return save(
                    paused() ? AccountState.PAUSED : AccountState.READY,
                    SessionCodec.write(session),
                    credentials.map(Credentials::passwordDigest).map(Secret::of).or(account::password),
                    Optional.of(session.machineFingerprint()));
        }
        if (outcome.secondFactor().isPresent()) {
            return save(
                    paused() ? AccountState.PAUSED : AccountState.NEEDS_SECOND_FACTOR,
                    SessionCodec.write(outcome.secondFactor().get()),
                    account.password(),
                    account.machineIdentity());
        }
        return new SignInSaved.Saved();
    }

    private SignInSaved save(
            AccountState state, byte[] sessionBytes, Optional<Secret> password, Optional<String> machineIdentity) {
        SaveOutcome outcome = accounts.save(account.withState(state)
                .withSession(Optional.of(Secret.of(sessionBytes)))
                .withPassword(password)
                .withMachineIdentity(machineIdentity)
                .withLastError(Optional.empty()));
        return switch (outcome.kind()) {
            case SAVED -> {
                account = outcome.current().orElseThrow();
                yield new SignInSaved.Saved();
            }
            case OUTDATED -> new SignInSaved.Outdated();
        };
    }
}
