package org.trackerreports.core.account;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.time.Times;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.findmy.login.SessionCodec;
import org.trackerreports.findmy.login.SessionSource;
import org.trackerreports.findmy.login.SessionSource.Renewal;
import org.trackerreports.queue.BudgetDecision;
import org.trackerreports.queue.QueueUnavailableException;
import org.trackerreports.queue.SharedLocks;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.secret.Secret;

/**
 * The sessions of the stored accounts. One instance renews a session while the others wait and then use it; no more often than is safe;
 * without a stored password the account waits for a person. Thread-safe.
 */
record AccountSessions(
        ReportStore store, AccountStates states, AccountLogin login, SignIns signIns, SharedLocks locks, Clock clock) {

    private static final Logger LOG = LoggerFactory.getLogger(AccountSessions.class);
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(60);

    @Inject
    AccountSessions {}

    /**
     * The session of one account.
     *
     * @param account a session of another Apple account, which somebody has signed in under this alias, does not count
     */
    SessionSource of(String alias, AppleAccountDigest account) {
        return new SessionSource() {
            @Override
            public Optional<Session> current() {
                return store.accounts()
                        .find(alias)
                        .flatMap(AccountStates::signedIn)
                        .map(SignedInAccount::session)
                        .filter(session -> AppleAccountDigest.of(session).equals(account));
            }

            @Override
            public Renewal renew(Session ended) {
                return AccountSessions.this.renew(alias, account, ended);
            }
        };
    }

    private Renewal renew(String alias, AppleAccountDigest account, Session ended) {
        try {
            return locks.runLocked(account.value(), LOCK_PATIENCE, () -> renewLocked(alias, ended))
                    .orElseGet(() -> Renewal.failed("another instance is still signing in", true));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Renewal.failed("interrupted", true);
        } catch (QueueUnavailableException e) {
            return Renewal.failed("the session has ended and cannot be renewed without Redis", true);
        }
    }

    private Renewal renewLocked(String alias, Session ended) {
        Account account = store.accounts().find(alias).orElse(null);
        if (account == null) {
            return Renewal.failed("the account was removed", false);
        }
        Optional<Session> current = AccountStates.signedIn(account).map(SignedInAccount::session);
        if (current.isEmpty()) {
            return Renewal.failed(account.lastError().orElse("the account waits for its owner"), false);
        }
        if (!current.get().searchPartyToken().equals(ended.searchPartyToken())) {
            return Renewal.of(current.get());
        }
        if (account.password().isEmpty()) {
            String message = "the session has ended and no password is stored";
            states.save(account, AccountState.NEEDS_LOGIN, account.session(), null, message);
            return Renewal.failed(message, false);
        }
        BudgetDecision decision = signIns.renewal(AppleAccountDigest.ofName(ended.accountName()));
        return switch (decision.kind()) {
            case GRANTED -> signInAgain(account, ended);
            case DENIED ->
                Renewal.failed(
                        "the session has ended, and the account was signed in as often as is safe for now; the next"
                                + " sign-in is possible at "
                                + Times.text(clock.instant().plus(decision.retryAfter())),
                        true);
        };
    }

    private Renewal signInAgain(Account account, Session ended) {
        LOG.info("Account {}: the session has ended; signing in again.", account.alias());
        byte[] digest = account.password().orElseThrow().bytes();
        Credentials credentials = Credentials.ofDigest(ended.accountName(), digest);
        LoginOutcome outcome = login.begin(credentials, ended.identity());
        credentials.wipe();
        if (outcome.newSession().isPresent()) {
            Session session = outcome.newSession().get();
            states.save(
                    account,
                    account.state(),
                    Optional.of(Secret.of(SessionCodec.write(session))),
                    account.coolDownUntil().orElse(null),
                    account.lastError().orElse(null));
            paced(account.alias(), () -> signIns.renewed(AppleAccountDigest.ofName(ended.accountName())));
            LOG.info("Account {} has a new session.", account.alias());
            return Renewal.of(session);
        }
        String message = "the session has ended: " + outcome.message();
        if (outcome.waitingHelps()) {
            paced(account.alias(), () -> signIns.failed(AppleAccountDigest.ofName(ended.accountName())));
        } else {
            states.save(account, stateAfter(outcome), sessionAfter(account, outcome), null, message);
        }
        return Renewal.failed(message, outcome.waitingHelps());
    }

    /** Must not throw: the outcome of the sign-in counts; the limit of a day still holds. */
    private static void paced(String alias, Runnable pacing) {
        try {
            pacing.run();
        } catch (QueueUnavailableException | StoreException e) {
            LOG.debug("Account {}: the pause after the sign-in could not be recorded.", alias, e);
        }
    }

    private static AccountState stateAfter(LoginOutcome outcome) {
        return switch (outcome.remedy()) {
            case ENTER_CODE -> AccountState.NEEDS_SECOND_FACTOR;
            case UNLOCK -> AccountState.LOCKED;
            case NONE, WAIT, SIGN_IN -> AccountState.NEEDS_LOGIN;
        };
    }

    /** A sign-in that waits for a code is kept, so that the person only has to enter it. */
    private static Optional<Secret> sessionAfter(Account account, LoginOutcome outcome) {
        return outcome.secondFactor()
                .map(pending -> Secret.of(SessionCodec.write(pending)))
                .or(account::session);
    }
}
