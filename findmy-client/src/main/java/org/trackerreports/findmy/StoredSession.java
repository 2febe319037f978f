package org.trackerreports.findmy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.fetch.RequestGate;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.SecondFactorMethod;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.findmy.login.SessionSource;
import org.trackerreports.findmy.login.SignInPacing;

/**
 * An account's session in a {@link SessionStore}: signs in step by step, and renews a session that has ended. One thread at a time signs
 * in; the others wait and get its session. A password that was refused is not tried again. Thread-safe.
 */
public final class StoredSession implements SessionSource {

    private final AccountLogin login;
    private final SessionStore store;
    private final boolean rememberPassword;
    private final RequestGate signIns;
    private final Events events;
    private volatile SavedLogin saved;
    private final RandomGenerator random = new Random();
    private Optional<Renewal> lastFailure = Optional.empty();
    private int failures;

    /**
     * Loads what the store has.
     *
     * @param login signs in
     * @param store keeps the session
     * @param rememberPassword whether sign-ins keep the password's digest, to renew the session without a person
     * @param signIns limits how often a session is renewed; a person may sign in at any time
     * @param listener is told of renewals; see {@link ClientEvent}
     * @throws IOException if the store cannot be read
     */
    public StoredSession(
            AccountLogin login,
            SessionStore store,
            boolean rememberPassword,
            RequestGate signIns,
            Consumer<ClientEvent> listener)
            throws IOException {
        this.login = Objects.requireNonNull(login, "login");
        this.store = Objects.requireNonNull(store, "store");
        this.rememberPassword = rememberPassword;
        this.signIns = Objects.requireNonNull(signIns, "signIns");
        this.events = new Events(listener);
        this.saved = store.load().orElse(SavedLogin.NOTHING);
    }

    @Override
    public Optional<Session> current() {
        return saved.session();
    }

    /** The sign-in that waits for its second factor, if there is one. */
    public Optional<PendingLogin> pending() {
        return saved.pending();
    }

    /**
     * Signs in; as {@link FindMyClient#login}.
     *
     * @throws UncheckedIOException if the store fails; the session works all the same until the program ends
     */
    public synchronized LoginOutcome login(Credentials credentials) {
        return take(login.begin(credentials, identityFor(credentials.accountName())), credentials);
    }

    /**
     * Requests a verification code; as {@link FindMyClient#sendCode}.
     *
     * @throws IllegalStateException if no sign-in waits for a code
     * @throws UncheckedIOException if the store fails
     */
    public synchronized LoginOutcome sendCode(SecondFactorMethod method) {
        LoginOutcome outcome = login.sendCode(requirePending(), method);
        outcome.secondFactor().ifPresent(pending -> keep(saved.withPending(pending)));
        return outcome;
    }

    /**
     * Enters the code that was sent last; as {@link FindMyClient#enterCode}.
     *
     * @throws IllegalStateException if no sign-in waits for a code, or none was sent
     * @throws UncheckedIOException if the store fails; the session works all the same until the program ends
     */
    public synchronized LoginOutcome enterCode(String code, Credentials credentials) {
        PendingLogin pending = requirePending();
        SecondFactorMethod method = pending.codeSentBy()
                .orElseThrow(() -> new IllegalStateException("no code was sent yet; call sendCode first"));
        return take(login.complete(pending, method, code, credentials), credentials);
    }

    private PendingLogin requirePending() {
        return saved.pending()
                .orElseThrow(() -> new IllegalStateException("no sign-in waits for a second factor; call login first"));
    }

    /** A machine that is known to the account needs no second factor and adds no device. */
    private DeviceIdentity identityFor(String accountName) {
        return saved.session()
                .filter(session -> session.accountName().equals(accountName))
                .map(Session::identity)
                .or(() -> saved.pending()
                        .filter(pending -> pending.accountName().equals(accountName))
                        .map(PendingLogin::identity))
                .orElseGet(DeviceIdentity::random);
    }

    private LoginOutcome take(LoginOutcome outcome, Credentials credentials) {
        outcome.newSession().ifPresent(session -> {
            lastFailure = Optional.empty();
            keep(new SavedLogin(Optional.of(session), Optional.empty(), remembered(credentials)));
        });
        outcome.secondFactor().ifPresent(pending -> keep(saved.withPending(pending)));
        return outcome;
    }

    private Optional<Credentials> remembered(Credentials credentials) {
        // A copy, since the caller may wipe its own.
        return rememberPassword
                ? Optional.of(Credentials.ofDigest(credentials.accountName(), credentials.passwordDigest()))
                : Optional.empty();
    }

    private void keep(SavedLogin login) {
        try {
            save(login);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void save(SavedLogin login) throws IOException {
        saved = login;
        store.save(login);
    }

    @Override
    public synchronized Renewal renew(Session ended) {
        Optional<Session> current = saved.session();
        if (current.isPresent() && !current.get().searchPartyToken().equals(ended.searchPartyToken())) {
            return Renewal.of(current.get());
        }
        if (lastFailure.isPresent() && !lastFailure.get().waitingHelps()) {
            return lastFailure.get();
        }
        if (saved.credentials().isEmpty()) {
            return Renewal.failed("the session has ended and the password was not remembered; sign in again", false);
        }
        if (signIns.acquire() instanceof RequestGate.MustWait) {
            return lastFailure.orElseGet(() -> Renewal.failed(
                    "the session has ended shortly after it was renewed; it is not renewed again yet", true));
        }
        boolean answered = false;
        Renewal renewal;
        try {
            renewal = signInAgain(ended, saved.credentials().get());
            answered = renewal.session().isPresent();
        } finally {
            signIns.completed(answered);
        }
        failures = answered ? 0 : failures + 1;
        if (!answered && renewal.waitingHelps()) {
            Duration pause = SignInPacing.pauseAfter(Math.max(failures, signIns.granted()), random);
            signIns.coolDown(pause, renewal.message());
        }
        return renewal;
    }

    private Renewal signInAgain(Session ended, Credentials credentials) {
        LoginOutcome outcome = login.begin(credentials, ended.identity());
        Optional<Session> session = outcome.newSession();
        if (session.isPresent()) {
            lastFailure = Optional.empty();
            keepQuietly(new SavedLogin(session, Optional.empty(), saved.credentials()));
            events.emit(new ClientEvent.SessionRenewed(session.get()));
            return Renewal.of(session.get());
        }
        outcome.secondFactor().ifPresent(pending -> keepQuietly(saved.withPending(pending)));
        if (outcome.kind() == LoginOutcome.Kind.WRONG_PASSWORD
                || outcome.kind() == LoginOutcome.Kind.WRONG_NAME_OR_PASSWORD) {
            // Another program with the same store must not try it, either: several wrong attempts lock the account.
            keepQuietly(new SavedLogin(saved.session(), saved.pending(), Optional.empty()));
        }
        Renewal failure = Renewal.failed("the session has ended: " + outcome.message(), outcome.waitingHelps());
        lastFailure = Optional.of(failure);
        events.emit(new ClientEvent.RenewalFailed(outcome));
        return failure;
    }

    private void keepQuietly(SavedLogin login) {
        try {
            save(login);
        } catch (IOException e) {
            events.emit(new ClientEvent.SessionNotStored(String.valueOf(e.getMessage())));
        }
    }
}
