package org.trackerreports.fetcher.operations;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.trackerreports.core.event.AnisetteAsked;
import org.trackerreports.core.event.BatchStored;
import org.trackerreports.core.event.FetchListener;
import org.trackerreports.core.event.RequestEnded;
import org.trackerreports.core.event.RequestResult;
import org.trackerreports.fetcher.event.DaemonListener;
import org.trackerreports.fetcher.event.OutageBegan;
import org.trackerreports.fetcher.event.SpoolChanged;

/** Metrics of the daemon's work. Labels name accounts by their alias, and never name trackers. Thread-safe. */
final class FetcherMetrics implements FetchListener, DaemonListener {

    private static final Duration[] REQUEST_STEPS =
            durations("PT0.1S", "PT0.25S", "PT0.5S", "PT1S", "PT2.5S", "PT5S", "PT10S", "PT30S", "PT60S");
    private static final Duration[] ANISETTE_STEPS =
            durations("PT0.01S", "PT0.05S", "PT0.1S", "PT0.5S", "PT1S", "PT5S", "PT30S");
    private static final double[] LAG_STEPS = Stream.of(
                    durations("PT1M", "PT5M", "PT15M", "PT30M", "PT1H", "PT2H", "PT6H", "PT12H", "P1D", "P3D", "P7D"))
            .mapToDouble(Duration::toSeconds)
            .toArray();

    private final MeterRegistry registry;
    private final AtomicLong lastSuccess;
    private final AtomicLong spoolAnswers;
    private final AtomicLong spoolBytes;
    private final AtomicLong spoolSetAside;
    private final Timer anisette;
    private final Counter anisetteFailures;

    /** The last batch of each account, kept because gauges are read later. */
    private final Map<String, AtomicLong> batchTrackers = new ConcurrentHashMap<>();

    private final Map<String, AtomicLong> batchIds = new ConcurrentHashMap<>();

    @Inject
    FetcherMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.lastSuccess = gauge("last.success.timestamp.seconds", "Unix time of the last successful request.");
        this.spoolAnswers = gauge("spool.answers", "Number of answers on disk that wait for the database.");
        this.spoolBytes = gauge("spool.bytes", "Size of the answers on disk, in bytes.");
        this.spoolSetAside =
                gauge("spool.set.aside", "Number of answers on disk that could not be stored, since the start.");
        this.anisette = Timer.builder(name("anisette.duration"))
                .description("Duration of calls to the anisette server.")
                .serviceLevelObjectives(ANISETTE_STEPS)
                .register(registry);
        this.anisetteFailures = Counter.builder(name("anisette.failures"))
                .description("Number of failed calls to the anisette server.")
                .register(registry);
    }

    /** The full name of a metric of this program. */
    static String name(String rest) {
        return "trackerreports." + rest;
    }

    private static Duration[] durations(String... texts) {
        return Stream.of(texts).map(Duration::parse).toArray(Duration[]::new);
    }

    private AtomicLong gauge(String name, String description) {
        AtomicLong value = new AtomicLong();
        io.micrometer.core.instrument.Gauge.builder(name(name), value, AtomicLong::get)
                .description(description)
                .register(registry);
        return value;
    }

    private void count(String name, String description, String account, double by) {
        Counter.builder(name(name))
                .description(description)
                .tag("account", account)
                .register(registry)
                .increment(by);
    }

    private void latest(Map<String, AtomicLong> values, String name, String description, String account, long latest) {
        values.computeIfAbsent(account, alias -> {
                    AtomicLong value = new AtomicLong();
                    io.micrometer.core.instrument.Gauge.builder(name(name), value, AtomicLong::get)
                            .description(description)
                            .tag("account", alias)
                            .register(registry);
                    return value;
                })
                .set(latest);
    }

    @Override
    public void requestEnded(RequestEnded event) {
        String account = event.account();
        Counter.builder(name("requests"))
                .description("Number of requests to the report service, by outcome.")
                .tag("account", account)
                .tag("outcome", lower(event.result()))
                .register(registry)
                .increment();
        Timer.builder(name("request.duration"))
                .description("Duration of requests to the report service.")
                .tag("account", account)
                .serviceLevelObjectives(REQUEST_STEPS)
                .register(registry)
                .record(event.took());
        latest(batchTrackers, "batch.trackers", "Number of trackers in the last request.", account, event.trackers());
        latest(batchIds, "batch.ids", "Number of hashed keys in the last request.", account, event.idsAsked());
        if (event.result() == RequestResult.OK) {
            count("ids.asked", "Number of hashed keys in successful requests.", account, event.idsAsked());
            count(
                    "ids.answered",
                    "Number of hashed keys in successful requests that had reports.",
                    account,
                    event.idsAnswered());
            lastSuccess.set(registry.config().clock().wallTime() / 1_000);
        }
    }

    @Override
    public void batchStored(BatchStored event) {
        String account = event.account();
        count("reports.received", "Number of reports received.", account, event.received());
        count("reports.new", "Number of new reports stored.", account, event.stored());
        count("reports.duplicate", "Number of received reports that were already stored.", account, event.duplicates());
        count(
                "reports.undecryptable",
                "Number of reports that could not be decrypted. They are stored encrypted.",
                account,
                event.undecryptable());
        count("reports.refused", "Number of reports that the store refused.", account, event.refused());
        event.flagged()
                .forEach((reason, number) -> Counter.builder(name("reports.flagged"))
                        .description("Number of stored reports that have a flag, by flag.")
                        .tag("account", account)
                        .tag("reason", reason)
                        .register(registry)
                        .increment(number));
        DistributionSummary lag = DistributionSummary.builder(name("report.lag"))
                .description("Time from the sighting to the database, for new reports.")
                .baseUnit("seconds")
                .tag("account", account)
                .serviceLevelObjectives(LAG_STEPS)
                .register(registry);
        // A finder's clock may be ahead; a negative lag counts as zero.
        event.lags().forEach(each -> lag.record(Math.max(0, each.toMillis() / 1_000.0)));
    }

    @Override
    public void spoolChanged(SpoolChanged event) {
        spoolAnswers.set(event.answers());
        spoolBytes.set(event.bytes());
        spoolSetAside.set(event.setAside());
    }

    @Override
    public void outageBegan(OutageBegan event) {
        Counter.builder(name("outages"))
                .description("Number of outages, by dependency.")
                .tag("dependency", lower(event.dependency()))
                .register(registry)
                .increment();
    }

    @Override
    public void anisetteAsked(AnisetteAsked event) {
        anisette.record(event.took());
        if (!event.answered()) {
            anisetteFailures.increment();
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
