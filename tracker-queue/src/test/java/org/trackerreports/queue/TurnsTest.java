package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whose turn it is, and how long the wait for the next is. */
class TurnsTest extends QueueFixture {

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
        queue = queue(settings.toBuilder()
                .afterNothingFound(new BackOff(1.5, Duration.ofHours(1), 0))
                .build());
        fill("a");
        for (Duration expected : List.of(Duration.ofMinutes(45), Duration.ofHours(1), Duration.ofHours(1))) {
            queue.complete(claimOne(ANNE), Completion.NOTHING_FOUND);
            assertThat(queue.untilNextDue()).contains(expected);
            time.pass(expected);
        }
        QueuedId details = queue.details("a").orElseThrow();
        assertThat(details.successes()).isEqualTo(3);
        assertThat(details.consecutiveEmpty()).isEqualTo(3);
        queue.complete(claimOne(ANNE), Completion.FOUND);
        assertThat(queue.details("a").orElseThrow().consecutiveEmpty()).isZero();
        assertThat(queue.untilNextDue()).contains(INTERVAL);
    }

    @Test
    void theReasonOfAFailureIsKeptWithinBounds() {
        fill("a");
        queue.fail(claimOne(ANNE), "x".repeat(5000), Fault.TRACKER);
        assertThat(queue.details("a").orElseThrow().lastError().orElseThrow()).hasSize(200);
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
}
