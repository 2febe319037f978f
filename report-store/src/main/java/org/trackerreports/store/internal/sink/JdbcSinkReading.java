package org.trackerreports.store.internal.sink;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.trackerreports.store.feed.FeedItem;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.internal.place.TransitionRows;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.internal.text.Labels;
import org.trackerreports.store.place.Transition;
import org.trackerreports.store.sink.SinkAlert;
import org.trackerreports.store.sink.SinkReading;
import org.trackerreports.store.sink.SinkReplay;
import org.trackerreports.store.sink.TrackerLabels;
import org.trackerreports.store.sink.TransitionPlace;

/** What sinks are told besides the feed, in PostgreSQL. */
record JdbcSinkReading(Database database) implements SinkReading {

    @Override
    public long count(SinkReplay replay) {
        return database.snapshot("count reports", connection -> new ReplayQuery(connection, replay).count());
    }

    @Override
    public List<FeedItem.OfReport> next(SinkReplay replay, int limit) {
        return database.snapshot("read reports again", connection -> new ReplayQuery(connection, replay).next(limit));
    }

    @Override
    public List<FeedItem.OfTransition> transitions(List<SinkAlert> alerts) {
        Map<UUID, Transition> found = database.session("read transitions", connection -> {
            Map<UUID, Transition> byId = new HashMap<>();
            Sql.on(
                            connection,
                            "SELECT * FROM place_transitions WHERE id = ANY (?)",
                            ArrayOf.uuids(
                                    alerts.stream().map(SinkAlert::transition).toList()))
                    .forEach(row -> byId.put(row.getObject("id", UUID.class), TransitionRows.read(row)));
            return byId;
        });
        List<FeedItem.OfTransition> items = new ArrayList<>();
        for (SinkAlert alert : alerts) {
            Transition transition = found.get(alert.transition());
            if (transition != null) {
                items.add(new FeedItem.OfTransition(FeedPlace.parse(alert.place()), transition.asOf(alert.revision())));
            }
        }
        return items;
    }

    @Override
    public Map<UUID, TransitionPlace> places(Collection<UUID> transitions) {
        return database.session("read places", connection -> {
            Map<UUID, TransitionPlace> places = new HashMap<>();
            Sql.on(
                            connection,
                            "SELECT t.id, t.revision, p.name, p.alert FROM place_transitions t JOIN places p ON p.id = t.place_id"
                                    + " WHERE t.id = ANY (?)",
                            ArrayOf.uuids(transitions))
                    .forEach(row -> places.put(
                            row.getObject("id", UUID.class),
                            new TransitionPlace(
                                    row.getInt("revision"), row.getString("name"), row.getBoolean("alert"))));
            return places;
        });
    }

    @Override
    public Map<Long, TrackerLabels> trackers(Collection<Long> ids) {
        return database.session("read names of trackers", connection -> {
            Map<Long, TrackerLabels> trackers = new HashMap<>();
            Sql.on(connection, "SELECT id, name, labels FROM trackers WHERE id = ANY (?)", ArrayOf.bigints(ids))
                    .forEach(row -> trackers.put(
                            row.getLong("id"),
                            new TrackerLabels(
                                    row.getLong("id"),
                                    row.getString("name"),
                                    Labels.fromJson(row.getString("labels")))));
            return trackers;
        });
    }
}
