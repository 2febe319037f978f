package org.trackerreports.core.account;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.account.AccountCondition.CoolingDown;
import org.trackerreports.core.account.AccountCondition.Gone;
import org.trackerreports.core.account.AccountCondition.Usable;
import org.trackerreports.core.account.AccountCondition.Waiting;
import org.trackerreports.core.event.AccountChanged;
import org.trackerreports.core.event.FetchListener;
import org.trackerreports.core.event.Listeners;
import org.trackerreports.core.time.Times;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.findmy.login.SessionCodec;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.account.AccountVersion;
import org.trackerreports.store.account.AccountsMark;
import org.trackerreports.store.account.SaveOutcome;
import org.trackerreports.store.secret.Secret;

/**
 * The states of the accounts. They are kept in the database, so that all instances and the tools see the same; each change that this
 * instance makes or sees is one line in the log and one event. Thread-safe.
 */
public final class AccountStates {

    private static final Logger LOG = LoggerFactory.getLogger(AccountStates.class);

    private final ReportStore store;
    private final Listeners<FetchListener> listeners;
    private final Clock clock;
    private final Map<String, AccountState> seen = new ConcurrentHashMap<>();

    @Inject
    AccountStates(ReportStore store, Listeners<FetchListener> listeners, Clock clock) {
        this.store = store;
        this.listeners = listeners;
        this.clock = clock;
    }

    /** The aliases of all accounts; also notices what others have changed. */
    public List<String> aliases() {
        List<Account> accounts = store.accounts().list();
        accounts.forEach(this::noticed);
        Set<String> gone = new HashSet<>(seen.keySet());
        accounts.forEach(account -> gone.remove(account.alias()));
        gone.forEach(this::removed);
        return accounts.stream().map(Account::alias).toList();
    }

    /** What shows that any account has changed. To be read before what it stands for. */
    public AccountsMark mark() {
        return store.accounts().mark();
    }

    /** What shows which accounts there are and which have changed; also notices which were removed. */
    public List<AccountVersion> versions() {
        List<AccountVersion> versions = store.accounts().versions();
        Set<String> gone = new HashSet<>(seen.keySet());
        versions.forEach(account -> gone.remove(account.alias()));
        gone.forEach(this::removed);
        return versions;
    }

    /** The alias of an Apple account; the first of several, empty if it has none. */
    public Optional<String> aliasOf(AppleAccountDigest wanted) {
        return store.accounts().list().stream()
                .filter(account -> session(account).map(AppleAccountDigest::of).equals(Optional.of(wanted)))
                .map(Account::alias)
                .findFirst();
    }

    /** Whether the account can be used now. */
    public AccountCondition condition(String alias) {
        Optional<Account> found = store.accounts().find(alias);
        if (found.isEmpty()) {
            removed(alias);
            return new Gone();
        }
        noticed(found.get());
        return condition(found.get());
    }

    /** The account with its session, if it can be used now. */
    public Optional<SignedInAccount> usable(String alias) {
        AccountCondition condition = condition(alias);
        return switch (condition.kind()) {
            case USABLE -> Optional.of(((Usable) condition).account());
            case COOLING_DOWN, WAITING, GONE -> Optional.empty();
        };
    }

    private AccountCondition condition(Account account) {
        if (account.stateAt(clock.instant()) == AccountState.COOLING_DOWN) {
            return new CoolingDown(account.coolDownUntil().orElseThrow());
        }
        return signedIn(account)
                .<AccountCondition>map(Usable::new)
                .orElseGet(() -> new Waiting(waitingState(account), account.lastError()));
    }

    /** An account that was resumed may still lack a finished login. */
    private static AccountState waitingState(Account account) {
        return account.mayAskByItself() ? AccountState.NEEDS_LOGIN : account.state();
    }

    /** The account with its session if its state and its session allow; a cool-down does not matter. */
    static Optional<SignedInAccount> signedIn(Account account) {
        return session(account)
                .filter(session -> account.mayAskByItself())
                .map(session -> new SignedInAccount(account.alias(), session));
    }

    /** The session of an account, whatever its state; empty if nobody has signed in, or the sign-in is not finished. */
    public static Optional<Session> session(Account account) {
        return account.session()
                .map(Secret::bytes)
                .filter(bytes -> !SessionCodec.isPending(bytes))
                .flatMap(AccountStates::readable);
    }

    /** A session of another program or version counts as none: its account has to sign in, and does not stop the others. */
    private static Optional<Session> readable(byte[] bytes) {
        try {
            return Optional.of(SessionCodec.readSession(bytes));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The account got a good answer: its cool-down is over. */
    void answered(String alias) {
        if (seen.get(alias) == AccountState.COOLING_DOWN) {
            store.accounts()
                    .find(alias)
                    .filter(account -> account.state() == AccountState.COOLING_DOWN)
                    .ifPresent(account -> save(account, AccountState.READY, account.session(), null, null));
        }
    }

    /** Starts a cool-down of the account, for all instances. Does nothing to an account that waits for a person. */
    void coolDown(String alias, Duration length, String reason) {
        Optional<Account> found = store.accounts().find(alias);
        if (found.isEmpty() || !found.get().mayAskByItself()) {
            return;
        }
        save(
                found.get(),
                AccountState.COOLING_DOWN,
                found.get().session(),
                clock.instant().plus(length),
                reason);
    }

    /**
     * Stores a new state. An account that was stored by somebody else meanwhile is left as that one left it.
     *
     * @param account as it was read
     * @param until when it may be used again; null for at once
     * @param reason without secrets; null when all is well
     */
    void save(
            Account account,
            AccountState state,
            Optional<Secret> session,
            @Nullable Instant until,
            @Nullable String reason) {
        SaveOutcome outcome = store.accounts()
                .save(account.withState(state)
                        .withSession(session)
                        .withCoolDownUntil(Optional.ofNullable(until))
                        .withLastError(Optional.ofNullable(reason)));
        switch (outcome.kind()) {
            case SAVED -> noticed(outcome.current().orElseThrow());
            case OUTDATED -> LOG.debug("Account {} was changed by another instance meanwhile.", account.alias());
        }
    }

    private void noticed(Account account) {
        AccountState before = seen.put(account.alias(), account.state());
        if (before == account.state()) {
            return;
        }
        log(account, before, clock.instant());
        listeners.tell(
                FetchListener::accountChanged,
                new AccountChanged(
                        account.alias(),
                        Optional.ofNullable(before),
                        Optional.of(account.state()),
                        account.state() == AccountState.COOLING_DOWN ? account.coolDownUntil() : Optional.empty(),
                        account.lastError()));
    }

    private void removed(String alias) {
        AccountState before = seen.remove(alias);
        if (before != null) {
            LOG.info("Account {} was removed.", alias);
            listeners.tell(
                    FetchListener::accountChanged,
                    new AccountChanged(
                            alias, Optional.of(before), Optional.empty(), Optional.empty(), Optional.empty()));
        }
    }

    private static void log(Account account, @Nullable AccountState before, Instant now) {
        String alias = account.alias();
        String reason = account.lastError().map(text -> " (" + text + ")").orElse("");
        switch (account.state()) {
            case READY -> LOG.info("Account {} is {}.", alias, before == null ? "ready" : "ready again");
            case PAUSED -> LOG.info("Account {} is paused. To go on: findmy tools accounts resume {}", alias, alias);
            case COOLING_DOWN -> {
                Instant end = account.coolDownUntil().orElse(now);
                // Another instance may have stored it a while ago.
                LOG.warn(
                        "Account {} {} until {}{}.",
                        alias,
                        now.isBefore(end) ? "cools down" : "is ready again; it cooled down",
                        Times.text(end),
                        reason);
            }
            case LOCKED -> LOG.warn("Account {} is locked{}.", alias, reason);
            case NEEDS_SECOND_FACTOR -> {
                if (account.lastError().isEmpty()) {
                    // A person is signing in. What the daemon began has a reason.
                    LOG.info("The sign-in of account {} waits for its verification code.", alias);
                } else {
                    LOG.warn(
                            "Account {} needs a verification code{}. Run: findmy tools login --account {}",
                            alias,
                            reason,
                            alias);
                }
            }
            case NEEDS_LOGIN ->
                LOG.warn("Account {} needs a login{}. Run: findmy tools login --account {}", alias, reason, alias);
            default -> throw new IllegalStateException("no such state: " + account.state());
        }
    }
}
