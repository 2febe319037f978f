package org.trackerreports.fetcher.operations;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.trackerreports.server.settings.ServerListener;

/** Metrics of the page and the API. Thread-safe. */
final class WebMetrics implements ServerListener {

    private final MeterRegistry registry;
    private final AtomicInteger streams = new AtomicInteger();
    private final Counter cut;

    @Inject
    WebMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder(FetcherMetrics.name("web.streams"), streams, AtomicInteger::get)
                .description("Number of open streams of live events.")
                .register(registry);
        cut = Counter.builder(FetcherMetrics.name("web.streams.cut"))
                .description("Number of streams that were ended because their readers were too slow.")
                .register(registry);
        timer(200);
        for (Refusal reason : Refusal.values()) {
            refusals(reason);
        }
    }

    private Timer timer(int status) {
        return Timer.builder(FetcherMetrics.name("web.requests"))
                .description("Requests to the page and the API, and how long their answers took, by class of status.")
                .tag("status", status / 100 + "xx")
                .register(registry);
    }

    private Counter refusals(Refusal reason) {
        return Counter.builder(FetcherMetrics.name("web.refused"))
                .description("Number of refused requests: token, too many tries, origin, busy.")
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    @Override
    public void requestEnded(int status, Duration time) {
        timer(status).record(time);
    }

    @Override
    public void refused(Refusal reason) {
        refusals(reason).increment();
    }

    @Override
    public void streamsOpen(int number) {
        streams.set(number);
    }

    @Override
    public void streamCut() {
        cut.increment();
    }
}
