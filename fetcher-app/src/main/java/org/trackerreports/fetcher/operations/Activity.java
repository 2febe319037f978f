package org.trackerreports.fetcher.operations;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.core.event.AccountChanged;
import org.trackerreports.core.event.BatchStored;
import org.trackerreports.core.event.FetchListener;
import org.trackerreports.core.event.RequestEnded;
import org.trackerreports.core.event.RequestResult;
import org.trackerreports.fetcher.event.DaemonListener;
import org.trackerreports.fetcher.event.Dependency;
import org.trackerreports.fetcher.event.OutageBegan;
import org.trackerreports.fetcher.event.OutageEnded;
import org.trackerreports.fetcher.event.SpoolChanged;
import org.trackerreports.fetcher.event.TurnEnded;

/** Records the daemon's latest events, for health and status. Thread-safe. */
final class Activity implements FetchListener, DaemonListener {

    /** An event and its time. */
    record At<T>(T what, Instant at) {}

    /**
     * Consecutive failed requests.
     *
     * @param number how many
     * @param since when the first of them ended
     */
    record Failures(int number, RequestResult latest, Instant since) {}

    /**
     * All records at one time.
     *
     * @param begun when the daemon started
     * @param workers the last turn of each account
     * @param heartbeat when this instance last sent a heartbeat
     * @param move when the role move last gave a sign of life
     * @param lastSuccess when the last request succeeded
     * @param failures the failed requests since then
     * @param lastBatch the last batch that was stored
     * @param outages the current outages
     */
    record Snapshot(
            Instant begun,
            Map<String, At<TurnEnded>> workers,
            Optional<Instant> heartbeat,
            Optional<Instant> move,
            Optional<Instant> lastSuccess,
            Optional<Failures> failures,
            Optional<At<BatchStored>> lastBatch,
            Optional<SpoolChanged> spool,
            Map<Dependency, At<OutageBegan>> outages) {}

    private final Clock clock;
    private final Instant begun;
    private final Map<String, At<TurnEnded>> workers = new HashMap<>();
    /** Made when it is asked for: with thousands of accounts that do nothing, it stays the same for long. */
    private Optional<Map<String, At<TurnEnded>>> copyOfWorkers = Optional.empty();

    private final Map<Dependency, At<OutageBegan>> outages = new EnumMap<>(Dependency.class);
    private Optional<Instant> heartbeat = Optional.empty();
    private Optional<Instant> move = Optional.empty();
    private Optional<Instant> lastSuccess = Optional.empty();
    private Optional<Failures> failures = Optional.empty();
    private Optional<At<BatchStored>> lastBatch = Optional.empty();
    private Optional<SpoolChanged> spool = Optional.empty();

    @Inject
    Activity(Clock clock) {
        this.clock = clock;
        this.begun = clock.instant();
    }

    synchronized Snapshot snapshot() {
        Map<String, At<TurnEnded>> turns = copyOfWorkers.orElseGet(() -> Map.copyOf(workers));
        copyOfWorkers = Optional.of(turns);
        return new Snapshot(
                begun, turns, heartbeat, move, lastSuccess, failures, lastBatch, spool, Map.copyOf(outages));
    }

    @Override
    public synchronized void requestEnded(RequestEnded event) {
        Instant now = clock.instant();
        if (event.result() == RequestResult.OK) {
            lastSuccess = Optional.of(now);
            failures = Optional.empty();
            return;
        }
        failures = Optional.of(new Failures(
                failures.map(Failures::number).orElse(0) + 1,
                event.result(),
                failures.map(Failures::since).orElse(now)));
    }

    @Override
    public synchronized void batchStored(BatchStored event) {
        lastBatch = Optional.of(new At<>(event, clock.instant()));
    }

    @Override
    public synchronized void accountChanged(AccountChanged event) {
        if (event.after().isEmpty()) {
            workers.remove(event.account());
            copyOfWorkers = Optional.empty();
        }
    }

    @Override
    public synchronized void turnEnded(TurnEnded event) {
        workers.put(event.account(), new At<>(event, clock.instant()));
        copyOfWorkers = Optional.empty();
    }

    @Override
    public synchronized void spoolChanged(SpoolChanged event) {
        spool = Optional.of(event);
    }

    @Override
    public synchronized void outageBegan(OutageBegan event) {
        outages.put(event.dependency(), new At<>(event, clock.instant()));
    }

    @Override
    public synchronized void outageEnded(OutageEnded event) {
        outages.remove(event.dependency());
    }

    @Override
    public synchronized void heartbeatSent() {
        heartbeat = Optional.of(clock.instant());
    }

    @Override
    public synchronized void moverTurnEnded() {
        move = Optional.of(clock.instant());
    }
}
