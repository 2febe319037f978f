package org.trackerreports.fetcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trackerreports.core.account.AccountBudget;
import org.trackerreports.core.account.AccountCondition;
import org.trackerreports.core.account.AccountCondition.CoolingDown;
import org.trackerreports.core.account.AccountCondition.Gone;
import org.trackerreports.core.account.AccountCondition.Usable;
import org.trackerreports.core.account.AccountCondition.Waiting;
import org.trackerreports.core.account.AccountRequests;
import org.trackerreports.core.account.AccountStates;
import org.trackerreports.core.account.SignedInAccount;
import org.trackerreports.core.event.Listeners;
import org.trackerreports.core.lifecycle.StopSignal;
import org.trackerreports.core.pipeline.FetchTarget;
import org.trackerreports.core.pipeline.TrackerLoader;
import org.trackerreports.core.pipeline.TrackerLoader.Loaded;
import org.trackerreports.fetcher.event.DaemonListener;
import org.trackerreports.fetcher.event.TurnEnded;
import org.trackerreports.fetcher.event.TurnEnded.Work;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.queue.BudgetRule;
import org.trackerreports.queue.Completion;
import org.trackerreports.queue.Fault;
import org.trackerreports.queue.Lease;
import org.trackerreports.queue.QueueUnavailableException;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.testsupport.MovableClock;

class AccountWorkerTest {

    private static final String ALIAS = "main";
    private static final int MAX_TRACKERS = 16;
    private static final Duration CHECK = Duration.ofSeconds(2);
    private static final Duration GAP = Duration.ofSeconds(7);

    private final Session session = mock(Session.class);
    private final SignedInAccount account = new SignedInAccount(ALIAS, session);
    private final MovableClock clock = new MovableClock(Requests.NOW);
    private final Listeners<DaemonListener> listeners = new Listeners<>(Set.of());
    private final AtomicInteger foundWork = new AtomicInteger();
    private final AccountStates states = mock(AccountStates.class);
    private final AccountRequests requests = mock(AccountRequests.class);
    private final AccountBudget budget = mock(AccountBudget.class);
    private final TrackerQueue queue = mock(TrackerQueue.class);
    private final TrackerLoader loader = mock(TrackerLoader.class);
    private final AnswerSink answers = mock(AnswerSink.class);
    private final Outages outages = new Outages(listeners, clock);
    private final AccountWorker worker = new AccountWorker(
            ALIAS,
            new WorkerParts(
                    states,
                    requests,
                    budget,
                    new WorkBatch(queue, Requests.WORKER, loader, Requests.PLANNER, MAX_TRACKERS, clock),
                    answers,
                    outages,
                    listeners,
                    new StopSignal(),
                    clock),
            foundWork::incrementAndGet);

    @BeforeEach
    void anAccountThatMayMakeARequest() {
        condition(new Usable(account));
        when(answers.hasRoom()).thenReturn(true);
        when(answers.take(anyString(), any(), any(), any())).thenReturn(Optional.of(Requests.WRITTEN));
        when(budget.untilGranted(session)).thenReturn(Duration.ZERO);
        when(budget.rule()).thenReturn(new BudgetRule(GAP, 100, Duration.ofDays(1), 0));
        when(queue.claim(any(), anyInt())).thenReturn(List.of());
        when(queue.untilNextDue()).thenReturn(Optional.empty());
    }

    private void condition(AccountCondition condition) {
        when(states.condition(ALIAS)).thenReturn(condition);
    }

    private List<FetchTarget> due(long count) {
        List<FetchTarget> targets = LongStream.rangeClosed(1, count)
                .mapToObj(id -> Requests.target(id, 0))
                .toList();
        Map<Lease, FetchTarget> loaded = new LinkedHashMap<>();
        targets.forEach(target -> loaded.put(Requests.lease(target), target));
        when(queue.claim(any(), anyInt())).thenReturn(List.copyOf(loaded.keySet()));
        when(loader.load(any())).thenReturn(new Loaded(loaded, List.of(), Map.of()));
        return targets;
    }

    private void outcome(FetchOutcome outcome) {
        when(requests.ask(any(), anyBoolean(), any())).thenReturn(outcome);
    }

    private void runOneTurn(Work work, Duration next) {
        assertThat(worker.takeTurn()).isEqualTo(new TurnEnded(ALIAS, work, next));
    }

    private void madeNoRequest() {
        verify(requests, never()).ask(any(), anyBoolean(), any());
    }

    private void claimedNothing() {
        verify(queue, never()).claim(any(), anyInt());
        madeNoRequest();
    }

    @Test
    void tellsThatItsAccountWasRemoved() {
        condition(new Gone());
        runOneTurn(Work.ACCOUNT_NOT_READY, Duration.ZERO);
        claimedNothing();
        assertThat(worker.isGone()).isTrue();
    }

    @Test
    void waitsForTheEndOfACoolDown() {
        condition(new CoolingDown(Requests.NOW.plusSeconds(3)));
        runOneTurn(Work.MUST_WAIT, Duration.ofSeconds(3));
        claimedNothing();
    }

    @Test
    void checksALongCoolDownFromTimeToTime() {
        condition(new CoolingDown(Requests.NOW.plusSeconds(7_200)));
        runOneTurn(Work.MUST_WAIT, Duration.ofMinutes(30));
        claimedNothing();
    }

    @Test
    void makesNoRequestWhileTheAccountNeedsAPerson() {
        condition(new Waiting(AccountState.NEEDS_LOGIN, Optional.empty()));
        runOneTurn(Work.ACCOUNT_NOT_READY, TurnOrder.LONGEST_WAIT);
        claimedNothing();
    }

    @Test
    void makesNoRequestWhenItsAnswerCouldNotBeKept() {
        when(answers.hasRoom()).thenReturn(false);
        runOneTurn(Work.SPOOL_FULL, CHECK);
        claimedNothing();
    }

    @Test
    void claimsNothingBeforeTheBudgetAllowsARequest() {
        when(budget.untilGranted(session)).thenReturn(Duration.ofSeconds(4));
        runOneTurn(Work.MUST_WAIT, Duration.ofSeconds(4));
        claimedNothing();
    }

    @Test
    void waitsUntilATrackerIsDue() {
        when(queue.untilNextDue()).thenReturn(Optional.of(Duration.ofMillis(700)));
        runOneTurn(Work.NOTHING_DUE, Duration.ofMillis(700));
        madeNoRequest();
        assertThat(foundWork).hasValue(0);
    }

    @Test
    void storesAnAnswerAndCompletesItsTrackers() {
        List<FetchTarget> targets = due(2);
        outcome(Requests.answer(targets.subList(0, 1)));

        runOneTurn(Work.ASKED, GAP);

        verify(answers).take(eq(ALIAS), any(), any(), eq(Requests.NOW));
        assertThat(foundWork).hasValue(1);
        verify(queue).complete(List.of(Requests.lease(targets.get(0))), Completion.FOUND);
        verify(queue).complete(List.of(Requests.lease(targets.get(1))), Completion.NOTHING_FOUND);
    }

    @Test
    void theTimeToStoreAnAnswerIsPartOfTheGap() {
        outcome(Requests.answer(due(1)));
        when(answers.take(anyString(), any(), any(), any())).thenAnswer(call -> {
            clock.advance(Duration.ofSeconds(2));
            return Optional.of(Requests.WRITTEN);
        });

        runOneTurn(Work.ASKED, GAP.minusSeconds(2));
    }

    @Test
    void anAnswerOnDiskCompletesItsTrackersToo() {
        List<FetchTarget> targets = due(1);
        outcome(Requests.answer(targets));
        when(answers.take(anyString(), any(), any(), any())).thenReturn(Optional.empty());

        runOneTurn(Work.ASKED, GAP);

        verify(queue).complete(List.of(Requests.lease(targets.get(0))), Completion.FOUND);
    }

    @Test
    void aLostLeaseDoesNotDisturbTheTurn() {
        List<FetchTarget> targets = due(1);
        outcome(Requests.answer(targets));
        when(queue.complete(anyList(), any())).thenReturn(List.of(false));

        runOneTurn(Work.ASKED, GAP);

        verify(answers).take(eq(ALIAS), any(), any(), any());
    }

    @Test
    void asksAgainForSilentTrackersInASmallerRequestAfterAShortAnswer() {
        List<FetchTarget> targets = due(MAX_TRACKERS);
        outcome(Requests.answer(targets.subList(0, 2)));

        when(queue.claim(any(), eq(MAX_TRACKERS / 2))).thenReturn(List.of());
        runOneTurn(Work.ASKED, GAP);
        worker.takeTurn();

        verify(queue)
                .release(targets.subList(2, MAX_TRACKERS).stream()
                        .map(Requests::lease)
                        .toList());
        verify(queue).claim(Requests.WORKER, MAX_TRACKERS);
        verify(queue).claim(Requests.WORKER, MAX_TRACKERS / 2);
    }

    static Stream<FetchOutcome> failures() {
        return Stream.of(
                new FetchOutcome.EmptyAnswer(),
                new FetchOutcome.NotAuthorised(401),
                new FetchOutcome.SignInNeeded("the session has ended", false),
                new FetchOutcome.TooManyRequests(Optional.of(Duration.ofHours(1))),
                new FetchOutcome.Refused("-22421"),
                new FetchOutcome.ServiceError(503),
                new FetchOutcome.Unreadable("not JSON"),
                new FetchOutcome.TimedOut("no answer"),
                new FetchOutcome.Unreachable("connection refused"),
                new FetchOutcome.NoAnisette("no anisette data"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailedRequestPostponesItsTrackersWithoutBlamingThem(FetchOutcome failure) {
        List<FetchTarget> targets = due(1);
        outcome(failure);

        runOneTurn(Work.ASKED, Duration.ZERO);

        verify(queue).fail(List.of(Requests.lease(targets.get(0))), failure.message(), Fault.NOT_THE_TRACKER);
        verify(answers, never()).take(anyString(), any(), any(), any());
    }

    @Test
    void aRequestThatWasHeldBackReleasesItsTrackers() {
        List<FetchTarget> targets = due(1);
        outcome(new FetchOutcome.HeldBack("the budget is used up", Duration.ofHours(3)));

        runOneTurn(Work.MUST_WAIT, Duration.ofMinutes(30));

        verify(queue).release(List.of(Requests.lease(targets.get(0))));
    }

    @Test
    void pausesWhileTheDatabaseIsUnavailable() {
        when(states.condition(ALIAS)).thenThrow(new StoreException("the database is away", null, true));

        TurnEnded turn = worker.takeTurn();

        assertThat(turn.work()).isEqualTo(Work.FAILED);
        assertThat(turn.next()).isBetween(Duration.ofMillis(1), CHECK);
        assertThat(worker.takeTurn().work())
                .as("not asked before the next attempt is due")
                .isEqualTo(Work.FAILED);
        verify(states).condition(ALIAS);
        claimedNothing();
    }

    @Test
    void pausesWhileRedisIsUnavailable() {
        when(budget.untilGranted(session)).thenThrow(mock(QueueUnavailableException.class));

        assertThat(worker.takeTurn().work()).isEqualTo(Work.FAILED);
        assertThat(outages.queue().untilNextAttempt()).isPositive();
        claimedNothing();
    }

    @Test
    void continuesAfterAnOutage() {
        when(states.condition(ALIAS))
                .thenThrow(new StoreException("the database is away", null, true))
                .thenReturn(new Waiting(AccountState.PAUSED, Optional.empty()));

        worker.takeTurn();
        clock.advance(outages.untilNextAttempt());

        assertThat(worker.takeTurn().work()).isEqualTo(Work.ACCOUNT_NOT_READY);
    }

    @Test
    void anUnexpectedExceptionReleasesTheTrackersAndDoesNotEndTheWorker() {
        List<FetchTarget> targets = due(1);
        when(requests.ask(any(), anyBoolean(), any())).thenThrow(new IllegalStateException("made up"));

        runOneTurn(Work.FAILED, AccountWorker.PAUSE_AFTER_FAILURE);

        verify(queue).release(List.of(Requests.lease(targets.get(0))));
    }
}
