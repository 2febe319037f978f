package org.trackerreports.fetcher.operations;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.time.Duration;
import org.trackerreports.queue.Completion;
import org.trackerreports.queue.Fault;
import org.trackerreports.queue.QueueListener;
import org.trackerreports.queue.ReclaimResult;

/** Metrics of this instance's calls to the queue and the budgets. Thread-safe. */
final class QueueMetrics implements QueueListener {

    private final Counter claimed;
    private final Counter found;
    private final Counter nothingFound;
    private final Counter trackerFailed;
    private final Counter otherFailed;
    private final Counter released;
    private final Counter refused;
    private final Counter fromLeases;
    private final Counter fromWorkers;
    private final Counter deadWorkers;
    private final Counter memoryLost;
    private final Counter unavailable;
    private final Counter granted;
    private final Counter denied;

    @Inject
    QueueMetrics(MeterRegistry registry) {
        String ended = "Number of trackers whose lease ended, by outcome.";
        claimed = counter(registry, "queue.claimed", "Number of trackers claimed by this instance.");
        found = counter(registry, "queue.ended", ended, "outcome", "found");
        nothingFound = counter(registry, "queue.ended", ended, "outcome", "nothing_found");
        trackerFailed = counter(registry, "queue.ended", ended, "outcome", "tracker_failed");
        otherFailed = counter(registry, "queue.ended", ended, "outcome", "postponed");
        released = counter(registry, "queue.ended", ended, "outcome", "released");
        refused = counter(registry, "queue.ended", ended, "outcome", "lease_lost");
        String reclaimed = "Number of trackers reclaimed because their lease expired or their worker died.";
        fromLeases = counter(registry, "queue.reclaimed", reclaimed, "from", "lease");
        fromWorkers = counter(registry, "queue.reclaimed", reclaimed, "from", "worker");
        deadWorkers = counter(registry, "queue.workers.given.up", "Number of workers considered dead.");
        memoryLost = counter(registry, "queue.memory.lost", "Number of times that Redis lost its data.");
        unavailable = counter(registry, "queue.calls.failed", "Number of failed calls to Redis.");
        String budget = "Number of requests to the budgets of the accounts, by answer.";
        granted = counter(registry, "budget.requests", budget, "answer", "granted");
        denied = counter(registry, "budget.requests", budget, "answer", "must_wait");
    }

    private static Counter counter(MeterRegistry registry, String name, String description, String... tags) {
        return Counter.builder(FetcherMetrics.name(name))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    @Override
    public void claimed(int ids) {
        claimed.increment(ids);
    }

    @Override
    public void completed(Completion completion, int ids) {
        (completion == Completion.FOUND ? found : nothingFound).increment(ids);
    }

    @Override
    public void failed(Fault fault, int ids) {
        (fault == Fault.TRACKER ? trackerFailed : otherFailed).increment(ids);
    }

    @Override
    public void released(int ids) {
        released.increment(ids);
    }

    @Override
    public void refused(int ids) {
        refused.increment(ids);
    }

    @Override
    public void reclaimed(ReclaimResult reclaimed) {
        fromLeases.increment(reclaimed.fromLeases());
        fromWorkers.increment(reclaimed.fromWorkers());
        deadWorkers.increment(reclaimed.workers());
    }

    @Override
    public void dataLost() {
        memoryLost.increment();
    }

    @Override
    public void unavailable() {
        unavailable.increment();
    }

    @Override
    public void granted(String budget) {
        granted.increment();
    }

    @Override
    public void denied(String budget, Duration wait) {
        denied.increment();
    }
}
