package org.trackerreports.store.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trackerreports.store.server.StoreFixture.NOW;
import static org.trackerreports.store.server.StoreFixture.newKey;
import static org.trackerreports.store.server.StoreFixture.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;
import org.trackerreports.store.internal.report.ReportBatch;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.ReportSelection;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.server.OnEveryServer;
import org.trackerreports.store.server.ServerKind;

@ParameterizedClass
@EnumSource(ServerKind.class)
class FeedTest extends OnEveryServer {

    private static final Instant SEEN = NOW.minus(Duration.ofHours(3));
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @AfterEach
    void forgetConsumers() {
        feed().cursors().forEach(cursor -> feed().forget(cursor.consumer()));
    }

    private Feed feed() {
        return fixture.store.feed();
    }

    @Test
    void tellsOfEachStoredReportOnceInEventOrderWithinATransaction() {
        String key = newKey();
        long tracker = fixture.addTracker("stored", key);
        FeedPlace start = numberedEnd();
        NewReport late = report(key, SEEN.plusSeconds(60), 52.5, 13.4);
        NewReport early = report(key, SEEN, 52.4, 13.4);
        fixture.insert(late, early);
        fixture.insert(late);
        feed().number();

        List<FeedItem> items = items(start, 100);

        assertThat(items).hasSize(2).allSatisfy(item -> {
            FeedItem.OfReport of = (FeedItem.OfReport) item;
            assertThat(of.revised()).isFalse();
            assertThat(of.report().trackerId()).hasValue(tracker);
        });
        assertThat(times(items)).containsExactly(early.timestamp(), late.timestamp());
        assertThat(items.get(0).place().item()).isEqualTo(1);
        assertThat(items.get(1).place())
                .isEqualTo(new FeedPlace(items.get(0).place().position(), 2));
    }

    @Test
    void readsAnEntryInPartsWithoutSkippingOrRepeating() {
        String key = newKey();
        fixture.addTracker("parts", key);
        FeedPlace start = numberedEnd();
        NewReport[] reports = IntStream.range(0, 7)
                .mapToObj(i -> report(key, SEEN.plusSeconds(i), 52 + i / 100.0, 13))
                .toArray(NewReport[]::new);
        fixture.insert(reports);
        fixture.insert(report(key, SEEN.plusSeconds(100), 52, 13));
        feed().number();

        List<Instant> seen = new ArrayList<>();
        FeedPlace place = start;
        for (int round = 0; round < 3; round++) {
            FeedReading.Items part = (FeedReading.Items) feed().readUnjudged(place, 3);
            seen.addAll(times(part.items()));
            place = part.next();
        }

        assertThat(seen)
                .containsExactlyElementsOf(Stream.concat(
                                IntStream.range(0, 7).mapToObj(SEEN::plusSeconds), Stream.of(SEEN.plusSeconds(100)))
                        .toList());
        assertThat(((FeedReading.Items) feed().readUnjudged(place, 3)).items()).isEmpty();
    }

    /** The first transaction takes the smaller number but commits later. A reader that has seen the second must still see the first. */
    @Test
    void aTransactionThatCommitsLateIsNotSkipped() throws SQLException {
        kind.assumeManyConnections();
        String key = newKey();
        fixture.addTracker("overlap", key);
        FeedPlace start = numberedEnd();
        try (Connection slow = fixture.dataSource().getConnection()) {
            slow.setAutoCommit(false);
            store(slow, report(key, SEEN, 52.1, 13));
            fixture.insert(report(key, SEEN.plusSeconds(1), 52.2, 13));
            feed().number();
            FeedReading.Items first = (FeedReading.Items) feed().readUnjudged(start, 10);
            assertThat(times(first.items())).containsExactly(SEEN.plusSeconds(1));
            slow.commit();
            slow.setAutoCommit(true);
            feed().number();
            assertThat(times(items(first.next(), 10))).containsExactly(SEEN);
        }
    }

    @Test
    void anAbortedTransactionLeavesNothing() throws SQLException {
        kind.assumeManyConnections();
        String key = newKey();
        fixture.addTracker("aborted", key);
        FeedPlace start = numberedEnd();
        try (Connection connection = fixture.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            store(connection, report(key, SEEN, 52.1, 13));
            connection.rollback();
            connection.setAutoCommit(true);
        }
        assertThat(feed().number()).isZero();
        assertThat(items(start, 10)).isEmpty();
    }

    @Test
    void rowsOfTheOriginalStatementAreInIt() {
        String key = newKey();
        fixture.addTracker("original", key);
        FeedPlace start = numberedEnd();
        String insert =
                "INSERT INTO location_reports (hashed_adv_key, timestamp, location, confidence, horizontal_accuracy, nearest_city)"
                        + " VALUES ('%s', '%s', ST_GeomFromText('POINT(13.4 52.5)', 4326), 2, 10, 'Berlin')";
        fixture.execute(insert.formatted(key, SEEN));
        fixture.execute(insert.formatted(key, SEEN));
        fixture.execute(insert.formatted(key, SEEN.plusSeconds(5)) + " ON CONFLICT DO NOTHING");
        feed().number();

        assertThat(times(items(start, 10))).containsExactly(SEEN, SEEN.plusSeconds(5));
    }

    @Test
    void tellsOfRevisedReportsAtANewPlaceAndKeepsTheOldOne() {
        String key = newKey();
        long tracker = fixture.addTracker("revised", key);
        FeedPlace start = numberedEnd();
        fixture.insert(report(key, SEEN, 52.5, 13.4));
        fixture.store
                .reports()
                .revise(
                        new ReportSelection(
                                ReportSelection.Which.WITH_PAYLOAD, Set.of(tracker), SEEN, SEEN.plusSeconds(1)),
                        stored -> stored.content().withNearestCity(Optional.of("Elsewhere, XX")));
        feed().number();

        List<FeedItem> items = items(start, 10);

        assertThat(items)
                .extracting(item -> ((FeedItem.OfReport) item).revised())
                .containsExactly(false, true);
        assertThat(items)
                .allSatisfy(item -> assertThat(
                                ((FeedItem.OfReport) item).report().content().nearestCity())
                        .contains("Elsewhere, XX"));
    }

    @Test
    void tellsOfTrackersThatAreAddedChangedAndRemoved() {
        FeedPlace start = numberedEnd();
        long tracker = fixture.addTracker("changing", newKey());
        fixture.store.trackers().rename(tracker, "changed");
        fixture.store.trackers().changeLabels(tracker, Map.of("motion", "car"), List.of());
        fixture.store.trackers().setEnabled(tracker, false);
        fixture.store.trackers().remove(tracker, true);
        feed().number();

        assertThat(items(start, 10))
                .hasSize(5)
                .allSatisfy(item ->
                        assertThat(((FeedItem.OfTracker) item).trackerId()).isEqualTo(tracker));
    }

    @Test
    void givesReportsToTheirTrackerAndSaysSo() {
        String key = newKey();
        FeedPlace start = numberedEnd();
        fixture.insert(report(key, SEEN, 52.5, 13.4));
        long tracker = fixture.addTracker("came later", key);
        fixture.store.history().refresh();
        feed().number();

        List<FeedItem.OfReport> reports = items(start, 10).stream()
                .filter(FeedItem.OfReport.class::isInstance)
                .map(FeedItem.OfReport.class::cast)
                .toList();
        assertThat(reports).extracting(FeedItem.OfReport::revised).containsExactly(false, true);
        assertThat(reports.get(1).report().trackerId()).hasValue(tracker);
    }

    @Test
    void othersStopWhereTheJudgeIs() {
        String key = newKey();
        fixture.addTracker("unjudged", key);
        FeedPlace start = numberedEnd();
        fixture.insert(report(key, SEEN, 52.5, 13.4));
        feed().number();

        assertThat(((FeedReading.Items) feed().read(start, 10)).items()).isEmpty();
        feed().reset(Feed.JUDGE, feed().end());
        assertThat(((FeedReading.Items) feed().read(start, 10)).items()).hasSize(1);
    }

    @Test
    void aCursorBelongsToOneInstanceAndMovesOnlyFromWhereItIs() {
        FeedPlace start = numberedEnd();
        assertThat(feed().claim("sink", "a", MINUTE, start)).contains(start);
        assertThat(feed().claim("sink", "b", MINUTE, start)).isEmpty();
        FeedPlace next = new FeedPlace(start.position() + 1, 1);
        assertThat(feed().advance("sink", "b", start, next)).isFalse();
        assertThat(feed().advance("sink", "a", start, next)).isTrue();
        assertThat(feed().advance("sink", "a", start, next)).isFalse();
        feed().release("sink", "a");
        assertThat(feed().claim("sink", "b", MINUTE, FeedPlace.BEGINNING)).contains(next);
        assertThat(feed().advance("sink", "a", next, new FeedPlace(start.position() + 2, 1)))
                .isFalse();
    }

    @Test
    void aClaimThatRanOutGoesToAnotherInstance() {
        FeedPlace start = numberedEnd();
        feed().claim("sink", "a", Duration.ZERO, start);
        assertThat(feed().claim("sink", "b", MINUTE, start)).contains(start);
        assertThat(feed().advance("sink", "a", start, new FeedPlace(start.position() + 1, 0)))
                .isFalse();
    }

    @Test
    void keepsWhatAConsumerStillNeedsUntilItIsTooOldAndThenTellsIt() {
        String key = newKey();
        fixture.addTracker("kept", key);
        FeedPlace start = numberedEnd();
        fixture.insert(report(key, SEEN, 52.5, 13.4));
        feed().number();
        feed().reset("slow", start);
        feed().reset(Feed.JUDGE, feed().end());

        feed().purge(Duration.ZERO, Duration.ofDays(7));
        assertThat(items(start, 10)).hasSize(1);

        feed().purge(Duration.ZERO, Duration.ZERO);
        FeedReading reading = feed().read(start, 10);
        assertThat(reading).isInstanceOf(FeedReading.TooFarBehind.class);
        FeedPlace oldest = ((FeedReading.TooFarBehind) reading).oldest();
        assertThat(((FeedReading.Items) feed().read(oldest, 10)).items()).isEmpty();
    }

    @Test
    void saysHowFarAConsumerIsBehind() {
        String key = newKey();
        fixture.addTracker("lag", key);
        FeedPlace start = numberedEnd();
        assertThat(feed().lag(start)).isEqualTo(new FeedLag(0, Duration.ZERO));
        fixture.insert(report(key, SEEN, 52.5, 13.4), report(key, SEEN.plusSeconds(1), 52.5, 13.4));
        feed().number();
        fixture.insert(report(key, SEEN.plusSeconds(2), 52.5, 13.4));

        assertThat(feed().lag(start).events()).isEqualTo(3);
        FeedPlace one = items(start, 1).get(0).place();
        assertThat(feed().lag(one).events()).isEqualTo(2);
    }

    @Test
    void wakesAListener() {
        kind.assumeManyConnections();
        String key = newKey();
        fixture.addTracker("woken", key);
        try (FeedListener listener = feed().listen()) {
            fixture.insert(report(key, SEEN, 52.5, 13.4));
            assertThat(listener.await(MINUTE)).isTrue();
            assertThat(listener.await(Duration.ofMillis(1))).isFalse();
        }
    }

    /** It would also write to the disk each minute. */
    @Test
    void aRefreshWithNothingToDoWakesNobody() throws SQLException {
        kind.assumeManyConnections();
        fixture.store.history().refresh();
        feed().number();
        try (Connection connection = fixture.dataSource().getConnection();
                Statement listening = connection.createStatement()) {
            listening.execute("LISTEN trackerreports_feed");
            fixture.store.history().refresh();
            // What was sent before is delivered before the answer.
            listening.execute("SELECT 1");
            assertThat(connection.unwrap(PGConnection.class).getNotifications()).isEmpty();
            listening.execute("UNLISTEN *");
        }
    }

    @Test
    void aTrackerRemovedWithItsReportsMakesNobodyPassAnother() {
        String gone = newKey();
        String kept = newKey();
        long tracker = fixture.addTracker("gone", gone);
        fixture.addTracker("kept beside", kept);
        FeedPlace start = numberedEnd();
        fixture.insert(
                report(gone, SEEN, 52, 13),
                report(kept, SEEN.plusSeconds(1), 52, 13),
                report(kept, SEEN.plusSeconds(2), 52, 13));
        feed().number();
        FeedPlace first = items(start, 1).get(0).place();
        feed().reset("sink", first);

        fixture.store.trackers().remove(tracker, true);

        FeedPlace now = feed().cursor("sink").orElseThrow().place();
        assertThat(times(items(now, 2))).containsExactly(SEEN.plusSeconds(1), SEEN.plusSeconds(2));
    }

    @Test
    void readsItsPlacesBackFromText() {
        assertThat(FeedPlace.parse("812-3")).isEqualTo(new FeedPlace(812, 3)).hasToString("812-3");
        for (String wrong : List.of("", "812", "812-", "-3", "812-3-4", "a-b", " 812-3")) {
            assertThatThrownBy(() -> FeedPlace.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private FeedPlace numberedEnd() {
        feed().number();
        return feed().end();
    }

    private List<FeedItem> items(FeedPlace after, int limit) {
        return ((FeedReading.Items) feed().readUnjudged(after, limit)).items();
    }

    private static List<Instant> times(List<FeedItem> items) {
        return items.stream()
                .map(item -> ((FeedItem.OfReport) item).report())
                .map(StoredReport::timestamp)
                .toList();
    }

    private static void store(Connection connection, NewReport... reports) throws SQLException {
        new ReportBatch(connection, NOW).store(List.of(reports), List.of());
    }
}
