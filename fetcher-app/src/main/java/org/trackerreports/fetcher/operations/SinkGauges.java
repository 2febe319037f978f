package org.trackerreports.fetcher.operations;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import org.trackerreports.fetcher.operations.Sample.SinkSample;

/** Gauges of sinks, from the database: whichever instance serves a sink, all show the same. Used by one thread. */
final class SinkGauges {

    private static final List<String> STATES = List.of("working", "waiting", "credentials", "off", "paused");

    private final MultiGauge lagEvents;
    private final MultiGauge lagSeconds;
    private final MultiGauge delivered;
    private final MultiGauge failed;
    private final MultiGauge state;

    SinkGauges(MeterRegistry registry) {
        lagEvents = gauge(registry, "sink.lag.events", "Number of events that wait for the sink.");
        lagSeconds =
                gauge(registry, "sink.lag.seconds", "Time since the oldest event that waits for the sink was stored.");
        delivered = gauge(registry, "sink.delivered", "Number of events that the sink got since it was added.");
        failed = gauge(registry, "sink.failed", "Number of events that the sink refused since it was added.");
        state = gauge(registry, "sink.state", "1 for the current state of the sink.");
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(FetcherMetrics.name(name))
                .description(description)
                .register(registry);
    }

    void show(List<SinkSample> sinks) {
        List<Row<?>> events = new ArrayList<>();
        List<Row<?>> seconds = new ArrayList<>();
        List<Row<?>> got = new ArrayList<>();
        List<Row<?>> refused = new ArrayList<>();
        List<Row<?>> states = new ArrayList<>();
        for (SinkSample sink : sinks) {
            Tags name = Tags.of("sink", sink.state().name());
            events.add(Row.of(name, sink.lag().events()));
            seconds.add(Row.of(name, sink.lag().age().toMillis() / 1_000.0));
            got.add(Row.of(name, sink.state().delivered()));
            refused.add(Row.of(name, sink.state().failed()));
            for (String word : STATES) {
                states.add(Row.of(name.and("state", word), sink.state().word().equals(word) ? 1 : 0));
            }
        }
        lagEvents.register(events, true);
        lagSeconds.register(seconds, true);
        delivered.register(got, true);
        failed.register(refused, true);
        state.register(states, true);
    }
}
