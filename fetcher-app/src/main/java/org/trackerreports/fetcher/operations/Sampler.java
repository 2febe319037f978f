package org.trackerreports.fetcher.operations;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trackerreports.core.config.Role;
import org.trackerreports.core.failure.Failures;
import org.trackerreports.fetcher.operations.Sample.FeedSample;
import org.trackerreports.fetcher.operations.Sample.SinkSample;
import org.trackerreports.fetcher.operations.Sample.TrackerNumbers;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountsMark;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.history.StoreCounts;
import org.trackerreports.store.movement.JudgingBacklog;
import org.trackerreports.store.schema.DatabaseProblem;
import org.trackerreports.store.sink.SinkState;
import org.trackerreports.store.sink.Sinks;

/**
 * Takes samples. A sample costs a few short queries and, in the role fetch, a few calls to Redis, however many trackers and accounts there
 * are; trackers are counted, and TimescaleDB is looked at, once a minute, and the feed four times. Samples are taken by one thread; any thread
 * may read the latest.
 */
final class Sampler {

    private static final Duration COUNT_TRACKERS = Duration.ofMinutes(1);
    private static final Duration LOOK_AT_FEED = Duration.ofSeconds(15);

    private final ReportStore store;
    private final Optional<QueueSampler> queue;
    private final boolean delivers;
    private final Clock clock;
    private volatile Optional<Sample> latest = Optional.empty();
    private List<Account> accounts = List.of();
    private Optional<AccountsMark> known = Optional.empty();
    private List<DatabaseProblem> problems = List.of();
    private Optional<TrackerNumbers> trackers = Optional.empty();
    private Optional<FeedSample> feed = Optional.empty();
    private List<SinkSample> sinks = List.of();
    private Instant countedAt = Instant.MIN;
    private Instant lookedAt = Instant.MIN;

    @Inject
    Sampler(ReportStore store, Provider<QueueSampler> queue, Set<Role> roles, Clock clock) {
        this.store = store;
        this.queue = roles.contains(Role.FETCH) ? Optional.of(queue.get()) : Optional.empty();
        this.delivers = roles.contains(Role.DELIVER);
        this.clock = clock;
    }

    /** The latest sample; empty before the first. */
    Optional<Sample> latest() {
        return latest;
    }

    /** Takes a sample. */
    Sample take() {
        Optional<String> databaseFailure = readDatabase();
        QueueSampler.State state =
                queue.map(sampler -> sampler.take(accounts, known)).orElse(QueueSampler.State.NOT_NEEDED);
        Sample sample = new Sample(
                clock.instant(),
                databaseFailure,
                problems,
                state.failure(),
                trackers,
                feed,
                state.statistics(),
                state.oldestAttempt(),
                sinks,
                state.accounts());
        latest = Optional.of(sample);
        return sample;
    }

    private Optional<String> readDatabase() {
        try {
            if (queue.isPresent()) {
                readAccounts();
            }
            Instant now = clock.instant();
            if (trackers.isEmpty() || !now.isBefore(countedAt.plus(COUNT_TRACKERS))) {
                StoreCounts counts = store.history().counts(now);
                trackers = Optional.of(new TrackerNumbers(counts.enabledTrackers(), counts.disabledTrackers()));
                problems = store.problems();
                countedAt = now;
            }
            if (!now.isBefore(lookedAt.plus(LOOK_AT_FEED))) {
                JudgingBacklog backlog = store.judging().backlog();
                feed = Optional.of(new FeedSample(
                        backlog.lag().events(), backlog.lag().age(), backlog.judged(), backlog.storedBefore()));
                sinks = delivers ? sinks() : List.of();
                lookedAt = now;
            }
            return Optional.empty();
        } catch (StoreException e) {
            return Optional.of(Failures.message(e));
        }
    }

    /** Reading them decrypts their sessions, so they are read only after a change. */
    private void readAccounts() {
        AccountsMark current = store.accounts().mark();
        if (!known.equals(Optional.of(current))) {
            accounts = store.accounts().list();
            known = Optional.of(current);
        }
    }

    private List<SinkSample> sinks() {
        Map<String, FeedPlace> places = new HashMap<>();
        store.feed().cursors().forEach(cursor -> places.put(cursor.consumer(), cursor.place()));
        List<SinkSample> samples = new ArrayList<>();
        for (SinkState state : store.sinks().list()) {
            FeedPlace place = places.get(Sinks.consumer(state.name()));
            if (place != null) {
                samples.add(new SinkSample(state, store.feed().lag(place)));
            }
        }
        return samples;
    }
}
