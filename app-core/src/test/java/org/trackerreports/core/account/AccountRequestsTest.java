package org.trackerreports.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.trackerreports.core.event.FetchListener;
import org.trackerreports.core.event.Listeners;
import org.trackerreports.core.event.RequestEnded;
import org.trackerreports.core.event.RequestResult;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchOutcome.Answered;
import org.trackerreports.findmy.fetch.FetchOutcome.HeldBack;
import org.trackerreports.findmy.fetch.FetchOutcome.NotAuthorised;
import org.trackerreports.findmy.fetch.FetchOutcome.ServiceError;
import org.trackerreports.findmy.fetch.FetchOutcome.SignInNeeded;
import org.trackerreports.findmy.fetch.FetchOutcome.TooManyRequests;
import org.trackerreports.findmy.fetch.FetchQuery;
import org.trackerreports.findmy.fetch.ReportService;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.findmy.login.SessionSource;
import org.trackerreports.findmy.login.SessionSource.Renewal;
import org.trackerreports.findmy.report.EncryptedReport;
import org.trackerreports.queue.BudgetDecision;
import org.trackerreports.testsupport.MovableClock;

class AccountRequestsTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Duration TOOK = Duration.ofSeconds(3);
    private static final HashedAdvertisementKey KEY = key(1);
    private static final Session SESSION = session("1", "token");
    private static final AppleAccountDigest ACCOUNT = AppleAccountDigest.of(SESSION);

    private final AccountBudget budget = mock(AccountBudget.class);
    private final AccountStates states = mock(AccountStates.class);
    private final AccountSessions sessions = mock(AccountSessions.class);
    private final SessionSource source = mock(SessionSource.class);
    private final ReportService service = mock(ReportService.class);
    private final MovableClock clock = new MovableClock(NOW);
    private final List<RequestEnded> told = new ArrayList<>();
    private final FetchListener listener = new FetchListener() {
        @Override
        public void requestEnded(RequestEnded event) {
            told.add(event);
        }
    };
    private final FetchQuery query = new FetchQuery(
            List.of(new FetchQuery.Entry(List.of(KEY, key(2)), List.of())), NOW.minus(Duration.ofDays(7)), NOW);
    private final FetchRequest request = new FetchRequest(query, 1, 16);
    private final AccountRequests requests =
            new AccountRequests(budget, states, sessions, service, new Listeners<>(Set.of(listener)), clock);

    private static HashedAdvertisementKey key(int number) {
        byte[] hash = new byte[32];
        hash[0] = (byte) number;
        return new HashedAdvertisementKey(Base64.getEncoder().encodeToString(hash));
    }

    private static Session session(String dsid, String token) {
        return new Session("owner@example.com", dsid, token, DeviceIdentity.random(), "machine", NOW);
    }

    @BeforeEach
    void theBudgetGrantsAndSomebodyIsSignedIn() {
        when(budget.acquire(any(), anyBoolean())).thenReturn(new BudgetDecision.Granted());
        when(sessions.of(anyString(), any())).thenReturn(source);
        when(source.current()).thenReturn(Optional.of(SESSION));
    }

    private void serviceGives(FetchOutcome first, FetchOutcome... others) {
        List<FetchOutcome> outcomes = new ArrayList<>(List.of(others));
        outcomes.add(0, first);
        when(service.fetch(any(), eq(query))).thenAnswer(call -> {
            clock.advance(TOOK);
            return outcomes.remove(0);
        });
    }

    private FetchOutcome ask(String alias, Session session) {
        return requests.ask(new SignedInAccount(alias, session), false, request);
    }

    private RequestEnded told(RequestResult result, int answered) {
        return new RequestEnded("main", result, TOOK, 1, 16, 2, answered);
    }

    @Test
    void anAnswerTakesFromTheBudgetAndIsTold() {
        Answered answer = new Answered(Map.of(KEY, List.of(new EncryptedReport(KEY, new byte[88]))), 0);
        serviceGives(answer);

        assertThat(ask("main", SESSION)).isEqualTo(answer);

        verify(budget).acquire(ACCOUNT, false);
        verify(budget).completed(ACCOUNT);
        verify(states).answered("main");
        assertThat(told).containsExactly(told(RequestResult.OK, 1));
    }

    @Test
    void onlyAPersonTakesFromTheReserve() {
        serviceGives(new Answered(Map.of(), 0), new Answered(Map.of(), 0));
        SignedInAccount account = new SignedInAccount("main", SESSION);

        requests.ask(account, true, request);
        verify(budget).acquire(ACCOUNT, true);
        verify(budget, never()).acquire(ACCOUNT, false);

        requests.ask(account, false, request);
        verify(budget).acquire(ACCOUNT, false);
    }

    @Test
    void withoutBudgetNothingIsAskedAndNothingIsTold() {
        when(budget.acquire(ACCOUNT, false)).thenReturn(new BudgetDecision.Denied(Duration.ofMinutes(5)));

        assertThat(ask("main", SESSION))
                .isEqualTo(new HeldBack("the budget of account main is used up for now", Duration.ofMinutes(5)));

        verifyNoInteractions(service);
        verify(budget, never()).coolDown(any(), any());
        assertThat(told).isEmpty();
    }

    @Test
    void afterAFailureTheAccountCoolsDownForAllInstances() {
        TooManyRequests failure = new TooManyRequests(Optional.of(Duration.ofHours(3)));
        serviceGives(failure);

        assertThat(ask("main", SESSION)).isEqualTo(failure);

        verify(budget).completed(ACCOUNT);
        verify(budget).coolDown(ACCOUNT, Duration.ofHours(3));
        verify(states).coolDown("main", Duration.ofHours(3), failure.message());
        verify(states, never()).answered(any());
        assertThat(told).containsExactly(told(RequestResult.OVERLOADED, 0));
    }

    /** 30 s doubled each time, give or take a fifth. */
    @Test
    void theCoolDownGrowsWithTheFailuresOfThisAppleAccountAlone() {
        FetchOutcome failure = new ServiceError(503);
        serviceGives(failure, failure, failure);
        Session other = session("2", "other");
        ArgumentCaptor<Duration> waits = ArgumentCaptor.forClass(Duration.class);

        ask("main", SESSION);
        ask("main", SESSION);
        verify(budget, times(2)).coolDown(eq(ACCOUNT), waits.capture());
        assertThat(waits.getAllValues().get(0)).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
        assertThat(waits.getAllValues().get(1)).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(72));

        ask("main", other);
        verify(budget).coolDown(eq(AppleAccountDigest.of(other)), waits.capture());
        assertThat(waits.getValue()).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
    }

    @Test
    void anEndedSessionIsRenewedAndTheNextRequestTakesFromTheBudget() {
        Session renewed = session("1", "renewed");
        when(source.renew(SESSION)).thenReturn(Renewal.of(renewed));
        serviceGives(new NotAuthorised(401), new Answered(Map.of(), 0));

        assertThat(ask("main", SESSION)).isEqualTo(new Answered(Map.of(), 0));

        verify(sessions).of("main", ACCOUNT);
        verify(service).fetch(renewed, query);
        verify(budget, times(2)).acquire(ACCOUNT, false);
        assertThat(told).containsExactly(told(RequestResult.UNAUTHORISED, 0), told(RequestResult.OK, 0));
    }

    @Test
    void aSessionThatCannotBeRenewedIsNotAskedAgain() {
        when(source.renew(SESSION)).thenReturn(Renewal.failed("no password is stored", false));
        serviceGives(new NotAuthorised(401));

        assertThat(ask("main", SESSION)).isEqualTo(new SignInNeeded("no password is stored", false));

        verify(budget).acquire(ACCOUNT, false);
        verify(budget, never()).coolDown(any(), any());
    }

    @Test
    void aSessionFileTakesFromTheReserveOfItsAppleAccount() {
        when(states.aliasOf(ACCOUNT)).thenReturn(Optional.of("main"));
        requests.gate(SESSION).acquire();
        verify(budget).acquire(ACCOUNT, true);
        requests.gate(SESSION).coolDown(Duration.ofHours(1), "HTTP 503");
        verify(states).coolDown("main", Duration.ofHours(1), "HTTP 503");

        Session unknown = session("2", "other");
        when(states.aliasOf(AppleAccountDigest.of(unknown))).thenReturn(Optional.empty());
        requests.gate(unknown).acquire();
        verify(budget).acquire(AppleAccountDigest.of(unknown), true);
    }
}
