package org.trackerreports.tools.account;

import java.util.Optional;
import java.util.function.Predicate;
import org.trackerreports.core.account.AccountStates;
import org.trackerreports.core.account.AppleAccountDigest;
import org.trackerreports.core.failure.ExitCode;
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
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.text.Shell;

/** A sign-in that is stored in the database. */
final class StoredLogin implements LoginRecord {

    private final Accounts accounts;
    private Account account;

    private StoredLogin(Accounts accounts, Account account) {
        this.accounts = accounts;
        this.account = account;
    }

    static StoredLogin of(Accounts accounts, String alias) {
        return new StoredLogin(accounts, accounts.find(alias).orElse(Account.create(alias)));
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

    /** Whether a person paused the account. A sign-in does not resume it. */
    boolean paused() {
        return account.state() == AccountState.PAUSED;
    }

    @Override
    public void requireFree(String appleId) throws CommandFailure {
        AppleAccountDigest wanted = AppleAccountDigest.ofName(appleId);
        requireFree(session -> AppleAccountDigest.ofName(session.accountName()).equals(wanted));
    }

    /** A second alias would not give more requests: the service counts those of the Apple account. */
    private void requireFree(Predicate<Session> isSameAccount) throws CommandFailure {
        for (Account other : accounts.list()) {
            if (!other.alias().equals(account.alias())
                    && AccountStates.session(other).filter(isSameAccount).isPresent()) {
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "This Apple account is already here, as account " + other.alias()
                                + "; under a second name it could not make more requests. Nothing was saved. To sign it in"
                                + " again: findmy tools login --account " + Shell.word(other.alias())
                                + ". To give it another name, remove that one first: findmy tools accounts remove "
                                + Shell.word(other.alias()));
            }
        }
    }

    @Override
    public boolean save(LoginOutcome outcome, Optional<Credentials> credentials) throws CommandFailure {
        if (outcome.newSession().isPresent()) {
            Session session = outcome.newSession().get();
            requireFree(other -> other.dsid().equals(session.dsid()));
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
        return true;
    }

    private boolean save(
            AccountState state, byte[] sessionBytes, Optional<Secret> password, Optional<String> machineIdentity) {
        SaveOutcome outcome = accounts.save(account.withState(state)
                .withSession(Optional.of(Secret.of(sessionBytes)))
                .withPassword(password)
                .withMachineIdentity(machineIdentity)
                .withLastError(Optional.empty()));
        return switch (outcome.kind()) {
            case SAVED -> {
                account = outcome.current().orElseThrow();
                yield true;
            }
            case OUTDATED -> false;
        };
    }
}
