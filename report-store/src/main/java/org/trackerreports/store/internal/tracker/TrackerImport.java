package org.trackerreports.store.internal.tracker;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trackerreports.store.internal.inbox.Announcements;
import org.trackerreports.store.internal.secret.SecretCipher;
import org.trackerreports.store.internal.secret.SecretPlace;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.internal.text.Labels;
import org.trackerreports.store.internal.text.Names;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.tracker.AddOutcome;
import org.trackerreports.store.tracker.Alignment;
import org.trackerreports.store.tracker.AlignmentUpdate;
import org.trackerreports.store.tracker.NewTracker;

/** Adds many trackers in one transaction and decides for each whether it can be added. One use. */
final class TrackerImport {

    private static final int CHUNK = 5_000;
    private static final int KEY_CHUNK = 100_000;

    private record Existing(long id, byte[] keyMaterial, String keyId, Optional<Alignment> alignment) {}

    private record Owner(long id, String name) {}

    private record Accepted(long id, NewTracker tracker) {}

    private final Connection connection;
    private final SecretCipher cipher;
    private final Map<String, Existing> byName = new HashMap<>();
    private final Map<String, Owner> keyOwners = new HashMap<>();
    private final Map<Long, Set<String>> keysOfExisting = new HashMap<>();
    private final Map<String, Integer> placeOfName = new HashMap<>();
    /** By name, in the order of the import. */
    private final Map<String, Accepted> accepted = new LinkedHashMap<>();

    private final List<AlignmentUpdate> alignments = new ArrayList<>();

    TrackerImport(Connection connection, SecretCipher cipher) {
        this.connection = connection;
        this.cipher = cipher;
    }

    List<AddOutcome> add(List<NewTracker> trackers) throws SQLException {
        KeyIndex.lockNamesAndKeys(connection);
        List<AddOutcome> outcomes = new ArrayList<>(trackers.size());
        for (int from = 0; from < trackers.size(); from += CHUNK) {
            addChunk(trackers.subList(from, Math.min(from + CHUNK, trackers.size())), outcomes);
        }
        // Tables that were just filled have no statistics, and the next query would be planned as if they were empty.
        if (trackers.size() > CHUNK) {
            Sql.on(connection, "ANALYZE trackers, tracker_keys").execute();
        }
        KeyIndex.attachUnclaimed(connection);
        return outcomes;
    }

    /** What {@link #add} would return. Adds nothing. */
    List<AddOutcome> preview(List<NewTracker> trackers) throws SQLException {
        List<AddOutcome> outcomes = new ArrayList<>(trackers.size());
        for (int from = 0; from < trackers.size(); from += CHUNK) {
            List<NewTracker> chunk = trackers.subList(from, Math.min(from + CHUNK, trackers.size()));
            judgeChunk(chunk, new long[chunk.size()], outcomes);
        }
        return outcomes;
    }

    /** The arrays of one statement must fit into one message, so many trackers need several statements. */
    private void addChunk(List<NewTracker> trackers, List<AddOutcome> outcomes) throws SQLException {
        // Trackers of earlier chunks are in the database by now.
        keyOwners.clear();
        judgeChunk(trackers, nextIds(trackers.size()), outcomes);
        insertTrackers();
        insertKeys();
        Alignments.advance(connection, alignments);
        Announcements.trackers(
                connection, accepted.values().stream().map(Accepted::id).toList());
    }

    private void judgeChunk(List<NewTracker> trackers, long[] ids, List<AddOutcome> outcomes) throws SQLException {
        byName.clear();
        keysOfExisting.clear();
        accepted.clear();
        alignments.clear();
        readExisting(trackers);
        for (int i = 0; i < ids.length; i++) {
            outcomes.add(judge(named(trackers.get(i)), ids[i], outcomes.size()));
        }
    }

    /** The tracker, with its name in the one normal form. */
    private static NewTracker named(NewTracker tracker) {
        return new NewTracker(
                Names.normal(tracker.name()),
                tracker.kind(),
                tracker.keyMaterial(),
                tracker.labels(),
                tracker.hashedKeys(),
                tracker.alignment());
    }

    private AddOutcome judge(NewTracker tracker, long id, int place) {
        Optional<String> flaw = TrackerCheck.flawOf(tracker);
        if (flaw.isPresent()) {
            return new AddOutcome.Refused(flaw.get(), false);
        }
        Accepted twin = accepted.get(tracker.name());
        if (twin != null && hasSameKeys(twin.tracker(), tracker)) {
            return new AddOutcome.AlreadyThere(twin.id(), realign(twin, tracker));
        }
        Existing existing = byName.get(tracker.name());
        if (existing != null && hasSameKeys(existing, tracker)) {
            return new AddOutcome.AlreadyThere(existing.id(), realign(existing, tracker));
        }
        Integer earlier = placeOfName.get(tracker.name());
        if (earlier != null) {
            return new AddOutcome.Refused(
                    "the name occurs twice in this import (items " + (earlier + 1) + " and " + (place + 1) + ")", true);
        }
        if (existing != null) {
            return new AddOutcome.Refused(
                    "a tracker with other keys has this name (id " + existing.id()
                            + "); choose another name, or remove or rename that tracker",
                    true);
        }
        for (String key : tracker.hashedKeys()) {
            Owner owner = keyOwners.get(key);
            if (owner != null) {
                return new AddOutcome.Refused(
                        "one of its keys belongs to tracker " + owner.name()
                                + (owner.id() == 0 ? ", earlier in this import" : " (id " + owner.id() + ")"),
                        false);
            }
        }
        tracker.hashedKeys().forEach(key -> keyOwners.put(key, new Owner(0, tracker.name())));
        placeOfName.put(tracker.name(), place);
        accepted.put(tracker.name(), new Accepted(id, tracker));
        return new AddOutcome.Added(id);
    }

    private static boolean hasSameKeys(NewTracker one, NewTracker other) {
        return one.hashedKeys().isEmpty()
                ? one.keyMaterial().equals(other.keyMaterial())
                : new HashSet<>(one.hashedKeys()).equals(new HashSet<>(other.hashedKeys()));
    }

    private boolean hasSameKeys(Existing existing, NewTracker tracker) {
        Set<String> given = new HashSet<>(tracker.hashedKeys());
        Set<String> known = keysOfExisting.getOrDefault(existing.id(), Set.of());
        // More and more rolling keys become known; the others are known from the beginning.
        boolean same = tracker.alignment().isPresent() ? known.containsAll(given) : known.equals(given);
        if (!given.isEmpty() && same) {
            return true;
        }
        Secret stored = cipher.open(existing.keyMaterial(), existing.keyId(), SecretPlace.trackerKeys(existing.id()));
        try {
            return stored.equals(tracker.keyMaterial());
        } finally {
            stored.wipe();
        }
    }

    private Optional<Alignment> realign(Existing existing, NewTracker tracker) {
        Optional<Alignment> newer = newer(existing.alignment(), tracker);
        newer.ifPresent(alignment -> alignments.add(new AlignmentUpdate(existing.id(), alignment)));
        return newer;
    }

    private Optional<Alignment> realign(Accepted twin, NewTracker tracker) {
        Optional<Alignment> newer = newer(twin.tracker().alignment(), tracker);
        newer.ifPresent(alignment -> {
            NewTracker first = twin.tracker();
            accepted.put(
                    first.name(),
                    new Accepted(
                            twin.id(),
                            new NewTracker(
                                    first.name(),
                                    first.kind(),
                                    first.keyMaterial(),
                                    first.labels(),
                                    first.hashedKeys(),
                                    newer)));
        });
        return newer;
    }

    /** The alignment of a tracker, if it is after the known one; as exact as the database keeps it. */
    private static Optional<Alignment> newer(Optional<Alignment> known, NewTracker tracker) {
        return tracker.alignment()
                .map(given -> new Alignment(given.time().truncatedTo(ChronoUnit.MICROS), given.index()))
                .filter(given -> Alignments.isForward(known, given));
    }

    private void readExisting(List<NewTracker> trackers) throws SQLException {
        List<String> names = trackers.stream()
                .flatMap(tracker -> Names.forms(tracker.name()).stream())
                .toList();
        Sql.on(
                        connection,
                        "SELECT name, id, key_material, key_id, alignment_time, alignment_index FROM trackers"
                                + " WHERE name = ANY (?)",
                        ArrayOf.texts(names))
                .forEach(row -> {
                    long index = row.getLong("alignment_index");
                    Optional<Alignment> alignment =
                            Sql.optionalInstant(row, "alignment_time").map(time -> new Alignment(time, index));
                    byName.put(
                            Names.normal(row.getString(1)),
                            new Existing(row.getLong(2), row.getBytes(3), row.getString(4), alignment));
                });
        List<String> keys = trackers.stream()
                .map(NewTracker::hashedKeys)
                .flatMap(Collection::stream)
                .distinct()
                .toList();
        List<Long> existingIds = byName.values().stream().map(Existing::id).toList();
        Sql.on(
                        connection,
                        "SELECT k.hashed_adv_key, t.id, t.name FROM tracker_keys k"
                                + " JOIN trackers t ON t.id = k.tracker_id"
                                + " WHERE k.hashed_adv_key = ANY (?) OR k.tracker_id = ANY (?)",
                        ArrayOf.texts(keys),
                        ArrayOf.bigints(existingIds))
                .forEach(row -> {
                    Owner owner = new Owner(row.getLong(2), row.getString(3));
                    keyOwners.put(row.getString(1), owner);
                    keysOfExisting
                            .computeIfAbsent(owner.id(), id -> new HashSet<>())
                            .add(row.getString(1));
                });
    }

    private long[] nextIds(int count) throws SQLException {
        return Sql.on(
                        connection,
                        "SELECT nextval(pg_get_serial_sequence('trackers', 'id')) FROM generate_series(1, ?)",
                        count)
                .list(row -> row.getLong(1))
                .stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    /** The id of a row is part of the encryption, so ids are drawn before the rows are inserted. */
    private void insertTrackers() throws SQLException {
        int count = accepted.size();
        List<Accepted> items = List.copyOf(accepted.values());
        Long[] ids = new Long[count];
        String[] names = new String[count];
        String[] kinds = new String[count];
        byte[][] materials = new byte[count][];
        String[] labels = new String[count];
        String[] alignmentTimes = new String[count];
        Long[] alignmentIndexes = new Long[count];
        for (int i = 0; i < count; i++) {
            NewTracker tracker = items.get(i).tracker();
            ids[i] = items.get(i).id();
            names[i] = tracker.name();
            kinds[i] = tracker.kind();
            materials[i] = cipher.seal(tracker.keyMaterial(), SecretPlace.trackerKeys(ids[i]));
            labels[i] = Labels.toJson(tracker.labels());
            alignmentTimes[i] =
                    tracker.alignment().map(a -> a.time().toString()).orElse(null);
            alignmentIndexes[i] = tracker.alignment().map(Alignment::index).orElse(null);
        }
        Sql.on(
                        connection,
                        "INSERT INTO trackers"
                                + " (id, name, kind, key_material, key_id, labels, alignment_time, alignment_index)"
                                + " SELECT id, name, kind, key_material, ?, labels::jsonb, alignment_time::timestamptz,"
                                + " alignment_index FROM unnest(?::bigint[], ?::text[], ?::text[], ?::bytea[], ?::text[],"
                                + " ?::text[], ?::bigint[])"
                                + " AS t (id, name, kind, key_material, labels, alignment_time, alignment_index)",
                        cipher.currentKeyId(),
                        new ArrayOf("bigint", ids),
                        new ArrayOf("text", names),
                        new ArrayOf("text", kinds),
                        new ArrayOf("bytea", materials),
                        new ArrayOf("text", labels),
                        new ArrayOf("text", alignmentTimes),
                        new ArrayOf("bigint", alignmentIndexes))
                .update();
    }

    private void insertKeys() throws SQLException {
        List<String> keys = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        for (Accepted item : accepted.values()) {
            for (String key : new HashSet<>(item.tracker().hashedKeys())) {
                keys.add(key);
                ids.add(item.id());
            }
        }
        for (int from = 0; from < keys.size(); from += KEY_CHUNK) {
            int to = Math.min(from + KEY_CHUNK, keys.size());
            Sql.on(
                            connection,
                            "INSERT INTO tracker_keys SELECT * FROM unnest(?::text[], ?::bigint[])",
                            ArrayOf.texts(keys.subList(from, to)),
                            ArrayOf.bigints(ids.subList(from, to)))
                    .update();
        }
    }
}
