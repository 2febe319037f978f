package org.trackerreports.store.view;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.store.history.GeoBox;

/**
 * Reads trackers without their secrets. A role of the database without the right to key material can use it. While a process judges reports,
 * latest positions are the judged ones; otherwise they are read from the reports, which takes longer. Thread-safe.
 */
public interface TrackerViews {

    /**
     * The first trackers of a selection, in an order.
     *
     * @param limit at least 1
     */
    List<TrackerView> list(TrackerSelection selection, TrackerOrder order, int limit);

    /** How many trackers there are. */
    long count(TrackerSelection selection);

    /** The tracker with this id, if it has these labels. */
    Optional<TrackerView> find(long id, Map<String, String> labels);

    /** The trackers with these ids, sorted by id; unknown ids are left out. */
    List<TrackerView> findAll(Collection<Long> ids);

    /**
     * The trackers whose latest position is in a box, in no particular order.
     *
     * @param limit at least 1
     */
    List<TrackerView> in(GeoBox box, TrackerSelection selection, int limit);

    /**
     * The latest positions in a box, grouped by a grid. As far as reports were judged.
     *
     * @param cellDegrees the side of a cell of the grid, more than 0
     */
    List<Cluster> clusters(GeoBox box, TrackerSelection selection, double cellDegrees);

    /**
     * Reads all latest positions, sorted by the ids of their trackers. For a program that keeps them: {@link #changedPositions} tells it what happens
     * afterwards. Reads nothing while no process judges reports, or while those from before the feed are judged: then nobody is told what happens.
     *
     * @param least read nothing if there are fewer; at least 1
     * @return from where to go on; empty if nothing was read
     */
    Optional<PositionsRead> allPositions(int least, PositionTaker taker);

    /**
     * Reads the latest positions of the trackers that something happened to, in any order, each once.
     *
     * @return from where to go on; empty if that cannot be told any more: then read all again
     */
    Optional<PositionsRead> changedPositions(PositionsRead since, PositionTaker taker);

    /**
     * The labels of trackers, the most frequent first.
     *
     * @param after the last of the page before; empty for the first page
     * @param limit at least 1
     */
    List<LabelCount> labels(TrackerSelection selection, Optional<LabelCount> after, int limit);

    /**
     * Identifies the state of trackers, latest positions, their conditions and places: whenever one of them changes, so does this text.
     * Costs one short query.
     */
    String version();

    /**
     * The newest reports of keys as they were received, also of those that could not be decrypted, the newest first. Unknown keys, and
     * those of other trackers, are left out.
     *
     * @param keys base64 of SHA-256 of advertisement keys
     * @param labels those of the trackers that count
     * @param after reports at this time or earlier are left out
     * @param limit the most reports of one key, at least 1
     */
    List<KeyPayload> payloads(Collection<String> keys, Map<String, String> labels, Instant after, int limit);
}
