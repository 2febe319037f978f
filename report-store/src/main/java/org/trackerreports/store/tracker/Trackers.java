package org.trackerreports.store.tracker;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** The trackers and their keys. Times of changes come from the database, whose clock all instances share. Thread-safe. */
public interface Trackers {

    /**
     * Adds trackers in one transaction. A tracker with wrong values is refused; the others are added. Reports with their keys that were
     * stored earlier become theirs.
     *
     * @return one outcome per tracker, in the given order
     */
    List<AddOutcome> add(List<NewTracker> trackers);

    /**
     * What {@link #add} would return now. Adds nothing.
     *
     * @return one outcome per tracker, in the given order; the id of a tracker that would be added is 0
     */
    List<AddOutcome> previewAdd(List<NewTracker> trackers);

    /** Finds a tracker by its name. */
    Optional<Tracker> find(String name);

    /** Finds a tracker by its id. */
    Optional<Tracker> find(long id);

    /** The trackers with these ids, sorted by id; unknown ids are left out. */
    List<Tracker> findAll(Collection<Long> ids);

    /** Finds the tracker that owns a key. */
    Optional<Tracker> findByKey(String hashedAdvKey);

    /** The known keys of a tracker, sorted. */
    List<String> hashedKeys(long id);

    /** All trackers, sorted by name. Each holds its key material; for very many trackers use {@link #forEachEnabledId}. */
    List<Tracker> list();

    /** The trackers that have all of these labels, sorted by name. */
    List<Tracker> list(Map<String, String> labels);

    /** Passes the trackers of a kind, sorted by id, without holding them all in memory. Each holds its key material. */
    void forEachOfKind(String kind, Consumer<Tracker> consumer);

    /** Passes the ids of all enabled trackers in ascending order, without holding them all in memory. */
    void forEachEnabledId(LongConsumer consumer);

    /** Passes the names of all trackers, sorted, without holding them all in memory. Decrypts no key material. */
    void forEachName(Consumer<String> consumer);

    /**
     * The trackers that were added, changed or removed since an instant. All programs that write to the database must use the same
     * role, or this role must be allowed to see their transactions.
     *
     * @param since {@link TrackerChanges#next} of the previous answer; {@link Instant#EPOCH} for all trackers
     */
    TrackerChanges changedSince(Instant since);

    /** Renames a tracker. Refused if the name is taken, or is not 1 to 200 printable characters. */
    ChangeOutcome rename(long id, String name);

    /** Sets whether reports of a tracker are to be fetched. */
    ChangeOutcome setEnabled(long id, boolean enabled);

    /**
     * Sets and removes labels of a tracker; other labels stay. A label in both arguments is set.
     *
     * @param set names of 1 to 200 and values of up to 1,000 printable characters
     * @param remove names; a name that the tracker does not have is ignored
     */
    ChangeOutcome changeLabels(long id, Map<String, String> set, Collection<String> remove);

    /**
     * Replaces the keys of a tracker; its reports and history stay. Afterwards nobody owns the former keys, and payloads that were
     * encrypted for them can no longer be decrypted, so keep these keys elsewhere if you may need them. A fetch that began before may
     * still store reports and an alignment of the former keys.
     *
     * @return refused if a key belongs to another tracker
     */
    ChangeOutcome replaceKeys(long id, TrackerKeys keys);

    /**
     * Removes a tracker and its keys.
     *
     * @param withReports whether its reports and its history are removed as well; otherwise they stay without a tracker, and a tracker
     *     that is added with the same keys gets them
     * @return false if no tracker has this id
     */
    boolean remove(long id, boolean withReports);

    /**
     * Adds keys to a tracker as its rolling keys come into use.
     *
     * @return how many were not registered before; a key of another tracker stays with that tracker
     * @throws IllegalArgumentException if a key is not standard base64 of 32 bytes
     */
    int registerKeys(long trackerId, Collection<String> hashedKeys);
}
