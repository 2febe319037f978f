package org.trackerreports.store.internal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trackerreports.store.server.StoreFixture.NOW;
import static org.trackerreports.store.server.StoreFixture.newKey;
import static org.trackerreports.store.server.StoreFixture.report;
import static org.trackerreports.store.server.StoreFixture.withTracker;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trackerreports.store.internal.tracker.TrackerChange;
import org.trackerreports.store.report.InsertResult;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.ReportOutcome;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.server.OnEveryServer;
import org.trackerreports.store.server.ServerKind;
import org.trackerreports.store.tracker.Alignment;
import org.trackerreports.store.tracker.AlignmentUpdate;
import org.trackerreports.store.tracker.ChangeOutcome;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.store.tracker.TrackerKeys;

/** Who waits for whom when trackers change while their reports are written; TimescaleDB's build takes one connection at a time. */
@ParameterizedClass
@EnumSource(value = ServerKind.class, mode = EnumSource.Mode.EXCLUDE, names = "TIMESCALEDB")
class WaitingTest extends OnEveryServer {

    private ExecutorService others;

    @BeforeEach
    void startOthers() {
        others = Executors.newCachedThreadPool();
    }

    @AfterEach
    void stopOthers() {
        others.shutdownNow();
    }

    @Test
    void aRemovalWaitsForTheWriterAndTakesItsReportsAlong() throws Exception {
        String key = newKey();
        long id = fixture.addTracker("removed while written", key);
        removeWhileWritten(id, key);
    }

    @Test
    void aRemovalWaitsForTheWriterOfAKeyThatWasNotKnownToo() throws Exception {
        String known = newKey();
        String key = newKey();
        long id = fixture.addTracker("removed while a key of it rolls", known);
        removeWhileWritten(id, key);
        assertThat(fixture.store.trackers().hashedKeys(id)).isEmpty();
    }

    @Test
    void aWriterThatWaitedForARemovalIsToldThatTheTrackerIsGone() throws Exception {
        String key = newKey();
        long id = fixture.addTracker("gone while a writer waits", key);
        try (Connection remover = openTransaction()) {
            assertThat(new TrackerChange(remover, id).remove(false, fixture.store.capabilities()))
                    .isTrue();
            Future<InsertResult> result = startAndAwaitLock(() -> fixture.insert(reportOf(id, key)));
            remover.commit();

            assertThat(result.get().outcomes())
                    .containsExactly(new ReportOutcome.Refused(
                            "there is no tracker with id " + id + "; it may have been removed"));
        }
        assertThat(reportsOf(key)).isEmpty();
    }

    @Test
    void aReportThatNamesNoTrackerIsNobodysAfterTheRemovalThatItWaitedFor() throws Exception {
        String key = newKey();
        long id = fixture.addTracker("gone while a report without a tracker waits", key);
        try (Connection remover = openTransaction()) {
            new TrackerChange(remover, id).remove(false, fixture.store.capabilities());
            Future<InsertResult> result = startAndAwaitLock(() -> fixture.insert(report(key, NOW, 1, 2)));
            remover.commit();

            assertThat(result.get().newReports()).isEqualTo(1);
        }
        long next = fixture.addTracker("the key's next owner", key);
        assertThat(reportsOf(key)).containsExactly(List.of(Long.toString(next)));
    }

    @Test
    void newKeysWaitForTheWriterWhichMayStillStoreTheAlignment() throws Exception {
        String former = newKey();
        String next = newKey();
        long id = fixture.addTracker("new keys while written", former);
        TrackerKeys keys = new TrackerKeys("list", Secret.ofText("next"), List.of(next), Optional.empty());
        try (Connection writer = openTransaction()) {
            write(writer, id, former);
            Future<ChangeOutcome> change =
                    startAndAwaitLock(() -> fixture.store.trackers().replaceKeys(id, keys));
            align(writer, id);
            writer.commit();

            assertThat(change.get()).isEqualTo(new ChangeOutcome.Changed());
        }
        assertThat(fixture.store.trackers().hashedKeys(id)).containsExactly(next);
        assertThat(reportsOf(former)).containsExactly(List.of(Long.toString(id)));
    }

    @Test
    void writersOfTheSameTrackersDoNotWaitForEachOther() throws Exception {
        String key = newKey();
        long id = fixture.addTracker("written by two", key);
        try (Connection writer = openTransaction()) {
            write(writer, id, key);

            assertThat(fixture.insert(withTracker(report(key, NOW.minusSeconds(5), 3, 4), id))
                            .newReports())
                    .isEqualTo(1);
            writer.commit();
        }
        assertThat(reportsOf(key)).hasSize(2);
    }

    /** Writers of all keys, in orders of their own, beside one who removes and adds their trackers: nobody may fail. */
    @Test
    void nobodyWaitsInACircle() throws Exception {
        int trackers = 12;
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < trackers; i++) {
            keys.add(newKey());
            fixture.addTracker("circle " + i, keys.get(i));
        }
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < 3; writer++) {
            int first = writer;
            writers.add(others.submit(() -> writeTurns(keys, first)));
        }
        for (int turn = 0; writers.stream().anyMatch(writer -> !writer.isDone()); turn++) {
            int i = turn % trackers;
            String name = "circle " + i;
            long id = fixture.store.trackers().find(name).orElseThrow().id();
            TrackerKeys same = new TrackerKeys("list", Secret.ofText(name), List.of(keys.get(i)), Optional.empty());
            assertThat(fixture.store.trackers().replaceKeys(id, same)).isEqualTo(new ChangeOutcome.Changed());
            assertThat(fixture.store.trackers().remove(id, turn % 2 == 0)).isTrue();
            fixture.addTracker(name, keys.get(i));
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        assertThat(fixture.query("SELECT r.hashed_adv_key FROM location_reports r JOIN tracker_keys k"
                        + " ON k.hashed_adv_key = r.hashed_adv_key WHERE r.tracker_id IS DISTINCT FROM k.tracker_id"))
                .as("reports of somebody else than the owner of their key")
                .isEmpty();
    }

    private void writeTurns(List<String> keys, int first) {
        for (int turn = 0; turn < 100; turn++) {
            List<NewReport> reports = new ArrayList<>();
            List<AlignmentUpdate> alignments = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                String key = keys.get((i * 5 + first * 7 + turn) % keys.size());
                long id =
                        fixture.store.trackers().findByKey(key).map(Tracker::id).orElse(1_000_000L);
                reports.add(withTracker(report(key, NOW.minusSeconds(turn), first, i), id));
                alignments.add(new AlignmentUpdate(id, new Alignment(NOW.minusSeconds(200 - turn), turn)));
            }
            fixture.store.reports().insert(reports, alignments);
        }
    }

    private void removeWhileWritten(long id, String key) throws Exception {
        try (Connection writer = openTransaction()) {
            assertThat(write(writer, id, key).newReports()).isEqualTo(1);
            Future<Boolean> removal =
                    startAndAwaitLock(() -> fixture.store.trackers().remove(id, true));
            align(writer, id);
            writer.commit();

            assertThat(removal.get()).isTrue();
        }
        assertThat(reportsOf(key)).isEmpty();
    }

    private Connection openTransaction() throws Exception {
        Connection connection = fixture.dataSource().getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static InsertResult write(Connection writer, long id, String key) throws Exception {
        return new ReportBatch(writer, NOW).store(List.of(reportOf(id, key)), List.of());
    }

    private static void align(Connection writer, long id) throws Exception {
        new ReportBatch(writer, NOW)
                .store(List.of(), List.of(new AlignmentUpdate(id, new Alignment(NOW.minusSeconds(1), 1))));
    }

    private static NewReport reportOf(long id, String key) {
        return withTracker(report(key, NOW.minusSeconds(60), 1, 2), id);
    }

    private <T> Future<T> startAndAwaitLock(Callable<T> work) {
        Future<T> result = others.submit(work);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !fixture.query("SELECT 1 FROM pg_stat_activity"
                                + " WHERE wait_event_type = 'Lock' AND datname = current_database()")
                        .isEmpty());
        assertThat(result.isDone()).isFalse();
        return result;
    }

    private List<List<String>> reportsOf(String key) {
        return fixture.query("SELECT tracker_id FROM location_reports WHERE hashed_adv_key = '" + key + "'");
    }
}
