package org.trackerreports.fetcher.operations;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import org.trackerreports.fetcher.event.DaemonListener;
import org.trackerreports.store.movement.JudgingResult;

/** Metrics of what this instance judged. Thread-safe. */
final class MoveMetrics implements DaemonListener {

    private final MeterRegistry registry;
    private final Counter reports;
    private final Counter raised;
    private final Counter withdrawn;
    private final Counter events;

    @Inject
    MoveMetrics(MeterRegistry registry) {
        this.registry = registry;
        reports = counter("judged.reports", "Number of reports judged. A late report has others judged again.");
        String transitions = "Number of transitions recorded or restored (raised), and withdrawn.";
        raised = counter("transitions", transitions, "change", "raised");
        withdrawn = counter("transitions", transitions, "change", "withdrawn");
        events = counter(
                "tracker.events", "Number of events of trackers recorded: silent, heard again, battery changed.");
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(FetcherMetrics.name(name))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    @Override
    public void judged(JudgingResult result) {
        reports.increment(result.reports());
        raised.increment(result.raised());
        withdrawn.increment(result.withdrawn());
        events.increment(result.events());
        result.flags()
                .forEach((flag, number) -> counter(
                                "judged.flags",
                                "Number of reports that the judgement gave a flag that they did not have, by flag.",
                                "flag",
                                flag)
                        .increment(number));
    }

    @Override
    public void trackersFellSilent(int trackers) {
        events.increment(trackers);
    }
}
