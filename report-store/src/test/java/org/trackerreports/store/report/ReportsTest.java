package org.trackerreports.store.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trackerreports.store.server.StoreFixture.NOW;
import static org.trackerreports.store.server.StoreFixture.newKey;
import static org.trackerreports.store.server.StoreFixture.report;
import static org.trackerreports.store.server.StoreFixture.withTracker;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.server.OnEveryServer;
import org.trackerreports.store.server.ServerKind;
import org.trackerreports.store.tracker.Alignment;
import org.trackerreports.store.tracker.AlignmentUpdate;

@ParameterizedClass
@EnumSource(ServerKind.class)
class ReportsTest extends OnEveryServer {

    private static final Instant SEEN = NOW.minus(Duration.ofHours(3));

    @Test
    void storesAReportThatIsFetchedAgainOnce() {
        String key = newKey();
        fixture.addTracker("again", key);
        NewReport report = report(key, SEEN, 52.5, 13.4);

        assertThat(fixture.insert(report, report).outcomes())
                .containsExactly(new ReportOutcome.New(), new ReportOutcome.Duplicate());
        assertThat(fixture.insert(report).outcomes()).containsExactly(new ReportOutcome.Duplicate());
        assertThat(count(key)).isEqualTo(1);
    }

    @Test
    void notesForEachTrackerOnceInAnHourThatTheServiceAnswered() {
        long one = fixture.addTracker("answered", newKey());
        long other = fixture.addTracker("answered later", newKey());
        long unknown = Long.MAX_VALUE;

        answered(NOW, one, unknown);
        answered(NOW.plus(Duration.ofMinutes(59)), one, other);
        assertThat(notes(one, other)).containsExactly(List.of(one + "", "12:00"), List.of(other + "", "12:59"));

        answered(NOW.plus(Duration.ofMinutes(61)), other, one);
        answered(NOW, one, other);
        assertThat(notes(one, other)).containsExactly(List.of(one + "", "13:01"), List.of(other + "", "12:59"));
        assertThat(notes(unknown)).isEmpty();
    }

    private void answered(Instant time, Long... trackers) {
        fixture.store.reports().answered(List.of(trackers), time);
    }

    private List<List<String>> notes(Long... trackers) {
        String ids = List.of(trackers).stream().map(String::valueOf).collect(Collectors.joining(", "));
        return fixture.query(
                "SELECT tracker_id, to_char(answered_at AT TIME ZONE 'UTC', 'HH24:MI') FROM tracker_answers"
                        + " WHERE tracker_id IN (" + ids + ") ORDER BY tracker_id");
    }

    @Test
    void keepsTwoDifferentReportsOfOneKeyInTheSameSecond() {
        String key = newKey();
        fixture.addTracker("same second", key);

        InsertResult result = fixture.insert(report(key, SEEN, 52.5, 13.4), report(key, SEEN, 52.6, 13.4));

        assertThat(result.newReports()).isEqualTo(2);
        assertThat(count(key)).isEqualTo(2);
    }

    @Test
    void refusesABadReportAloneAndSaysWhy() {
        String key = newKey();
        fixture.addTracker("mixed", key);

        InsertResult result = fixture.insert(
                report(key, SEEN, 52.5, 13.4),
                report(key, SEEN, 91, 13.4),
                report("not a hash", SEEN, 52.5, 13.4),
                report(key, NOW.plus(Duration.ofDays(2)), 52.5, 13.4),
                report(key, Instant.EPOCH, 52.5, 13.4),
                report(key, SEEN, 52.5, 13.4, 300),
                report(key, SEEN, Double.NaN, 13.4));

        assertThat(result.newReports()).isEqualTo(1);
        assertThat(result.refused()).isEqualTo(6);
        assertThat(result.outcomes().get(1).toString()).contains("not on earth").doesNotContain("91.0");
        assertThat(count(key)).isEqualTo(1);
    }

    @Test
    void runsTheOriginalStatementAsItIsWritten() throws Exception {
        String key = newKey();
        long tracker = fixture.addTracker("original", key);
        String original = """
                INSERT INTO location_reports (hashed_adv_key, timestamp, location, confidence, horizontal_accuracy, nearest_city)
                VALUES (?, ?, ST_GeomFromText(?, 4326), ?, ?, ?)
                """;
        try (Connection connection = fixture.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(original)) {
            statement.setString(1, key);
            statement.setTimestamp(2, Timestamp.from(SEEN));
            statement.setString(3, "POINT(13.404954 52.520008)");
            statement.setInt(4, 3);
            statement.setDouble(5, 17.5);
            statement.setString(6, "Berlin");
            statement.executeUpdate();
        }

        assertThat(fixture.store.history().latest(List.of(tracker)))
                .singleElement()
                .satisfies(latest -> {
                    assertThat(latest.trackerName()).isEqualTo("original");
                    assertThat(latest.timestamp()).isEqualTo(SEEN);
                    assertThat(latest.latitude()).isEqualTo(52.520008);
                    assertThat(latest.longitude()).isEqualTo(13.404954);
                    assertThat(latest.confidence()).isEqualTo(3);
                    assertThat(latest.horizontalAccuracy()).hasValue(17.5);
                    assertThat(latest.nearestCity()).contains("Berlin");
                });
    }

    @Test
    void storesOnceWhatTheOriginalStatementBringsAgain() {
        String key = newKey();
        fixture.addTracker("original again", key);
        String row =
                "INSERT INTO location_reports (hashed_adv_key, timestamp, location, confidence, horizontal_accuracy,"
                        + " nearest_city) VALUES ('" + key + "', '" + SEEN
                        + "', ST_GeomFromText('POINT(1 %d)', 4326), 2, 3, 'X')";

        assertThat(fixture.execute(row.formatted(2))).isEqualTo(1);
        fixture.execute(row.formatted(2));
        fixture.execute(row.formatted(3));

        assertThat(count(key)).isEqualTo(2);
    }

    @Test
    void recognisesAPayloadThatAnotherProgramStored() {
        String key = newKey();
        fixture.addTracker("other program", key);
        NewReport report = report(key, SEEN, 1, 2);
        fixture.execute(
                "INSERT INTO location_reports (hashed_adv_key, timestamp, location, confidence, payload) VALUES ('"
                        + key + "', '" + SEEN + "', ST_GeomFromText('POINT(2 1)', 4326), 2, decode('"
                        + HexFormat.of()
                                .formatHex(report.payload().orElseThrow().bytes()) + "', 'hex'))");

        assertThat(fixture.insert(report).outcomes()).containsExactly(new ReportOutcome.Duplicate());
    }

    @Test
    void givesReportsThatCameBeforeTheirTrackerToIt() {
        String key = newKey();
        fixture.insert(report(key, SEEN, 52.5, 13.4));

        long tracker = fixture.addTracker("late", key);

        assertThat(fixture.store.history().latest(List.of(tracker))).hasSize(1);
    }

    @Test
    void storesAnUndecryptableReportWithItsReason() {
        String key = newKey();
        long tracker = fixture.addTracker("undecryptable", key);
        NewReport report = new NewReport(
                OptionalLong.of(tracker),
                key,
                SEEN,
                ReportContent.undecryptable("tag mismatch"),
                Optional.of(Payload.of(new byte[] {1, 2, 3})),
                NOW);

        assertThat(fixture.insert(report).newReports()).isEqualTo(1);
        assertThat(fixture.query("SELECT undecryptable_reason, location IS NULL, encode(payload, 'hex')"
                        + " FROM location_reports WHERE hashed_adv_key = '" + key + "'"))
                .containsExactly(List.of("tag mismatch", "t", "010203"));
        assertThat(fixture.store.history().latest(List.of(tracker))).isEmpty();
    }

    @Test
    void aFlagIsReasonEnoughForAReportToHaveNoPosition() {
        String key = newKey();
        long tracker = fixture.addTracker("off the earth", key);
        Payload payload = Payload.of(new byte[] {4, 5, 6});
        NewReport report = new NewReport(
                OptionalLong.of(tracker),
                key,
                SEEN,
                new ReportContent(
                        Optional.empty(),
                        2,
                        OptionalDouble.of(9),
                        OptionalInt.of(32),
                        Optional.empty(),
                        Set.of("COORDINATES_OUT_OF_RANGE"),
                        Optional.empty()),
                Optional.of(payload),
                NOW);

        assertThat(fixture.store.reports().contains(key, SEEN, payload)).isFalse();
        assertThat(fixture.insert(report).newReports()).isEqualTo(1);
        assertThat(fixture.insert(report).duplicates()).isEqualTo(1);
        assertThat(fixture.store.reports().contains(key, SEEN, payload)).isTrue();
        assertThat(fixture.store.reports().contains(key, SEEN.plusSeconds(1), payload))
                .isFalse();
        HistoryQuery all = HistoryQuery.of(tracker, SEEN, SEEN.plusSeconds(1))
                .withMinimumConfidence(0)
                .withFlags(FlagFilter.WITH);
        fixture.store.history().refresh();
        assertThat(fixture.store.history().reports(all)).isEmpty();
        assertThat(fixture.store.history().hours(all)).isEmpty();
        assertThat(fixture.store.history().latest(List.of(tracker), 0, FlagFilter.WITH))
                .isEmpty();
    }

    @Test
    void registersRollingKeysAndStoresTheAlignmentWithTheReports() {
        long tracker = fixture.addTracker("rolling");
        long other = fixture.addTracker("other");
        String key = newKey();
        NewReport report = withTracker(report(key, SEEN, 52.5, 13.4), tracker);

        fixture.store
                .reports()
                .insert(List.of(report), List.of(new AlignmentUpdate(tracker, new Alignment(SEEN, 4711))));
        fixture.store
                .reports()
                .insert(List.of(), List.of(new AlignmentUpdate(tracker, new Alignment(SEEN.minusSeconds(60), 5000))));

        assertThat(fixture.store.trackers().find(tracker).orElseThrow().alignment())
                .contains(new Alignment(SEEN, 4711));
        assertThat(fixture.store.trackers().hashedKeys(tracker)).containsExactly(key);
        assertThat(fixture.insert(withTracker(report(key, SEEN, 1, 1), other)).outcomes())
                .singleElement()
                .isEqualTo(new ReportOutcome.Refused(
                        "its key belongs to the tracker with id " + tracker + ", not " + other));
        assertThat(fixture.insert(withTracker(report(key, SEEN, 1, 1), 999_999)).refused())
                .isEqualTo(1);
    }

    @Test
    void showsTheLatestPositionOfEachTracker() {
        String key = newKey();
        long tracker = fixture.addTracker("latest", key);
        fixture.insert(
                report(key, SEEN, 10, 20),
                report(key, SEEN.plusSeconds(60), 11, 21),
                report(key, SEEN.plusSeconds(120), 12, 22, 1));

        assertThat(fixture.store.history().latest())
                .filteredOn(latest -> latest.trackerId() == tracker)
                .singleElement()
                .satisfies(latest -> assertThat(latest.latitude()).isEqualTo(11));
    }

    private long count(String key) {
        return Long.parseLong(
                fixture.query("SELECT count(*) FROM location_reports WHERE hashed_adv_key = '" + key + "'")
                        .get(0)
                        .get(0));
    }
}
