package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may work on an id, until when, and what becomes of it when a worker dies. */
class LeaseTest extends QueueFixture {

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
    void oneCallEndsLeasesOfSeveralClaimsInAnyOrder() {
        fillAndWait("a", "b", "c", "d");
        List<Lease> ofAnne = queue.claim(ANNE, 2);
        List<Lease> ofBert = queue.claim(BERT, 2);
        assertThat(queue.complete(
                        List.of(ofAnne.get(0), ofBert.get(0), ofBert.get(1), ofAnne.get(1)), Completion.FOUND))
                .containsExactly(true, true, true, true);
        assertThat(queue.statistics().leased()).isZero();
        for (String id : List.of("a", "b", "c", "d")) {
            QueuedId details = queue.details(id).orElseThrow();
            assertThat(details.successes()).isEqualTo(1);
            assertThat(details.due()).isEqualTo(time.now().plus(INTERVAL));
        }

        time.pass(INTERVAL);
        List<Lease> again = queue.claim(ANNE, 4);
        assertThat(queue.release(List.of(again.get(0), ofBert.get(0), again.get(3), ofAnne.get(1))))
                .containsExactly(true, false, true, false);
        assertThat(queue.statistics().leased()).isEqualTo(2);
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

    /** On a small board each write is one to its card. */
    @Test
    void aWorkerWithoutWorkIsThereAndWritesOnlyNowAndThen() {
        fill("a");
        Duration beat = HEARTBEAT_TIMEOUT.dividedBy(3);
        queue.complete(claimOne(ANNE), Completion.FOUND);
        long written = 0;
        for (int beats = 1; beats <= 30; beats++) {
            time.pass(beat);
            long before = writes();
            queue.heartbeat(ANNE);
            assertThat(queue.claim(ANNE, 10)).isEmpty();
            written += writes() - before;
            assertThat(queue.statistics().workers()).as("after %s beats", beats).isEqualTo(1);
        }
        assertThat(written).as("every other beat").isEqualTo(15);
    }

    @Test
    void aWorkerWithLeasesIsHeardAtEachHeartbeat() {
        fill("a");
        claimOne(ANNE);
        for (int beats = 1; beats <= 9; beats++) {
            time.pass(HEARTBEAT_TIMEOUT.dividedBy(3));
            queue.heartbeat(ANNE);
        }
        time.pass(HEARTBEAT_TIMEOUT.minusMillis(1));
        assertThat(queue.reclaim()).isZero();
        time.pass(Duration.ofMillis(1));
        assertThat(queue.reclaim()).isEqualTo(1);
    }

    private static long writes() {
        return Stream.of(redis.command("INFO", "persistence").split("\\R"))
                .filter(line -> line.startsWith("rdb_changes_since_last_save:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .findFirst()
                .orElseThrow();
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
}
