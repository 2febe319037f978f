package org.trackerreports.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Every kind of call that asks Redis. */
final class Calls {

    private Calls() {}

    static List<Runnable> all(
            TrackerQueue queue,
            Lease lease,
            Supplier<Stream<QueueEntry>> entries,
            RequestBudgets budgets,
            BudgetRule rule) {
        WorkerId worker = lease.worker();
        List<String> ids = List.of(lease.id());
        return List.of(
                () -> queue.claim(worker, 5),
                () -> queue.extend(lease),
                () -> queue.complete(lease, Completion.FOUND),
                () -> queue.fail(lease, "why", Fault.TRACKER),
                () -> queue.release(lease),
                queue::reclaim,
                () -> queue.heartbeat(worker),
                () -> queue.initialiseIfEmpty(entries),
                () -> queue.reconcile(entries),
                queue::statistics,
                () -> queue.details(lease.id()),
                () -> queue.leave(worker),
                () -> queue.requeueNow(ids),
                queue::requeueAllNow,
                () -> queue.pause(ids),
                queue::pauseAll,
                () -> budgets.acquire("account", rule, true),
                () -> budgets.untilGranted("account", rule, true),
                () -> budgets.coolDown("account", Duration.ofMinutes(1)),
                () -> budgets.coolDown("account", Instant.EPOCH),
                () -> budgets.state("account", rule));
    }
}
