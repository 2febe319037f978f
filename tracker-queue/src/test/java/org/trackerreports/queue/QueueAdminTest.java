package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a person does to the queue and sees of it. */
class QueueAdminTest extends QueueFixture {

    @Test
    void requeuedIdsAreDueNowButOvertakeNobody() {
        fill("a", "b", "c", "d");
        time.pass(Duration.ofMinutes(20));
        List<String> overdue = ids(queue.claim(ANNE, 10));
        queue.leave(ANNE);
        List<String> later = Stream.of("a", "b", "c", "d")
                .filter(id -> !overdue.contains(id))
                .toList();
        assertThat(later).isNotEmpty();
        List<String> asked = new ArrayList<>(later);
        asked.add("unknown");
        asked.add(overdue.get(0));
        assertThat(queue.requeueNow(asked)).isEqualTo(later.size());
        List<String> order = ids(queue.claim(ANNE, 10));
        assertThat(order.subList(0, overdue.size())).isEqualTo(overdue);
        assertThat(new HashSet<>(order.subList(overdue.size(), 4))).isEqualTo(new HashSet<>(later));
    }

    @Test
    void allCanBeRequeued() {
        queue.initialiseIfEmpty(() -> IntStream.range(0, 1200).mapToObj(i -> QueueEntry.of("id" + i)));
        time.pass(HEARTBEAT_TIMEOUT);
        long dueNow = queue.statistics().due();
        assertThat(queue.requeueAllNow()).isEqualTo(1200 - dueNow);
        assertThat(queue.statistics().due()).isEqualTo(1200);
        assertThat(queue.requeueAllNow()).isZero();
    }

    @Test
    void aPausedIdHasNoTurnUntilItIsResumed() {
        fillAndWait("a", "b");
        Instant due = queue.details("a").orElseThrow().due();
        assertThat(queue.pause(List.of("a", "unknown"))).isEqualTo(1);
        assertThat(queue.pause(List.of("a"))).isZero();
        assertThat(queue.details("a").orElseThrow().state()).isEqualTo(QueuedId.State.PAUSED);
        assertThat(queue.statistics().pausedIds()).isEqualTo(1);
        assertThat(ids(queue.claim(ANNE, 2))).containsExactly("b");
        assertThat(queue.resume(List.of("a"))).isEqualTo(1);
        assertThat(queue.details("a").orElseThrow().due()).isEqualTo(due);
        assertThat(ids(queue.claim(ANNE, 2))).containsExactly("a");
    }

    @Test
    void anIdThatIsPausedAtWorkIsFinishedFirst() {
        fill("a");
        Lease lease = claimOne(ANNE);
        queue.pause(List.of("a"));
        assertThat(queue.complete(lease, Completion.FOUND)).isTrue();
        assertThat(queue.details("a").orElseThrow().state()).isEqualTo(QueuedId.State.PAUSED);
        time.pass(INTERVAL);
        assertThat(queue.claim(ANNE, 1)).isEmpty();
        queue.resume(List.of("a"));
        assertThat(ids(queue.claim(ANNE, 1))).containsExactly("a");
    }

    @Test
    void allCanBePaused() {
        fillAndWait("a", "b");
        queue.pauseAll();
        assertThat(queue.claim(ANNE, 2)).isEmpty();
        assertThat(queue.statistics().paused()).isTrue();
        assertThat(queue.untilNextDue()).isEmpty();
        queue.resumeAll();
        assertThat(queue.claim(ANNE, 2)).hasSize(2);
    }

    @Test
    void removedIdsAreGone() {
        fillAndWait("a", "b", "c");
        Lease lease = claimOne(ANNE);
        queue.pause(List.of("b"));
        assertThat(queue.remove(List.of(lease.id(), "b", "unknown"))).isEqualTo(2);
        assertThat(queue.statistics().ids()).isEqualTo(1);
        assertThat(queue.statistics().leased()).isZero();
        assertThat(queue.statistics().pausedIds()).isZero();
        assertThat(queue.details("b")).isEmpty();
    }

    @Test
    void idsAreListedPageByPage() {
        queue.initialiseIfEmpty(() -> IntStream.range(0, 1100).mapToObj(i -> QueueEntry.of("id" + i)));
        time.pass(HEARTBEAT_TIMEOUT.plus(INTERVAL.dividedBy(2)));
        List<QueuedId> all = new ArrayList<>(queue.list(QueueView.WAITING, 0, 500));
        all.addAll(queue.list(QueueView.WAITING, 500, 500));
        all.addAll(queue.list(QueueView.WAITING, 1000, 500));
        assertThat(all).hasSize(1100).doesNotHaveDuplicates();
        assertThat(all).isSortedAccordingTo(Comparator.comparing(QueuedId::due));
        assertThat(all.get(7)).isEqualTo(queue.details(all.get(7).id()).orElseThrow());
        assertThat(queue.list(QueueView.WAITING, 1100, 10)).isEmpty();

        int due = (int) queue.statistics().due();
        assertThat(due).isBetween(500, 600);
        assertThat(queue.list(QueueView.DUE, 0, 300)).isEqualTo(all.subList(0, 300));
        assertThat(queue.list(QueueView.DUE, 300, 500)).isEqualTo(all.subList(300, due));
        assertThatThrownBy(() -> queue.list(QueueView.DUE, -1, 1)).hasMessage("skip is -1; give 0 or more");
        assertThatThrownBy(() -> queue.list(QueueView.DUE, 0, 501)).hasMessage("atMost is 501; give 1 to 500");
    }

    @Test
    void eachViewShowsItsOwn() {
        queue = queue(settings.toBuilder().parkAfterFailures(2).build());
        fillAndWait("a", "b", "c", "d", "e", "f");
        Map<String, Lease> leases =
                queue.claim(ANNE, 6).stream().collect(Collectors.toMap(Lease::id, Function.identity()));
        queue.fail(List.of(leases.get("a"), leases.get("b")), "no answer", Fault.TRACKER);
        queue.complete(leases.get("c"), Completion.FOUND);
        queue.release(leases.get("d"));
        queue.pause(List.of("d"));
        queue.release(leases.get("e"));
        queue.requeueNow(List.of("a"));
        queue.fail(
                queue.claim(BERT, 2).stream()
                        .filter(lease -> lease.id().equals("a"))
                        .toList(),
                "no answer again",
                Fault.TRACKER);
        queue.leave(BERT);

        assertThat(shown(QueueView.DUE)).containsExactly("e");
        assertThat(shown(QueueView.WAITING)).containsExactly("e", "c", "b");
        assertThat(shown(QueueView.LEASED)).containsExactly("f");
        assertThat(shown(QueueView.PAUSED)).containsExactly("d");
        assertThat(shown(QueueView.PARKED)).containsExactly("a");
        assertThat(shown(QueueView.FAILING)).containsExactly("a", "b");
        QueuedId leased = queue.list(QueueView.LEASED, 0, 1).get(0);
        assertThat(leased.worker()).contains(ANNE);
        assertThat(leased.leasedUntil()).contains(leases.get("f").until());
        assertThat(queue.list(QueueView.FAILING, 0, 1).get(0).lastError()).contains("no answer again");
    }

    private List<String> shown(QueueView view) {
        return queue.list(view, 0, 100).stream().map(QueuedId::id).toList();
    }
}
