package org.trackerreports.fetcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
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
import org.junit.jupiter.api.Test;
import org.trackerreports.core.pipeline.FetchTarget;
import org.trackerreports.core.pipeline.TrackerLoader;
import org.trackerreports.core.pipeline.TrackerLoader.Loaded;
import org.trackerreports.fetcher.daemon.WorkBatch.Claimed;
import org.trackerreports.findmy.fetch.RequestPlanner;
import org.trackerreports.queue.Completion;
import org.trackerreports.queue.Fault;
import org.trackerreports.queue.Lease;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.testsupport.MovableClock;

class WorkBatchTest {

    private static final int MAX_TRACKERS = 64;

    private final TrackerQueue queue = mock(TrackerQueue.class);
    private final TrackerLoader loader = mock(TrackerLoader.class);
    private final FetchTarget one = Requests.target(1, 0);
    private final FetchTarget two = Requests.target(2, 0);
    private final FetchTarget silent = Requests.target(3, 5);

    private WorkBatch work(RequestPlanner planner) {
        return new WorkBatch(queue, Requests.WORKER, loader, planner, MAX_TRACKERS, new MovableClock(Requests.NOW));
    }

    private void claimed(List<FetchTarget> targets, List<Lease> gone, Map<Lease, String> unreadable) {
        Map<Lease, FetchTarget> loaded = new LinkedHashMap<>();
        targets.forEach(target -> loaded.put(Requests.lease(target), target));
        when(queue.claim(any(), anyInt())).thenReturn(List.of(Requests.lease(1, 0)));
        when(loader.load(any())).thenReturn(new Loaded(loaded, gone, unreadable));
    }

    private Claimed claim() {
        return work(Requests.PLANNER).claim(MAX_TRACKERS).orElseThrow();
    }

    @Test
    void plansARequestForTheClaimedTrackers() {
        claimed(List.of(one, two), List.of(), Map.of());

        Claimed claimed = claim();

        assertThat(claimed.plan().included()).containsExactly(one, two);
        assertThat(claimed.plan().query().keys()).containsExactly(Requests.key(one), Requests.key(two));
        assertThat(claimed.leases()).hasSize(2);
        verify(queue).claim(Requests.WORKER, MAX_TRACKERS);
    }

    @Test
    void loadsNothingIfNoTrackerIsDue() {
        when(queue.claim(any(), anyInt())).thenReturn(List.of());

        assertThat(work(Requests.PLANNER).claim(MAX_TRACKERS)).isEmpty();
        verify(loader, never()).load(any());
    }

    @Test
    void removesTrackersThatAreGoneAndFailsThoseThatCannotBeRead() {
        Lease gone = Requests.lease(7, 0);
        Lease unreadable = Requests.lease(8, 0);
        claimed(List.of(one), List.of(gone), Map.of(unreadable, "no key"));

        assertThat(claim().plan().included()).containsExactly(one);
        verify(queue).remove(List.of("7"));
        verify(queue).fail(unreadable, "no key", Fault.TRACKER);
    }

    @Test
    void makesNoRequestIfNoneOfTheClaimedTrackersIsLeft() {
        claimed(List.of(), List.of(Requests.lease(7, 0)), Map.of());

        assertThat(work(Requests.PLANNER).claim(MAX_TRACKERS)).isEmpty();
        verify(queue).remove(List.of("7"));
    }

    @Test
    void releasesWhatDoesNotFitIntoTheRequest() {
        claimed(List.of(one, two), List.of(), Map.of());

        Claimed claimed = work(new RequestPlanner(1, Duration.ofDays(7)))
                .claim(MAX_TRACKERS)
                .orElseThrow();

        assertThat(claimed.leases()).containsOnlyKeys(Requests.lease(one));
        verify(queue).release(List.of(Requests.lease(two)));
    }

    @Test
    void releasesAllLeasesIfTheDatabaseIsUnavailable() {
        when(queue.claim(any(), anyInt())).thenReturn(List.of(Requests.lease(1, 0), Requests.lease(2, 0)));
        when(loader.load(any())).thenThrow(new StoreException("the database is away", null, true));

        assertThatThrownBy(() -> work(Requests.PLANNER).claim(MAX_TRACKERS)).isInstanceOf(StoreException.class);
        verify(queue).release(List.of(Requests.lease(1, 0), Requests.lease(2, 0)));
    }

    @Test
    void completesEachTrackerByWhatWasFound() {
        claimed(List.of(one, two), List.of(), Map.of());

        work(Requests.PLANNER).complete(claim(), Set.of(1L), false);

        verify(queue).complete(List.of(Requests.lease(one)), Completion.FOUND);
        verify(queue).complete(List.of(Requests.lease(two)), Completion.NOTHING_FOUND);
        verify(queue, never()).release(List.of(Requests.lease(two)));
    }

    @Test
    void afterAShortAnswerOnlyTrackersThatWereExpectedToAnswerStayDue() {
        claimed(List.of(one, two, silent), List.of(), Map.of());

        work(Requests.PLANNER).complete(claim(), Set.of(1L), true);

        verify(queue).complete(List.of(Requests.lease(one)), Completion.FOUND);
        verify(queue).release(List.of(Requests.lease(two)));
        verify(queue).complete(List.of(Requests.lease(silent)), Completion.NOTHING_FOUND);
    }

    @Test
    void aFailedRequestIsNotCountedAgainstTheTrackers() {
        claimed(List.of(one, two), List.of(), Map.of());

        work(Requests.PLANNER).postpone(claim(), "HTTP 503");

        verify(queue).fail(List.of(Requests.lease(one), Requests.lease(two)), "HTTP 503", Fault.NOT_THE_TRACKER);
    }

    @Test
    void aLostLeaseDisturbsNothing() {
        claimed(List.of(one, two), List.of(), Map.of());
        Claimed claimed = claim();
        when(queue.complete(List.of(Requests.lease(one), Requests.lease(two)), Completion.FOUND))
                .thenReturn(List.of(false, true));

        work(Requests.PLANNER).complete(claimed, Set.of(1L, 2L), false);

        verify(queue, never()).fail(any(Lease.class), any(), any());
    }

    @Test
    void waitsForTheNextDueTrackerButNotBeyondTheLimit() {
        Duration limit = Duration.ofSeconds(2);
        when(queue.untilNextDue())
                .thenReturn(Optional.of(Duration.ofMillis(300)))
                .thenReturn(Optional.of(Duration.ofHours(1)))
                .thenReturn(Optional.empty());

        assertThat(work(Requests.PLANNER).untilNextDue(limit)).isEqualTo(Duration.ofMillis(300));
        assertThat(work(Requests.PLANNER).untilNextDue(limit)).isEqualTo(limit);
        assertThat(work(Requests.PLANNER).untilNextDue(limit)).isEqualTo(limit);
    }
}
