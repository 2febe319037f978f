package org.trackerreports.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.SecondFactorMethod;
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
import org.trackerreports.store.account.Accounts;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.testsupport.MovableClock;

class AccountSessionsTest {

    private static final Session ENDED = session("ended");
    private static final Session FRESH = session("fresh");

    private final ReportStore store = mock(ReportStore.class);
    private final Accounts accounts = mock(Accounts.class);
    private final AccountStates states = mock(AccountStates.class);
    private final AccountLogin login = mock(AccountLogin.class);
    private final SignIns signIns = mock(SignIns.class);
    private final AppleAccountDigest name = AppleAccountDigest.ofName("owner@example.com");
    private final AppleAccountDigest appleAccount = AppleAccountDigest.of(ENDED);
    private final SharedLocks locks = mock(SharedLocks.class);
    private final MovableClock clock = new MovableClock(Instant.parse("2026-06-01T12:00:00Z"));
    private final SessionSource sessions =
            new AccountSessions(store, states, login, signIns, locks, clock).of("main", appleAccount);
    private final Account account = Account.create("main")
            .withState(AccountState.READY)
            .withSession(Optional.of(Secret.of(SessionCodec.write(ENDED))))
            .withPassword(Optional.of(Secret.of(new byte[32])));

    private static Session session(String token) {
        return session("1", token);
    }

    private static Session session(String dsid, String token) {
        return new Session(
                "owner@example.com",
                dsid,
                token,
                DeviceIdentity.random(),
                "machine",
                Instant.parse("2026-06-01T12:00:00Z"));
    }

    @BeforeEach
    void everythingWorks() throws InterruptedException {
        when(store.accounts()).thenReturn(accounts);
        stored(account);
        when(locks.runLocked(eq(appleAccount.value()), any(Duration.class), any()))
                .thenAnswer(
                        call -> Optional.of(call.getArgument(2, Supplier.class).get()));
        when(signIns.renewal(name)).thenReturn(new BudgetDecision.Granted());
        when(login.begin(any(), any())).thenReturn(new LoginOutcome.LoggedIn(FRESH));
    }

    private void stored(Account value) {
        when(accounts.find("main")).thenReturn(Optional.of(value));
    }

    private void assertFails(boolean waitingHelps, String message) {
        Renewal renewal = sessions.renew(ENDED);
        assertThat(renewal.session()).isEmpty();
        assertThat(renewal.waitingHelps()).isEqualTo(waitingHelps);
        assertThat(renewal.message()).contains(message);
    }

    @Test
    void theSessionIsTheStoredOne() {
        assertThat(sessions.current()).contains(ENDED);
        stored(account.withState(AccountState.LOCKED));
        assertThat(sessions.current()).isEmpty();
        stored(account.withSession(Optional.of(Secret.of(SessionCodec.write(session("2", "other"))))));
        assertThat(sessions.current())
                .as("the session of another Apple account")
                .isEmpty();
    }

    @Test
    void anEndedSessionIsReplacedAndStored() {
        assertThat(sessions.renew(ENDED)).isEqualTo(Renewal.of(FRESH));
        verify(signIns).renewed(name);
        verify(states).save(account, AccountState.READY, Optional.of(Secret.of(SessionCodec.write(FRESH))), null, null);
    }

    @Test
    void aSessionThatAnotherInstanceRenewedIsUsed() {
        stored(account.withSession(Optional.of(Secret.of(SessionCodec.write(FRESH)))));
        assertThat(sessions.renew(ENDED)).isEqualTo(Renewal.of(FRESH));
        verifyNoInteractions(login, signIns);
    }

    @Test
    void whileAnotherInstanceSignsInNothingIsTried() throws InterruptedException {
        when(locks.runLocked(any(), any(), any())).thenReturn(Optional.empty());
        assertFails(true, "another instance");
        doThrow(mock(QueueUnavailableException.class)).when(locks).runLocked(any(), any(), any());
        assertFails(true, "Redis");
        doThrow(new InterruptedException()).when(locks).runLocked(any(), any(), any());
        assertFails(true, "interrupted");
        assertThat(Thread.interrupted()).isTrue();
        verifyNoInteractions(login);
    }

    @Test
    void anAccountIsNotSignedInMoreOftenThanIsSafe() {
        when(signIns.renewal(name)).thenReturn(new BudgetDecision.Denied(Duration.ofMinutes(10)));
        assertFails(true, "as often as is safe for now; the next sign-in is possible at 2026-06-01T12:10:00Z");
        verifyNoInteractions(login);
    }

    @Test
    void withoutAPasswordTheAccountWaitsForAPerson() {
        Account without = account.withPassword(Optional.empty());
        stored(without);
        assertFails(false, "no password is stored");
        verify(states)
                .save(
                        without,
                        AccountState.NEEDS_LOGIN,
                        without.session(),
                        null,
                        "the session has ended and no password is stored");
        verifyNoInteractions(login, signIns);
    }

    @Test
    void anAccountThatIsGoneOrWaitsForAPersonIsLeftAlone() {
        stored(account.withState(AccountState.LOCKED).withLastError(Optional.of("it is locked")));
        assertFails(false, "it is locked");
        when(accounts.find("main")).thenReturn(Optional.empty());
        assertFails(false, "was removed");
        verifyNoInteractions(login, signIns);
    }

    @Test
    void aFailedSignInSaysWhatTheAccountWaitsFor() {
        assertState(new LoginOutcome.AccountLocked("-20209"), AccountState.LOCKED);
        assertState(new LoginOutcome.WrongPassword(-22406, "wrong"), AccountState.NEEDS_LOGIN);
        assertState(new LoginOutcome.TermsToAccept("new terms"), AccountState.NEEDS_LOGIN);
    }

    private void assertState(LoginOutcome outcome, AccountState state) {
        when(login.begin(any(), any())).thenReturn(outcome);
        assertFails(false, outcome.message());
        verify(states).save(account, state, account.session(), null, "the session has ended: " + outcome.message());
    }

    @Test
    void aSignInThatNeedsACodeIsKeptForThePerson() {
        PendingLogin pending = new PendingLogin(
                "owner@example.com",
                ENDED.identity(),
                "token",
                List.of(new SecondFactorMethod.TrustedDevice()),
                Optional.empty());
        LoginOutcome outcome = new LoginOutcome.SecondFactorNeeded(pending);
        when(login.begin(any(), any())).thenReturn(outcome);
        assertFails(false, outcome.message());
        verify(states)
                .save(
                        account,
                        AccountState.NEEDS_SECOND_FACTOR,
                        Optional.of(Secret.of(SessionCodec.write(pending))),
                        null,
                        "the session has ended: " + outcome.message());
    }

    @Test
    void aSignInThatMaySucceedLaterChangesNothing() {
        when(login.begin(any(), any())).thenReturn(new LoginOutcome.ServiceUnavailable("HTTP 503"));
        assertFails(true, "HTTP 503");
        when(login.begin(any(), any())).thenReturn(new LoginOutcome.Refused(-36607, "Try again later."));
        assertFails(true, "-36607");
        when(login.begin(any(), any())).thenReturn(new LoginOutcome.Unreadable("no property list"));
        assertFails(true, "no property list");
        verifyNoInteractions(states);
        verify(signIns, times(3)).failed(name);
        verify(signIns, never()).renewed(any());
    }
}
