package org.trackerreports.store.report;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.trackerreports.store.city.City;
import org.trackerreports.store.city.CityFinder;
import org.trackerreports.store.sql.Database;
import org.trackerreports.store.tracker.AlignmentUpdate;

/** Takes in location reports, and revises stored ones. Thread-safe. */
public final class Reports {

    private final Database database;
    private final Clock clock;

    public Reports(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Stores reports and alignments in one transaction. What was stored before is recognised by the database, so a call whose
     * answer was lost can simply be repeated. A key that is not known yet becomes the key of the report's tracker.
     *
     * @return one outcome for each report, in the given order
     */
    public InsertResult insert(List<NewReport> reports, List<AlignmentUpdate> alignments) {
        if (reports.isEmpty() && alignments.isEmpty()) {
            return new InsertResult(List.of());
        }
        return database.transaction(
                "store reports", connection -> new ReportBatch(connection, clock.instant()).store(reports, alignments));
    }

    /**
     * Makes the decoded parts of stored reports again, in batches; what changed shows in the history after its next refresh.
     * Can be repeated and interrupted.
     */
    public RevisionResult revise(ReportSelection selection, Reviser reviser) {
        return revise(selection, reviser, soFar -> {});
    }

    /**
     * As {@link #revise(ReportSelection, Reviser)}, telling how far it is.
     *
     * @param progress gets what was done so far after each batch of 1,000, which is stored then; an exception of its own ends the
     *     work there
     */
    public RevisionResult revise(ReportSelection selection, Reviser reviser, Consumer<RevisionResult> progress) {
        return new ReportRevision(database, selection, reviser, clock.instant()).run(progress);
    }

    /** How many reports a revision of this selection would examine. */
    public long count(ReportSelection selection) {
        return database.session("count reports", connection -> ReportRevision.count(connection, selection));
    }

    /** Names the nearest city of those stored reports that have none. */
    public RevisionResult nameCities(ReportSelection selection, CityFinder finder) {
        return nameCities(selection, finder, soFar -> {});
    }

    /** As {@link #nameCities(ReportSelection, CityFinder)}, telling how far it is as {@code revise} does. */
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
