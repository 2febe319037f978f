package org.trackerreports.server.internal.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trackerreports.server.support.TestStore.newKey;
import static org.trackerreports.server.support.TestStore.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trackerreports.server.support.TestStore;
import org.trackerreports.store.history.GeoBox;
import org.trackerreports.store.retention.RetentionPolicy;
import org.trackerreports.store.view.Cluster;
import org.trackerreports.store.view.TrackerSelection;
import org.trackerreports.testsupport.MovableClock;

/** What the memory knows of a fleet against what the database counts, after everything that can happen to a position. */
class FleetPositionsTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final GeoBox WORLD = new GeoBox(-90, -180, 90, 180);
    private static final TrackerSelection ALL = TrackerSelection.of(Map.of());

    private final MovableClock clock = new MovableClock(NOW);
    private TestStore data;
    private FleetPositions fleet;

    @BeforeEach
    void open() {
        data = new TestStore(clock);
        fleet = new FleetPositions(data.store.views(), 3);
    }

    @AfterEach
    void close() {
        fleet.close();
        data.close();
    }

    private List<Cluster> inDatabase() {
        return data.store.views().clusters(WORLD, ALL, 5);
    }

    private Optional<List<Cluster>> kept() {
        return fleet.clusters(WORLD, 5);
    }

    private void assertSame(int trackers) {
        assertThat(kept().orElseThrow()).containsExactlyInAnyOrderElementsOf(inDatabase());
        assertThat(kept().orElseThrow())
                .extracting(Cluster::trackers)
                .satisfies(counts -> assertThat(
                                counts.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(trackers));
    }

    @Test
    void followsWhateverHappens() {
        String[] keys = {newKey(), newKey(), newKey(), newKey(), newKey()};
        long[] ids = new long[5];
        for (int i = 0; i < 5; i++) {
            ids[i] = data.addTracker("tracker " + i, Map.of(), keys[i]);
            if (i != 2) {
                data.insert(report(keys[i], NOW.minusSeconds(3_600 + i), 40 + i, 10 + i * 10));
            }
        }
        data.judge();
        assertThat(fleet.readAll()).isTrue();
        assertSame(4);

        // One moves, one is seen first, one that is older than what is known changes nothing.
        data.insert(
                report(keys[0], NOW.minusSeconds(60), -12.5, 170),
                report(keys[2], NOW.minusSeconds(61), -12.6, 171),
                report(keys[3], NOW.minusSeconds(7_200), 1, 1));
        assertSame(4);
        data.judge();
        assertSame(5);

        // Removed, and nobody has judged since.
        data.store.trackers().remove(ids[1], true);
        assertSame(4);
        data.judge();
        assertSame(4);

        // A report that turns out to be wrong.
        data.execute("UPDATE location_reports SET wrong_flags = '{SPEED}', batch = nextval('report_batches')"
                + " WHERE tracker_id = " + ids[0] + " AND \"timestamp\" > '2026-11-29T11:30:00Z'");
        data.execute("INSERT INTO report_inbox (batch, change, items, trackers, times, ids)"
                + " SELECT nextval('report_batches'), 2, 1, ARRAY[tracker_id], ARRAY[\"timestamp\"], ARRAY[digest]"
                + " FROM location_reports WHERE wrong_flags = '{SPEED}'");
        data.judge();
        assertSame(4);
    }

    @Test
    void losesWhatIsNoLongerKept() {
        for (int i = 0; i < 4; i++) {
            String key = newKey();
            data.addTracker("tracker " + i, Map.of(), key);
            data.insert(report(key, NOW.minus(Duration.ofDays(i * 20)), 40 + i, 10));
        }
        data.judge();
        assertThat(fleet.readAll()).isTrue();
        assertSame(4);
        String before = data.store.views().version();

        data.store
                .retention()
                .removeOnce(new RetentionPolicy(Optional.of(Duration.ofDays(30)), Optional.empty(), Optional.empty()));

        assertThat(data.store.views().version()).isNotEqualTo(before);
        assertSame(2);
        data.judge();
        assertSame(2);
    }

    @Test
    void readsAllAgainWhenTheFeedNoLongerTellsWhatHappened() {
        for (int i = 0; i < 3; i++) {
            String key = newKey();
            data.addTracker("tracker " + i, Map.of(), key);
            data.insert(report(key, NOW, 40 + i, 10));
        }
        data.judge();
        assertThat(fleet.readAll()).isTrue();
        String key = newKey();
        data.addTracker("another tracker", Map.of(), key);
        data.insert(report(key, NOW, 50, 10));
        data.judge();
        data.execute("UPDATE report_feed SET noticed_at = now() - interval '9 days'");
        assertThat(data.store.feed().purge(Duration.ofDays(1), Duration.ofDays(8)))
                .isPositive();

        assertThat(kept()).isEmpty();
        assertThat(fleet.readAll()).isTrue();
        assertSame(4);
    }

    @Test
    void keepsNoSmallFleetAndNothingThatNobodyJudges() {
        String[] keys = {newKey(), newKey(), newKey()};
        for (int i = 0; i < 3; i++) {
            data.addTracker("tracker " + i, Map.of(), keys[i]);
        }
        data.insert(report(keys[0], NOW, 40, 10), report(keys[1], NOW, 41, 10));
        data.judge();
        assertThat(fleet.readAll()).isFalse();
        assertThat(kept()).isEmpty();
        data.insert(report(keys[2], NOW, 42, 10));
        data.judge();
        assertThat(fleet.readAll()).isTrue();
        assertSame(3);

        data.execute("UPDATE feed_cursors SET heard_at = now() - interval '1 hour'");
        assertThat(kept()).isEmpty();
        assertThat(fleet.readAll()).isFalse();
    }
}
