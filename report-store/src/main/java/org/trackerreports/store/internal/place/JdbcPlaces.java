package org.trackerreports.store.internal.place;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trackerreports.store.internal.inbox.MovementDue;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.internal.text.Labels;
import org.trackerreports.store.internal.text.Names;
import org.trackerreports.store.internal.tracker.TrackerCheck;
import org.trackerreports.store.place.NewPlace;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.place.PlaceOutcome;
import org.trackerreports.store.place.Places;
import org.trackerreports.store.place.Transition;
import org.trackerreports.store.place.TransitionPage;
import org.trackerreports.store.place.TransitionQuery;

/** Places in PostgreSQL. */
public record JdbcPlaces(Database database) implements Places {

    @Override
    public PlaceOutcome add(NewPlace place) {
        return addAll(List.of(place)).get(0);
    }

    @Override
    public List<PlaceOutcome> addAll(List<NewPlace> places) {
        return database.transaction("add places", connection -> {
            lock(connection);
            List<PlaceOutcome> outcomes = new ArrayList<>();
            for (NewPlace place : places) {
                Optional<String> flaw = flawOf(connection, place, -1);
                outcomes.add(flaw.isPresent() ? new PlaceOutcome.Refused(flaw.get()) : insert(connection, place));
            }
            if (outcomes.stream().anyMatch(outcome -> outcome.kind() == PlaceOutcome.Kind.REFUSED)) {
                connection.rollback();
            }
            return outcomes;
        });
    }

    private static PlaceOutcome insert(Connection connection, NewPlace place) throws SQLException {
        long id = Sql.on(
                        connection,
                        "INSERT INTO places (" + PlaceRows.NAMES + ") VALUES (" + PlaceRows.VALUES + ") RETURNING id",
                        PlaceRows.values(place))
                .one(row -> row.getLong(1));
        MovementDue.placeChanged(connection, place.labels());
        return new PlaceOutcome.Stored(id);
    }

    @Override
    public PlaceOutcome change(long id, NewPlace place) {
        return database.transaction("change a place", connection -> {
            lock(connection);
            Optional<Place> former = find(connection, "WHERE id = ?", id);
            if (former.isEmpty()) {
                return new PlaceOutcome.Unknown();
            }
            Optional<String> flaw = flawOf(connection, place, id);
            if (flaw.isPresent()) {
                return new PlaceOutcome.Refused(flaw.get());
            }
            @Nullable Object[] values = PlaceRows.values(place);
            @Nullable Object[] parameters = Arrays.copyOf(values, values.length + 1);
            parameters[values.length] = id;
            Sql.on(
                            connection,
                            "UPDATE places SET (" + PlaceRows.NAMES + ", changed_at) = ROW (" + PlaceRows.VALUES
                                    + ", now()) WHERE id = ?",
                            parameters)
                    .update();
            Sql.on(connection, "DELETE FROM place_checkpoints WHERE place_id = ?", id)
                    .update();
            MovementDue.placeChanged(connection, former.get().content().labels());
            MovementDue.placeChanged(connection, place.labels());
            return new PlaceOutcome.Stored(id);
        });
    }

    @Override
    public boolean remove(long id) {
        return database.transaction("remove a place", connection -> {
            lock(connection);
            return Sql.on(connection, "DELETE FROM places WHERE id = ?", id).update() == 1;
        });
    }

    /** Whoever judges holds this lock shared, so that a place does not change while it is looked at. */
    private static void lock(Connection connection) throws SQLException {
        Sql.on(connection, "SELECT pg_advisory_xact_lock(hashtextextended('report-store places', 0))")
                .execute();
    }

    private static Optional<String> flawOf(Connection connection, NewPlace place, long id) throws SQLException {
        Optional<String> flaw =
                TrackerCheck.flawOfName(place.name()).or(() -> TrackerCheck.flawOfLabels(place.labels()));
        if (flaw.isPresent()) {
            return flaw;
        }
        if (place.confirm() < 1 || place.dwell().isNegative() || place.maxLag().isNegative()) {
            return Optional.of("confirm must be 1 or more, and dwell and max_lag not negative");
        }
        return Sql.on(
                        connection,
                        "SELECT 1 FROM places WHERE name = ANY (?) AND id <> ?",
                        ArrayOf.texts(Names.forms(place.name())),
                        id)
                .first(row -> "there is a place with the name " + place.name() + " already; choose another name");
    }

    @Override
    public Optional<Place> find(String name) {
        return database.session(
                "find a place",
                connection -> find(connection, "WHERE name = ANY (?)", ArrayOf.texts(Names.forms(name))));
    }

    private static Optional<Place> find(Connection connection, String condition, Object parameter) throws SQLException {
        return Sql.on(connection, "SELECT " + PlaceRows.COLUMNS + " FROM places " + condition, parameter)
                .first(PlaceRows::read);
    }

    @Override
    public List<Place> list() {
        return database.session("list places", JdbcPlaces::list);
    }

    /** All places, by name. */
    public static List<Place> list(Connection connection) throws SQLException {
        return Sql.on(connection, "SELECT " + PlaceRows.COLUMNS + " FROM places ORDER BY name")
                .list(PlaceRows::read);
    }

    @Override
    public List<Transition> transitions(TransitionQuery query) {
        return transitions(selected(query), parameters(query), " ORDER BY p.event_time, p.id");
    }

    @Override
    public List<Transition> transitions(TransitionQuery query, TransitionPage page) {
        List<Object> parameters = parameters(query);
        String condition = selected(query);
        if (!page.labels().isEmpty()) {
            condition += " AND EXISTS (SELECT 1 FROM trackers t WHERE t.id = p.tracker_id AND "
                    + Labels.condition("t.labels", page.labels()) + ")";
            parameters.addAll(List.of(Labels.forms(page.labels())));
        }
        String direction = page.newestFirst() ? " DESC" : "";
        if (page.after().isPresent()) {
            condition += " AND (p.event_time, p.id) " + (page.newestFirst() ? "<" : ">") + " (?, ?)";
            parameters.addAll(
                    List.of(page.after().get().eventTime(), page.after().get().id()));
        }
        parameters.add(page.limit());
        return transitions(
                condition, parameters, " ORDER BY p.event_time" + direction + ", p.id" + direction + " LIMIT ?");
    }

    private static String selected(TransitionQuery query) {
        return "p.event_time >= ? AND p.event_time < ?"
                + (query.trackerIds().isEmpty() ? "" : " AND p.tracker_id = ANY (?)")
                + (query.placeIds().isEmpty() ? "" : " AND p.place_id = ANY (?)")
                + (query.withWithdrawn() ? "" : " AND p.withdrawn_at IS NULL");
    }

    private static List<Object> parameters(TransitionQuery query) {
        List<Object> parameters = new ArrayList<>(List.of(query.from(), query.to()));
        if (!query.trackerIds().isEmpty()) {
            parameters.add(ArrayOf.bigints(query.trackerIds()));
        }
        if (!query.placeIds().isEmpty()) {
            parameters.add(ArrayOf.bigints(query.placeIds()));
        }
        return parameters;
    }

    private List<Transition> transitions(String condition, List<Object> parameters, String order) {
        return database.session(
                "read transitions",
                connection -> Sql.on(
                                connection,
                                "SELECT p.* FROM place_transitions p WHERE " + condition + order,
                                parameters.toArray())
                        .list(TransitionRows::read));
    }
}
