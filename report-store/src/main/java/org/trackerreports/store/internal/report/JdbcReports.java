package org.trackerreports.store.internal.report;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.trackerreports.store.city.City;
import org.trackerreports.store.city.CityFinder;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.report.InsertResult;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.report.ReportSelection;
import org.trackerreports.store.report.Reports;
import org.trackerreports.store.report.Reviser;
import org.trackerreports.store.report.RevisionResult;
import org.trackerreports.store.tracker.AlignmentUpdate;

/** Reports in PostgreSQL. */
public record JdbcReports(Database database, Clock clock) implements Reports {

    /** Looks first which notes are old: a row in conflict would be locked, which writes, even if it is not updated. */
    private static final String ANSWERED = """
            WITH answer AS (SELECT ?::timestamptz AS at),
            due AS MATERIALIZED (
                SELECT wanted.id FROM answer CROSS JOIN unnest(?::bigint[]) AS wanted (id)
                LEFT JOIN tracker_answers known ON known.tracker_id = wanted.id
                WHERE coalesce(known.answered_at < answer.at - interval '1 hour', true))
            INSERT INTO tracker_answers AS a
            SELECT t.id, answer.at FROM answer CROSS JOIN due JOIN trackers t ON t.id = due.id ORDER BY t.id
            ON CONFLICT (tracker_id) DO UPDATE SET answered_at = EXCLUDED.answered_at
            WHERE a.answered_at < EXCLUDED.answered_at - interval '1 hour'
            """;

    @Override
    public InsertResult insert(List<NewReport> reports, List<AlignmentUpdate> alignments) {
        if (reports.isEmpty() && alignments.isEmpty()) {
            return new InsertResult(List.of());
        }
        return database.transaction(
                "store reports", connection -> new ReportBatch(connection, clock.instant()).store(reports, alignments));
    }

    @Override
    public void answered(Collection<Long> trackerIds, Instant receivedAt) {
        if (!trackerIds.isEmpty()) {
            database.session(
                    "note for which trackers the service answered",
                    connection -> Sql.on(connection, ANSWERED, receivedAt, ArrayOf.bigints(trackerIds))
                            .update());
        }
    }

    @Override
    public RevisionResult revise(ReportSelection selection, Reviser reviser) {
        return revise(selection, reviser, soFar -> {});
    }

    @Override
    public RevisionResult revise(ReportSelection selection, Reviser reviser, Consumer<RevisionResult> progress) {
        return new ReportRevision(database, selection, reviser, clock.instant()).run(progress);
    }

    @Override
    public boolean contains(String hashedAdvKey, Instant timestamp, Payload payload) {
        return database.session(
                "look for a report",
                connection -> Sql.on(
                                connection,
                                "SELECT EXISTS (SELECT 1 FROM location_reports WHERE hashed_adv_key = ?"
                                        + " AND \"timestamp\" = ? AND digest = ?)",
                                hashedAdvKey,
                                timestamp,
                                ReportDigest.of(payload))
                        .one(row -> row.getBoolean(1)));
    }

    @Override
    public long count(ReportSelection selection) {
        return database.session("count reports", connection -> ReportRevision.count(connection, selection));
    }

    @Override
    public RevisionResult nameCities(ReportSelection selection, CityFinder finder) {
        return nameCities(selection, finder, soFar -> {});
    }

    @Override
    public RevisionResult nameCities(ReportSelection selection, CityFinder finder, Consumer<RevisionResult> progress) {
        Reviser naming = report -> {
            ReportContent content = report.content();
            Optional<String> city = content.position()
                    .flatMap(position -> finder.nearest(position.latitude(), position.longitude()))
                    .map(City::label);
            return content.withNearestCity(content.nearestCity().or(() -> city));
        };
        return revise(selection, naming, progress);
    }
}
