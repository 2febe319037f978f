package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the queue is filled and kept in line with the ids that there are. */
class FillingTest extends QueueFixture {

    @Test
    void anEmptyQueueIsFilledOnceAndSpreadOverTheInterval() {
        List<QueueEntry> entries =
                IntStream.range(0, 1000).mapToObj(i -> QueueEntry.of("id" + i)).toList();
        Instant start = time.now().plus(HEARTBEAT_TIMEOUT);

        assertThat(queue.initialiseIfEmpty(entries::stream)).isTrue();
        assertThat(queue.initialiseIfEmpty(() -> {
                    throw new AssertionError("asked for ids although the queue is full");
                }))
                .isFalse();

        List<Instant> dues = entries.stream()
                .map(entry -> queue.details(entry.id()).orElseThrow().due())
                .sorted()
                .toList();
        assertThat(dues.get(0)).isEqualTo(start);
        assertThat(dues.get(999)).isBefore(start.plus(INTERVAL));
        for (int tenth = 0; tenth < 10; tenth++) {
            Instant from = start.plus(INTERVAL.dividedBy(10).multipliedBy(tenth));
            Instant to = from.plus(INTERVAL.dividedBy(10));
            assertThat(dues.stream().filter(due -> !due.isBefore(from) && due.isBefore(to)))
                    .hasSizeBetween(95, 105);
        }
    }

    @Test
    void aFillingThatWasInterruptedIsDoneAgain() {
        assertThatThrownBy(() -> queue.initialiseIfEmpty(() -> Stream.concat(
                        IntStream.range(0, 300).mapToObj(i -> QueueEntry.of("id" + i)), Stream.generate(() -> {
                            throw new IllegalStateException("the database went away");
                        }))))
                .hasMessage("the database went away");
        assertThat(queue.statistics().filled()).isFalse();

        assertThat(queue.initialiseIfEmpty(() -> IntStream.range(0, 400).mapToObj(i -> QueueEntry.of("id" + i))))
                .isTrue();
        assertThat(queue.statistics().ids()).isEqualTo(400);
        assertThat(queue.statistics().filled()).isTrue();
    }

    @Test
    void onlyOneInstanceFillsAtATime() {
        TrackerQueue other = queue(settings);
        List<Boolean> ofOther = new ArrayList<>();
        List<ReconcileResult> reconcileOfOther = new ArrayList<>();
        queue.initialiseIfEmpty(() -> {
            ofOther.add(other.initialiseIfEmpty(() -> Stream.of(QueueEntry.of("b"))));
            reconcileOfOther.add(other.reconcile(() -> Stream.of(QueueEntry.of("b"))));
            return Stream.of(QueueEntry.of("a"));
        });
        assertThat(ofOther).containsExactly(false);
        assertThat(reconcileOfOther).containsExactly(new ReconcileResult.AlreadyRunning());
        assertThat(queue.details("a")).isPresent();
        assertThat(queue.details("b")).isEmpty();
    }

    @Test
    void reconcileAddsRemovesAndKeeps() {
        fill("a", "b", "c");
        Lease lease = claimOne(ANNE);
        assertThat(queue.reconcile(() -> Stream.of("b", "c", "d").map(QueueEntry::of)))
                .isEqualTo(new ReconcileResult.Reconciled(1, 1, 0, 2));
        assertThat(lease.id()).isEqualTo("a");
        assertThat(queue.details("a")).isEmpty();
        assertThat(queue.complete(lease, Completion.FOUND)).isFalse();
        assertThat(queue.details("a")).isEmpty();
        assertThat(queue.statistics().ids()).isEqualTo(3);
        assertThat(queue.statistics().leased()).isZero();
        assertThat(queue.details("d").orElseThrow().due())
                .as("one that is new has its turn at once")
                .isEqualTo(time.now());
        assertThat(queue.statistics().lastReconciled()).contains(time.now());
        assertThat(redis.command("EXISTS", "{test}:seen")).isEqualTo(":0\r\n");
    }

    @Test
    void reconcileOfThousandsFindsEachDifference() {
        queue.initialiseIfEmpty(() -> IntStream.range(0, 5000).mapToObj(i -> QueueEntry.of("id" + i)));
        assertThat(queue.reconcile(() -> IntStream.range(1000, 5500).mapToObj(i -> QueueEntry.of("id" + i))))
                .isEqualTo(new ReconcileResult.Reconciled(500, 1000, 0, 4000));
        assertThat(queue.statistics().ids()).isEqualTo(4500);
        assertThat(queue.statistics().waiting()).isEqualTo(4500);
    }

    @Test
    void aReconcileWhoseListBreaksOffRemovesNothing() {
        fill("a", "b", "c");
        assertThatThrownBy(() -> queue.reconcile(() -> Stream.of("a", "boom").map(id -> {
                    if (id.equals("boom")) {
                        throw new IllegalStateException("the database went away");
                    }
                    return QueueEntry.of(id);
                })))
                .hasMessage("the database went away");
        assertThat(queue.statistics().ids()).isEqualTo(3);
        assertThat(queue.reconcile(() -> Stream.of("a", "b").map(QueueEntry::of)))
                .as("the lock is free again")
                .isEqualTo(new ReconcileResult.Reconciled(0, 1, 0, 2));
    }

    @Test
    void aHigherPriorityMeansMoreTurnsAndScalesTheWaitThatRemains() {
        fill("a");
        queue.complete(claimOne(ANNE), Completion.FOUND);
        assertThat(queue.reconcile(() -> Stream.of(new QueueEntry("a", 3))))
                .isEqualTo(new ReconcileResult.Reconciled(0, 0, 1, 0));
        assertThat(queue.untilNextDue()).contains(INTERVAL.dividedBy(3));
        time.pass(INTERVAL.dividedBy(3));
        queue.complete(claimOne(ANNE), Completion.FOUND);
        assertThat(queue.untilNextDue()).contains(INTERVAL.dividedBy(3));
    }

    @Test
    void nothingOutsideThePrefixIsTouched() {
        fillAndWait("a", "b");
        Lease lease = claimOne(ANNE);
        queue.complete(lease, Completion.FOUND);
        queue.reconcile(() -> Stream.of(QueueEntry.of("b")));
        queue.pause(List.of("b"));
        assertThat(redisson.getKeys().getKeys())
                .allMatch(key -> key.startsWith("{test}:") || key.equals("{movable-time}"));
    }

    @Test
    void changesAreTakenOverAndAllElseStays() {
        fill("a", "b", "c", "d");
        queue.complete(queue.claim(ANNE, 1), Completion.FOUND);
        Optional<Instant> reconciled = queue.statistics().lastReconciled();
        QueuedId untouched = queue.details("d").orElseThrow();
        time.pass(Duration.ofMinutes(1));

        assertThat(queue.reconcileChanges(
                        List.of(QueueEntry.of("e"), new QueueEntry("b", 3), QueueEntry.of("c")),
                        Set.of("a", "unknown")))
                .isEqualTo(new ReconcileResult.Reconciled(1, 1, 1, 1));
        assertThat(queue.details("a")).isEmpty();
        assertThat(queue.details("b").orElseThrow().priority()).isEqualTo(3);
        assertThat(queue.details("d")).contains(untouched);
        assertThat(queue.details("e").orElseThrow().due()).isEqualTo(time.now());
        assertThat(queue.statistics().ids()).isEqualTo(4);
        assertThat(queue.statistics().lastReconciled())
                .as("only a part was compared")
                .isEqualTo(reconciled);
        assertThat(queue.reconcileChanges(List.of(), Set.of())).isEqualTo(new ReconcileResult.Reconciled(0, 0, 0, 0));
    }

    @Test
    void thousandsOfChangesAreTakenOver() {
        queue.initialiseIfEmpty(() -> IntStream.range(0, 2000).mapToObj(i -> QueueEntry.of("id" + i)));
        assertThat(queue.reconcileChanges(
                        IntStream.range(1500, 2500)
                                .mapToObj(i -> QueueEntry.of("id" + i))
                                .toList(),
                        IntStream.range(0, 1000).mapToObj(i -> "id" + i).collect(Collectors.toSet())))
                .isEqualTo(new ReconcileResult.Reconciled(500, 1000, 0, 500));
        assertThat(queue.statistics().ids()).isEqualTo(1500);
    }

    @Test
    void changesWaitForAReconcileThatKnowsOlderNews() {
        fill("a", "b");
        TrackerQueue other = queue(settings);
        List<ReconcileResult> ofOther = new ArrayList<>();
        queue.reconcile(() -> {
            List<String> old = List.of("a", "b");
            ofOther.add(other.reconcileChanges(List.of(QueueEntry.of("c")), Set.of("b")));
            return old.stream().map(QueueEntry::of);
        });
        assertThat(ofOther).containsExactly(new ReconcileResult.AlreadyRunning());
        assertThat(other.reconcileChanges(List.of(QueueEntry.of("c")), Set.of("b")))
                .isEqualTo(new ReconcileResult.Reconciled(1, 1, 0, 0));
        assertThat(queue.details("b")).isEmpty();
        assertThat(queue.details("c")).isPresent();
    }

    @Test
    void changesDoNotStandInForAFilling() {
        queue.reconcileChanges(List.of(QueueEntry.of("b")), Set.of());
        assertThat(queue.statistics().filled()).isFalse();
        assertThat(queue.initialiseIfEmpty(() -> Stream.of("a", "b").map(QueueEntry::of)))
                .isTrue();
        assertThat(queue.statistics().ids()).isEqualTo(2);
    }

    @Test
    void anIdCannotBeThereAndGone() {
        fill("a");
        assertThatThrownBy(() -> queue.reconcileChanges(List.of(QueueEntry.of("a")), Set.of("a")))
                .hasMessage("\"a\" is both present and gone; give it in one of the two");
        assertThat(queue.details("a")).isPresent();
    }
}
