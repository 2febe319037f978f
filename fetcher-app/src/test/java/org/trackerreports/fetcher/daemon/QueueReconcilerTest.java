package org.trackerreports.fetcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;
import org.trackerreports.core.pipeline.TrackerLoader;
import org.trackerreports.queue.QueueEntry;
import org.trackerreports.queue.QueueStatistics;
import org.trackerreports.queue.QueueUnavailableException;
import org.trackerreports.queue.ReconcileResult.AlreadyRunning;
import org.trackerreports.queue.ReconcileResult.Reconciled;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.tracker.TrackerChanges;
import org.trackerreports.store.tracker.TrackerChanges.Change;
import org.trackerreports.store.tracker.TrackerChanges.State;
import org.trackerreports.store.tracker.Trackers;
import org.trackerreports.testsupport.MovableClock;

class QueueReconcilerTest {

    private static final Instant NEXT = Requests.NOW.plusSeconds(5);
    private static final Instant LATER = Requests.NOW.plusSeconds(10);
    private static final Reconciled NOTHING_CHANGED = new Reconciled(0, 0, 0, 3);

    private final Trackers trackers = mock(Trackers.class);
    private final TrackerQueue queue = mock(TrackerQueue.class);
    private final ReportStore store = mock(ReportStore.class);
    private final TrackerLoader loader = mock(TrackerLoader.class);
    private final QueueReconciler reconciler =
            new QueueReconciler(store, queue, Requests.WORKER, loader, new MovableClock(Requests.NOW));

    @BeforeEach
    void prepare() {
        when(store.trackers()).thenReturn(trackers);
        when(trackers.changedSince(Requests.NOW)).thenReturn(new TrackerChanges(List.of(), NEXT));
        when(queue.reconcile(any())).thenReturn(NOTHING_CHANGED);
        when(queue.statistics()).thenReturn(mock(QueueStatistics.class));
        doAnswer(call -> {
                    LongConsumer consumer = call.getArgument(0);
                    consumer.accept(1);
                    consumer.accept(2);
                    return null;
                })
                .when(trackers)
                .forEachEnabledId(any());
    }

    private void changes(Change... changes) {
        when(trackers.changedSince(NEXT)).thenReturn(new TrackerChanges(List.of(changes), LATER));
        when(trackers.changedSince(LATER)).thenReturn(new TrackerChanges(List.of(), LATER));
    }

    @Test
    void fillsAnEmptyQueueFromTheDatabase() {
        ArgumentCaptor<Supplier<Stream<QueueEntry>>> entries = ArgumentCaptor.captor();
        when(queue.initialiseIfEmpty(entries.capture())).thenReturn(true);

        reconciler.verify();

        assertThat(entries.getValue().get()).containsExactly(QueueEntry.of("1"), QueueEntry.of("2"));
        verify(queue, never()).reconcile(any());
    }

    @Test
    void reconcilesAQueueThatIsNotEmptyAfterReadingWhereToFollowFrom() {
        reconciler.verify();

        InOrder order = inOrder(trackers, loader, queue);
        order.verify(trackers).changedSince(Requests.NOW);
        order.verify(loader).forgetAll();
        order.verify(queue).reconcile(any());
    }

    @Test
    void followsNothingBeforeTheFirstReconciliation() {
        reconciler.follow();

        verify(trackers, never()).changedSince(any());
    }

    @Test
    void followsChangesInTheDatabase() {
        changes(new Change(3, State.ENABLED), new Change(4, State.DISABLED), new Change(5, State.REMOVED));
        when(queue.reconcileChanges(any(), any())).thenReturn(new Reconciled(1, 2, 0, 0));

        reconciler.verify();
        reconciler.follow();
        reconciler.follow();

        verify(queue, times(1)).reconcileChanges(List.of(QueueEntry.of("3")), Set.of("4", "5"));
        verify(loader, times(1)).forget(List.of(3L, 4L, 5L));
        verify(trackers).changedSince(LATER);
    }

    @Test
    void readsChangesAgainThatAnotherInstanceKeptItFromApplying() {
        changes(new Change(3, State.ENABLED));
        when(queue.reconcileChanges(any(), any())).thenReturn(new AlreadyRunning());

        reconciler.verify();
        reconciler.follow();
        reconciler.follow();

        verify(trackers, times(2)).changedSince(NEXT);
    }

    @Test
    void readsChangesAgainAfterAnOutageOfRedis() {
        changes(new Change(3, State.ENABLED));
        when(queue.reconcileChanges(any(), any()))
                .thenThrow(mock(QueueUnavailableException.class))
                .thenReturn(NOTHING_CHANGED);

        reconciler.verify();
        assertThatThrownBy(reconciler::follow).isInstanceOf(QueueUnavailableException.class);
        reconciler.follow();

        verify(queue, times(2)).reconcileChanges(List.of(QueueEntry.of("3")), Set.of());
    }

    @Test
    void changesNothingInTheQueueWhileTheDatabaseIsUnavailable() {
        when(trackers.changedSince(Requests.NOW)).thenThrow(new StoreException("the database is away", null, true));

        assertThatThrownBy(reconciler::verify).isInstanceOf(StoreException.class);

        verify(queue, never()).initialiseIfEmpty(any());
        verify(queue, never()).reconcile(any());
    }

    @Test
    void aHeartbeatAlsoReclaimsTheLeasesOfStoppedInstances() {
        when(queue.heartbeat(Requests.WORKER)).thenReturn(true);

        reconciler.beat();

        verify(queue).reclaim();
    }

    @Test
    void aHeartbeatThatFindsNothingToReclaimIsOneCall() {
        reconciler.beat();

        verify(queue).heartbeat(Requests.WORKER);
        verify(queue, never()).reclaim();
    }

    @Test
    void leavesTheQueue() {
        reconciler.leave();

        verify(queue).leave(Requests.WORKER);
    }
}
