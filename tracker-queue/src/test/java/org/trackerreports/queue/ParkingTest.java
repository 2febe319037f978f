package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An id that fails and fails is tried at growing intervals up to a number of times, then no more until somebody says so. */
class ParkingTest extends QueueFixture {

    @BeforeEach
    void parkAfterThree() {
        queue = queue(settings.toBuilder().parkAfterFailures(3).build());
    }

    private void failOnce(Duration expectedWait) {
        queue.fail(claimOne(ANNE), "no answer", Fault.TRACKER);
        assertThat(queue.untilNextDue()).contains(expectedWait);
        time.pass(expectedWait);
    }

    private void park() {
        fill("a");
        failOnce(Duration.ofHours(1));
        failOnce(Duration.ofHours(2));
        queue.fail(claimOne(ANNE), "no answer", Fault.TRACKER);
        assertThat(state()).isEqualTo(QueuedId.State.PARKED);
    }

    private QueuedId.State state() {
        return queue.details("a").orElseThrow().state();
    }

    @Test
    void afterTheLastTryThereIsNoTurnAnyMore() {
        park();
        assertThat(queue.untilNextDue()).isEmpty();
        time.pass(Duration.ofDays(400));
        assertThat(queue.claim(ANNE, 1)).isEmpty();

        QueueStatistics statistics = queue.statistics();
        assertThat(statistics.ids()).isEqualTo(1);
        assertThat(statistics.waiting()).isZero();
        assertThat(statistics.parked()).isEqualTo(1);
        assertThat(statistics.failing()).isEqualTo(1);
        assertThat(statistics.counters()).containsEntry("failed", 3L).containsEntry("parked", 1L);
        QueuedId details = queue.details("a").orElseThrow();
        assertThat(details.consecutiveFailures()).isEqualTo(3);
        assertThat(details.lastError()).contains("no answer");
    }

    @Test
    void aRequeueGivesOneMoreTurn() {
        park();
        assertThat(queue.requeueNow(List.of("a"))).isEqualTo(1);
        assertThat(queue.statistics().parked()).isZero();
        queue.fail(claimOne(ANNE), "still no answer", Fault.TRACKER);
        assertThat(state()).isEqualTo(QueuedId.State.PARKED);
        assertThat(queue.requeueAllNow()).isEqualTo(1);
        queue.complete(claimOne(ANNE), Completion.FOUND);
        assertThat(queue.statistics().failing()).isZero();
        time.pass(INTERVAL);
        failOnce(Duration.ofHours(1));
    }

    @Test
    void aFaultOfTheServiceParksNothing() {
        fill("a");
        for (int i = 0; i < 5; i++) {
            queue.fail(claimOne(ANNE), "the service is down", Fault.NOT_THE_TRACKER);
            time.pass(settings.afterOtherFault());
        }
        assertThat(state()).isEqualTo(QueuedId.State.WAITING);
        assertThat(queue.statistics().failing()).isZero();
    }

    @Test
    void aChangeGivesOneMoreTurnButAMereReconcileDoesNot() {
        park();
        assertThat(queue.reconcile(() -> Stream.of(QueueEntry.of("a"))))
                .isEqualTo(new ReconcileResult.Reconciled(0, 0, 0, 1));
        assertThat(state()).isEqualTo(QueuedId.State.PARKED);
        assertThat(queue.reconcileChanges(List.of(QueueEntry.of("a")), Set.of()))
                .isEqualTo(new ReconcileResult.Reconciled(0, 0, 1, 0));
        assertThat(claimOne(ANNE).id()).isEqualTo("a");
    }

    @Test
    void whatIsPausedAndResumedIsStillParked() {
        park();
        queue.pause(List.of("a"));
        assertThat(state()).isEqualTo(QueuedId.State.PAUSED);
        assertThat(queue.requeueNow(List.of("a"))).isZero();
        queue.resume(List.of("a"));
        assertThat(state()).isEqualTo(QueuedId.State.PARKED);
        assertThat(queue.remove(List.of("a"))).isEqualTo(1);
        assertThat(queue.statistics().parked()).isZero();
        assertThat(queue.statistics().failing()).isZero();
    }

    @Test
    void whatIsRequeuedIsBehindAllThatWait() {
        park();
        queue.reconcileChanges(List.of(QueueEntry.of("b"), QueueEntry.of("c")), Set.of());
        queue.requeueAllNow();
        time.pass(Duration.ofSeconds(1));
        assertThat(ids(queue.claim(ANNE, 3))).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(queue.list(QueueView.LEASED, 0, 3)).hasSize(3);
    }

    @Test
    void withoutALimitItIsTriedForEver() {
        queue = queue(settings);
        fill("a");
        for (int i = 0; i < 30; i++) {
            queue.fail(claimOne(ANNE), "no answer", Fault.TRACKER);
            time.pass(queue.untilNextDue().orElseThrow());
        }
        assertThat(state()).isEqualTo(QueuedId.State.WAITING);
        assertThat(queue.details("a").orElseThrow().consecutiveFailures()).isEqualTo(30);
    }
}
