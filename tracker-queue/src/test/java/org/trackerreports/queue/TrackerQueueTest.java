package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;

/** The behaviour of one queue, with a time that moves only when told to. */
class TrackerQueueTest {

    private static final Duration INTERVAL = Duration.ofMinutes(30);
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(30);
    private static final WorkerId ANNE = new WorkerId("anne");
    private static final WorkerId BERT = new WorkerId("bert");

    private static RedisProcess redis;
    private static RedissonClient redisson;

    private final QueueSettings settings = QueueSettings.defaults("test")
            .withInterval(INTERVAL)
            .withLease(LEASE)
            .withHeartbeatTimeout(HEARTBEAT_TIMEOUT)
            .withAfterFailure(new BackOff(2, Duration.ofHours(4), 0));
    private MovableTime time;
    private TrackerQueue queue;

    @BeforeAll
    static void startRedis() {
        redis = RedisProcess.started();
        redisson = TestRedisson.connect(redis.url());
    }

    @AfterAll
    static void stopRedis() {
        redisson.shutdown();
        redis.close();
    }

    @BeforeEach
    void emptyRedis() {
        redis.command("FLUSHALL");
        time = new MovableTime(redisson);
        queue = queue(settings);
    }

    private TrackerQueue queue(QueueSettings with) {
        return new TrackerQueue(
                with,
                QueueListener.NONE,
                new Random(1),
                new Scripts(redisson, with.callTimeout(), QueueListener.NONE, MovableTime.LUA));
    }

    private void fill(String... ids) {
        assertThat(queue.initialiseIfEmpty(() -> Stream.of(ids).map(QueueEntry::of)))
                .isTrue();
        time.pass(HEARTBEAT_TIMEOUT);
    }

    private void fillAndWait(String... ids) {
        fill(ids);
        time.pass(INTERVAL);
    }

    private static List<String> ids(List<Lease> leases) {
        return leases.stream().map(Lease::id).toList();
    }

    private Lease claimOne(WorkerId worker) {
        List<Lease> leases = queue.claim(worker, 1);
        assertThat(leases).hasSize(1);
        return leases.get(0);
    }

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
    void nothingIsHandedOutForOneHeartbeatTimeoutAfterMemoryWasLost() {
        queue.initialiseIfEmpty(() -> Stream.of(QueueEntry.of("a")));
        assertThat(queue.claim(ANNE, 1)).isEmpty();
        assertThat(queue.untilNextDue()).contains(HEARTBEAT_TIMEOUT);
        time.pass(HEARTBEAT_TIMEOUT);
        assertThat(queue.untilNextDue()).contains(Duration.ZERO);
        assertThat(ids(queue.claim(ANNE, 1))).containsExactly("a");
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
            reconcileOfOther.add(other.reconcile(Stream.of(QueueEntry.of("b"))));
            return Stream.of(QueueEntry.of("a"));
        });
        assertThat(ofOther).containsExactly(false);
        assertThat(reconcileOfOther).containsExactly(new ReconcileResult.AnotherIsAtIt());
        assertThat(queue.details("a")).isPresent();
        assertThat(queue.details("b")).isEmpty();
    }

    @Test
    void theLongestOverdueComesFirst() {
        fillAndWait("a", "b", "c", "d", "e", "f", "g");
        List<String> byDue = Stream.of("a", "b", "c", "d", "e", "f", "g")
                .sorted((one, other) -> queue.details(one)
                        .orElseThrow()
                        .due()
                        .compareTo(queue.details(other).orElseThrow().due()))
                .toList();

        assertThat(queue.oldestOverdue().orElseThrow().id()).isEqualTo(byDue.get(0));
        assertThat(queue.oldestOverdue().orElseThrow().by()).isEqualTo(INTERVAL);
        assertThat(ids(queue.claim(ANNE, 3))).isEqualTo(byDue.subList(0, 3));
        assertThat(ids(queue.claim(BERT, 10))).isEqualTo(byDue.subList(3, 7));
        assertThat(queue.claim(BERT, 10)).isEmpty();
    }

    @Test
    void aClaimSaysWhatIsLeasedToWhom() {
        fill("a");
        Lease lease = claimOne(ANNE);
        assertThat(lease.worker()).isEqualTo(ANNE);
        assertThat(lease.until()).isEqualTo(time.now().plus(LEASE));
        assertThat(lease.due()).isEqualTo(time.now());
        assertThat(lease.token()).isPositive();

        QueuedId details = queue.details("a").orElseThrow();
        assertThat(details.state()).isEqualTo(QueuedId.State.LEASED);
        assertThat(details.worker()).contains(ANNE);
        assertThat(details.token()).isEqualTo(lease.token());
        assertThat(details.leasedUntil()).contains(lease.until());
        assertThat(queue.statistics().leased()).isEqualTo(1);
        assertThat(queue.statistics().workers()).isEqualTo(1);
    }

    @Test
    void aSuccessIsDueAgainAfterTheInterval() {
        fill("a");
        Lease lease = claimOne(ANNE);
        time.pass(Duration.ofMinutes(1));
        assertThat(queue.complete(lease, Completion.FOUND)).isTrue();

        QueuedId details = queue.details("a").orElseThrow();
        assertThat(details.state()).isEqualTo(QueuedId.State.WAITING);
        assertThat(details.due()).isEqualTo(time.now().plus(INTERVAL));
        assertThat(details.lastAttempt()).contains(time.now());
        assertThat(details.lastSuccess()).contains(time.now());
        assertThat(details.successes()).isEqualTo(1);
        assertThat(details.worker()).isEmpty();
        assertThat(queue.claim(ANNE, 1)).isEmpty();
        time.pass(INTERVAL);
        assertThat(claimOne(BERT).token()).isGreaterThan(lease.token());
    }

    @Test
    void failuresWaitLongerEachTimeUpToTheLimitAndASuccessResets() {
        fill("a");
        for (Duration expected :
                List.of(Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(4), Duration.ofHours(4))) {
            assertThat(queue.fail(claimOne(ANNE), "no answer", Fault.TRACKER)).isTrue();
            assertThat(queue.untilNextDue()).contains(expected);
            time.pass(expected);
        }
        QueuedId details = queue.details("a").orElseThrow();
        assertThat(details.consecutiveFailures()).isEqualTo(4);
        assertThat(details.failures()).isEqualTo(4);
        assertThat(details.backOffFactor()).isEqualTo(16);
        assertThat(details.lastError()).contains("no answer");
        assertThat(details.lastSuccess()).isEmpty();

        Lease lease = claimOne(ANNE);
        assertThat(lease.consecutiveFailures()).isEqualTo(4);
        queue.complete(lease, Completion.FOUND);
        QueuedId after = queue.details("a").orElseThrow();
        assertThat(after.consecutiveFailures()).isZero();
        assertThat(after.failures()).isEqualTo(4);
        assertThat(after.backOffFactor()).isEqualTo(1);
        assertThat(after.lastError()).isEmpty();
        assertThat(queue.untilNextDue()).contains(INTERVAL);
    }

    @Test
    void aFaultThatIsNotTheTrackersCountsNothing() {
        fill("a");
        queue.fail(claimOne(ANNE), "the service is down", Fault.NOT_THE_TRACKER);
        QueuedId details = queue.details("a").orElseThrow();
        assertThat(details.consecutiveFailures()).isZero();
        assertThat(details.failures()).isZero();
        assertThat(details.lastError()).contains("the service is down");
        assertThat(queue.untilNextDue()).contains(settings.afterOtherFault());
    }

    @Test
    void findingNothingIsASuccessWithItsOwnSlowDown() {
        queue = queue(settings.withAfterNothingFound(new BackOff(1.5, Duration.ofHours(1), 0)));
        fill("a");
        for (Duration expected : List.of(Duration.ofMinutes(45), Duration.ofHours(1), Duration.ofHours(1))) {
            queue.complete(claimOne(ANNE), Completion.NOTHING_FOUND);
            assertThat(queue.untilNextDue()).contains(expected);
            time.pass(expected);
        }
        QueuedId details = queue.details("a").orElseThrow();
        assertThat(details.successes()).isEqualTo(3);
        assertThat(details.consecutiveEmpties()).isEqualTo(3);
        queue.complete(claimOne(ANNE), Completion.FOUND);
        assertThat(queue.details("a").orElseThrow().consecutiveEmpties()).isZero();
        assertThat(queue.untilNextDue()).contains(INTERVAL);
    }

    @Test
    void aReleasedIdKeepsItsTurn() {
        fillAndWait("a", "b", "c");
        List<Lease> leases = queue.claim(ANNE, 3);
        time.pass(Duration.ofMinutes(1));
        assertThat(queue.release(leases.get(1))).isTrue();
        QueuedId details = queue.details(leases.get(1).id()).orElseThrow();
        assertThat(details.due()).isEqualTo(leases.get(1).due());
        assertThat(details.lastAttempt()).isEmpty();
        assertThat(ids(queue.claim(BERT, 3))).containsExactly(leases.get(1).id());
    }

    @Test
    void aLeaseCanBeExtendedWhileItLastsOnly() {
        fill("a");
        Lease lease = claimOne(ANNE);
        time.pass(LEASE.minusMillis(1));
        assertThat(queue.extend(lease)).isTrue();
        time.pass(LEASE.minusMillis(1));
        assertThat(queue.extend(lease)).isTrue();
        time.pass(LEASE);
        assertThat(queue.extend(lease)).isFalse();
        assertThat(queue.complete(lease, Completion.FOUND)).isFalse();
    }

    @Test
    void whoeverLostItsLeaseCanChangeNothing() {
        fill("a");
        Lease old = claimOne(ANNE);
        time.pass(LEASE);
        assertThat(queue.complete(old, Completion.FOUND))
                .as("ran out, not yet reclaimed")
                .isFalse();
        assertThat(queue.reclaim()).isEqualTo(1);
        assertThat(queue.complete(old, Completion.FOUND)).as("reclaimed").isFalse();
        Lease current = claimOne(BERT);
        assertThat(current.token()).isGreaterThan(old.token());
        QueuedId before = queue.details("a").orElseThrow();

        assertThat(queue.extend(old)).isFalse();
        assertThat(queue.complete(old, Completion.FOUND)).isFalse();
        assertThat(queue.fail(old, "late", Fault.TRACKER)).isFalse();
        assertThat(queue.release(old)).isFalse();
        assertThat(queue.details("a")).contains(before);
        assertThat(queue.statistics().counters().get("refused")).isEqualTo(6);
        assertThat(queue.complete(current, Completion.FOUND)).isTrue();
        assertThat(queue.complete(current, Completion.FOUND))
                .as("given back before")
                .isFalse();
    }

    @Test
    void aLeaseFromBeforeALossOfMemoryIsHonouredWhileItLastsOnly() {
        fill("a");
        Lease lease = claimOne(ANNE);
        Instant now = time.now();
        redis.command("FLUSHALL");
        time.set(now.plus(LEASE));
        queue.initialiseIfEmpty(() -> Stream.of(QueueEntry.of("a")));
        QueuedId before = queue.details("a").orElseThrow();
        assertThat(queue.extend(lease)).isFalse();
        assertThat(queue.complete(lease, Completion.FOUND)).isFalse();
        assertThat(queue.details("a")).contains(before);
        time.set(now.plus(LEASE).minusMillis(1));
        assertThat(queue.complete(lease, Completion.FOUND)).isTrue();
        assertThat(queue.details("a").orElseThrow().successes()).isEqualTo(1);
    }

    @Test
    void aRemovedIdDoesNotComeBackWithItsLease() {
        fillAndWait("a", "b");
        Lease lease = claimOne(ANNE);
        queue.remove(List.of(lease.id()));
        assertThat(queue.extend(lease)).isFalse();
        queue.heartbeat(ANNE);
        assertThat(queue.complete(lease, Completion.FOUND)).isFalse();
        assertThat(queue.statistics().ids()).isEqualTo(1);
    }

    @Test
    void aBatchAnswersForEachLease() {
        fillAndWait("a", "b", "c");
        List<Lease> leases = new ArrayList<>(queue.claim(ANNE, 3));
        queue.remove(List.of(leases.get(1).id()));
        leases.add(leases.get(0));
        assertThat(queue.complete(leases, Completion.FOUND)).containsExactly(true, false, true, false);
        assertThat(queue.details(leases.get(0).id()).orElseThrow().successes()).isEqualTo(1);
        assertThat(queue.complete(List.of(), Completion.FOUND)).isEmpty();
    }

    @Test
    void aWorkerWhoseHeartStoppedLosesItsLeasesBeforeTheyRunOut() {
        fillAndWait("a", "b", "c");
        List<Lease> ofAnne = queue.claim(ANNE, 2);
        queue.claim(BERT, 1);
        time.pass(HEARTBEAT_TIMEOUT.minusMillis(1));
        queue.heartbeat(BERT);
        assertThat(queue.reclaim()).isZero();
        time.pass(Duration.ofMillis(1));
        assertThat(queue.reclaim()).isEqualTo(2);
        assertThat(queue.reclaim()).isZero();
        assertThat(queue.extend(ofAnne)).containsExactly(false, false);
        assertThat(queue.statistics().leased()).isEqualTo(1);
        assertThat(queue.statistics().workers()).isEqualTo(1);
        assertThat(queue.statistics().counters())
                .containsEntry("reclaimedFromWorker", 2L)
                .containsEntry("workersGivenUp", 1L);
        assertThat(queue.details(ofAnne.get(0).id()).orElseThrow().reclaims()).isEqualTo(1);
    }

    @Test
    void whatIsReclaimedGoesBehindAllThatWaitedLonger() {
        fillAndWait("a", "b", "c");
        Lease killer = claimOne(ANNE);
        time.pass(LEASE);
        queue.reclaim();
        List<String> order = ids(queue.claim(BERT, 3));
        assertThat(order).hasSize(3);
        assertThat(order.get(2)).isEqualTo(killer.id());
    }

    @Test
    void manyLeasesAreReclaimedInOneCall() {
        queue.initialiseIfEmpty(() -> IntStream.range(0, 1300).mapToObj(i -> QueueEntry.of("id" + i)));
        time.pass(INTERVAL.plus(HEARTBEAT_TIMEOUT));
        for (int i = 0; i < 13; i++) {
            queue.claim(i % 2 == 0 ? ANNE : BERT, 100);
        }
        assertThat(queue.statistics().leased()).isEqualTo(1300);
        time.pass(HEARTBEAT_TIMEOUT);
        assertThat(queue.reclaim()).isEqualTo(1300);
        assertThat(queue.statistics().waiting()).isEqualTo(1300);
    }

    @Test
    void aWorkerThatLeavesGivesBackWhatItHolds() {
        fillAndWait("a", "b", "c");
        List<Lease> leases = queue.claim(ANNE, 2);
        WorkerId namesake = new WorkerId("anne2");
        queue.claim(namesake, 1);
        queue.leave(ANNE);
        assertThat(queue.statistics().leased()).isEqualTo(1);
        assertThat(queue.statistics().workers()).isEqualTo(1);
        assertThat(ids(queue.claim(BERT, 3))).isEqualTo(ids(leases));
    }

    @Test
    void reconcileAddsRemovesAndKeeps() {
        fill("a", "b", "c");
        Lease lease = claimOne(ANNE);
        assertThat(queue.reconcile(Stream.of("b", "c", "d").map(QueueEntry::of)))
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
        assertThat(queue.reconcile(IntStream.range(1000, 5500).mapToObj(i -> QueueEntry.of("id" + i))))
                .isEqualTo(new ReconcileResult.Reconciled(500, 1000, 0, 4000));
        assertThat(queue.statistics().ids()).isEqualTo(4500);
        assertThat(queue.statistics().waiting()).isEqualTo(4500);
    }

    @Test
    void aReconcileWhoseListBreaksOffRemovesNothing() {
        fill("a", "b", "c");
        assertThatThrownBy(() -> queue.reconcile(Stream.of("a", "boom").map(id -> {
                    if (id.equals("boom")) {
                        throw new IllegalStateException("the database went away");
                    }
                    return QueueEntry.of(id);
                })))
                .hasMessage("the database went away");
        assertThat(queue.statistics().ids()).isEqualTo(3);
        assertThat(queue.reconcile(Stream.of("a", "b").map(QueueEntry::of)))
                .as("the lock is free again")
                .isEqualTo(new ReconcileResult.Reconciled(0, 1, 0, 2));
    }

    @Test
    void aHigherPriorityMeansMoreTurnsAndScalesTheWaitThatRemains() {
        fill("a");
        queue.complete(claimOne(ANNE), Completion.FOUND);
        assertThat(queue.reconcile(Stream.of(new QueueEntry("a", 3))))
                .isEqualTo(new ReconcileResult.Reconciled(0, 0, 1, 0));
        assertThat(queue.untilNextDue()).contains(INTERVAL.dividedBy(3));
        time.pass(INTERVAL.dividedBy(3));
        queue.complete(claimOne(ANNE), Completion.FOUND);
        assertThat(queue.untilNextDue()).contains(INTERVAL.dividedBy(3));
    }

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
    void theReasonOfAFailureIsKeptWithinBounds() {
        fill("a");
        queue.fail(claimOne(ANNE), "x".repeat(5000), Fault.TRACKER);
        assertThat(queue.details("a").orElseThrow().lastError().orElseThrow()).hasSize(200);
    }

    @Test
    void idsMayHoldAnyCharacter() {
        String id = "Schlüssel \n{}:\"\u0000 日本";
        fill(id);
        Lease lease = claimOne(ANNE);
        assertThat(lease.id()).isEqualTo(id);
        time.pass(HEARTBEAT_TIMEOUT);
        assertThat(queue.reclaim()).isEqualTo(1);
        assertThat(queue.complete(claimOne(BERT), Completion.FOUND)).isTrue();
    }

    @Test
    void anEmptyQueueAnswersEverythingWithNothing() {
        assertThat(queue.claim(ANNE, 5)).isEmpty();
        assertThat(queue.reclaim()).isZero();
        assertThat(queue.oldestOverdue()).isEmpty();
        assertThat(queue.untilNextDue()).isEmpty();
        assertThat(queue.details("a")).isEmpty();
        assertThat(queue.requeueNow(Collections.emptyList())).isZero();
        assertThat(queue.requeueAllNow()).isZero();
        QueueStatistics statistics = queue.statistics();
        assertThat(statistics.ids()).isZero();
        assertThat(statistics.filled()).isFalse();
        assertThat(queue.initialiseIfEmpty(Stream::empty)).isTrue();
    }

    @Test
    void nothingOutsideThePrefixIsTouched() {
        fillAndWait("a", "b");
        Lease lease = claimOne(ANNE);
        queue.complete(lease, Completion.FOUND);
        queue.reconcile(Stream.of(QueueEntry.of("b")));
        queue.pause(List.of("b"));
        assertThat(redisson.getKeys().getKeys())
                .allMatch(key -> key.startsWith("{test}:") || key.equals("{movable-time}"));
    }
}
