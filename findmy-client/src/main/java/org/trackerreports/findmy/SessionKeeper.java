package org.trackerreports.findmy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.SecondFactorMethod;
import org.trackerreports.findmy.login.Session;

/**
 * The account's session: signing in, step by step, and renewing it when it has ended. One thread at a time signs in or renews; the
 * others wait and take what it got. Thread-safe.
 */
final class SessionKeeper {

    /** What came of a renewal: a session, or why there is none. */
    record Renewal(Optional<Session> session, String detail, boolean waitingHelps) {

        static Renewal of(Session session) {
            return new Renewal(Optional.of(session), "", false);
        }

        static Renewal impossible(String detail, boolean waitingHelps) {
            return new Renewal(Optional.empty(), detail, waitingHelps);
        }
    }

    private final AccountLogin login;
    private final SessionStore store;
    private final boolean rememberPassword;
    private final Duration renewalPause;
    private final MachineWatch machine;
    private final Events events;
    private final Clock clock;
    private volatile SavedLogin saved;
    private Instant lastRenewal = Instant.MIN;
    private Optional<Renewal> standingFailure = Optional.empty();

    SessionKeeper(
            AccountLogin login,
            SessionStore store,
            boolean rememberPassword,
            Duration renewalPause,
            MachineWatch machine,
            Events events,
            Clock clock)
            throws IOException {
        this.login = login;
        this.store = store;
        this.rememberPassword = rememberPassword;
        this.renewalPause = renewalPause;
        this.machine = machine;
        this.events = events;
        this.clock = clock;
        this.saved = store.load().orElse(SavedLogin.NOTHING);
        saved.session().ifPresent(session -> machine.expect(session.machineFingerprint()));
    }

    Optional<Session> session() {
        return saved.session();
    }

    Optional<PendingLogin> pending() {
        return saved.pending();
    }

    synchronized LoginOutcome login(Credentials credentials) {
        return take(login.begin(credentials, identityFor(credentials.accountName())), credentials);
    }

    synchronized LoginOutcome sendCode(SecondFactorMethod method) {
        LoginOutcome outcome = login.sendCode(requirePending(), method);
        if (outcome instanceof LoginOutcome.SecondFactorNeeded needed) {
            keep(new SavedLogin(saved.session(), Optional.of(needed.pending()), saved.credentials()));
        }
        return outcome;
    }

    synchronized LoginOutcome enterCode(String code, Credentials credentials) {
        PendingLogin pending = requirePending();
        SecondFactorMethod method = pending.codeSentBy()
                .orElseThrow(() -> new IllegalStateException("no code was sent yet; call sendCode first"));
        return take(login.complete(pending, method, code, credentials), credentials);
    }

    private PendingLogin requirePending() {
        return saved.pending()
                .orElseThrow(() -> new IllegalStateException("no sign-in waits for a second factor; call login first"));
    }

    /** A machine that is known to the account needs no second factor, and adds no device. */
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
        if (outcome instanceof LoginOutcome.LoggedIn done) {
            signedIn(done.session());
            keep(new SavedLogin(Optional.of(done.session()), Optional.empty(), remembered(credentials)));
        } else if (outcome instanceof LoginOutcome.SecondFactorNeeded needed) {
            keep(new SavedLogin(saved.session(), Optional.of(needed.pending()), saved.credentials()));
        }
        return outcome;
    }

    private Optional<Credentials> remembered(Credentials credentials) {
        // A copy, since the caller may wipe its own.
        return rememberPassword
                ? Optional.of(Credentials.ofDigest(credentials.accountName(), credentials.passwordDigest()))
                : Optional.empty();
    }

    private void signedIn(Session session) {
        machine.expect(session.machineFingerprint());
        standingFailure = Optional.empty();
        lastRenewal = Instant.MIN;
    }

    private void keep(SavedLogin login) {
        saved = login;
        try {
            store.save(login);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a session other than the one that has ended: the one that somebody else got meanwhile, or a new one. */
    synchronized Renewal renew(Session ended) {
        Optional<Session> current = saved.session();
        if (current.isPresent() && !current.get().searchPartyToken().equals(ended.searchPartyToken())) {
            return Renewal.of(current.get());
        }
        if (standingFailure.isPresent() && !standingFailure.get().waitingHelps()) {
            return standingFailure.get();
        }
        if (saved.credentials().isEmpty()) {
            return Renewal.impossible(
                    "the session has ended and the password was not remembered; sign in again", false);
        }
        if (clock.instant().isBefore(later(lastRenewal, renewalPause))) {
            return standingFailure.orElseGet(() ->
                    Renewal.impossible("the service refuses even a new session; it is not renewed again yet", true));
        }
        lastRenewal = clock.instant();
        return renewNow(ended, saved.credentials().get());
    }

    private static Instant later(Instant time, Duration wait) {
        return time.equals(Instant.MIN) ? time : time.plus(wait);
    }

    private Renewal renewNow(Session ended, Credentials credentials) {
        LoginOutcome outcome = login.begin(credentials, ended.identity());
        if (outcome instanceof LoginOutcome.LoggedIn done) {
            standingFailure = Optional.empty();
            machine.expect(done.session().machineFingerprint());
            keepQuietly(new SavedLogin(Optional.of(done.session()), Optional.empty(), saved.credentials()));
            events.emit(new ClientEvent.SessionRenewed(done.session()));
            return Renewal.of(done.session());
        }
        if (outcome instanceof LoginOutcome.SecondFactorNeeded needed) {
            keepQuietly(new SavedLogin(saved.session(), Optional.of(needed.pending()), saved.credentials()));
        }
        Renewal failure = Renewal.impossible("the session has ended: " + outcome.message(), outcome.waitingHelps());
        standingFailure = Optional.of(failure);
        events.emit(new ClientEvent.RenewalFailed(outcome));
        return failure;
    }

    private void keepQuietly(SavedLogin login) {
        try {
            keep(login);
        } catch (UncheckedIOException e) {
            events.emit(new ClientEvent.SessionNotStored(e.getCause().getMessage()));
        }
    }
}
