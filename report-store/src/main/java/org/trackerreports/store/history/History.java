package org.trackerreports.store.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.trackerreports.store.error.UnknownTrackerException;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.StoredReport;

/**
 * Says where trackers are and were. Reports and latest positions are always up to date. Hours and days are as of the last
 * {@link #refresh()}; TimescaleDB adds the current hour and day by itself. Thread-safe.
 */
public interface History {

    /**
     * The latest position of every tracker that has one, sorted by name, from reports with confidence 2 or more that are not wrong. While
     * a process judges reports, these are the judged ones; otherwise they are read from the reports, which takes longer.
     */
    List<LatestPosition> latest();

    /** The latest positions of these trackers, as {@link #latest()}; a tracker without a position is left out. */
    List<LatestPosition> latest(Collection<Long> trackerIds);

    /** The latest positions of these trackers, sorted by name, from reports with at least this confidence, and with or without flags. */
    List<LatestPosition> latest(Collection<Long> trackerIds, int minimumConfidence, FlagFilter flags);

    /**
     * A page of {@link #latest()}.
     *
     * @param afterName the name of the last tracker of the page before; empty for the first page
     * @param limit at least 1
     */
    List<LatestPosition> latestPage(String afterName, int limit);

    /**
     * The latest positions in a box, in no particular order.
     *
     * @param limit at least 1
     */
    List<LatestPosition> latestIn(GeoBox box, int limit);

    /** The latest positions of the trackers that have all of these labels, as {@link #latest()}. */
    List<LatestPosition> latest(Map<String, String> labels);

    /**
     * The reports with a position, sorted by tracker and time.
     *
     * @throws UnknownTrackerException if one of the trackers does not exist
     */
    List<StoredReport> reports(HistoryQuery query);

    /**
     * A page of the reports with a position of one tracker, in the order of {@link ReportPlace}.
     *
     * @param query names exactly one tracker
     * @param after the last report of the page before; empty for the first page
     * @param limit at least 1
     * @throws UnknownTrackerException if the tracker does not exist
     */
    List<StoredReport> reportPage(HistoryQuery query, Optional<ReportPlace> after, int limit);

    /**
     * The hours that the range touches, each complete, sorted by tracker and time; hours without a report are left out. In a zone whose
     * offset is not a whole number of hours, the answer reaches back only as far as reports are kept.
     *
     * @throws UnknownTrackerException if one of the trackers does not exist
     */
    List<HistoryBucket> hours(HistoryQuery query);

    /**
     * The first of {@link #hours(HistoryQuery)}.
     *
     * @param limit at least 1
     */
    List<HistoryBucket> hours(HistoryQuery query, int limit);

    /**
     * The days that the range touches, each complete, sorted by tracker and time; days without a report are left out. In a zone other
     * than UTC the answer reaches back only as far as hours are kept; if the offset is not a whole number of hours, only as far as
     * reports are kept.
     *
     * @throws UnknownTrackerException if one of the trackers does not exist
     */
    List<HistoryBucket> days(HistoryQuery query);

    /**
     * The first of {@link #days(HistoryQuery)}.
     *
     * @param limit at least 1
     */
    List<HistoryBucket> days(HistoryQuery query, int limit);

    /** How many reports {@link #reports} leaves out. */
    LeftOutReports leftOut(HistoryQuery query);

    /** As {@link #reports}, one by one, without holding them all in memory. */
    void forEachReport(HistoryQuery query, Consumer<StoredReport> consumer);

    /** As {@link #hours(HistoryQuery)}, one by one, without holding them all in memory. */
    void forEachHour(HistoryQuery query, Consumer<HistoryBucket> consumer);

    /** As {@link #days(HistoryQuery)}, one by one, without holding them all in memory. */
    void forEachDay(HistoryQuery query, Consumer<HistoryBucket> consumer);

    /**
     * The reports within a distance of a place, nearest first.
     *
     * @param radiusMetres more than 0
     * @param limit maximum number of reports, 1 or more
     */
    List<NearbyReport> near(Position centre, double radiusMetres, HistoryQuery query, int limit);

    /**
     * The reports in a box or on its border, newest first.
     *
     * @param limit maximum number of reports, 1 or more
     */
    List<StoredReport> inBox(GeoBox box, HistoryQuery query, int limit);

    /**
     * How often one tracker was seen, and when it was not.
     *
     * @param query names exactly one tracker; days are counted in its zone, hours in UTC
     * @param minimumGap gaps of at least this length are listed; one hour or more
     * @throws UnknownTrackerException if the tracker does not exist
     */
    Coverage coverage(HistoryQuery query, Duration minimumGap);

    /** Counts the trackers, and the reports received since an instant. */
    StoreCounts counts(Instant receivedSince);

    /**
     * Brings hours and days up to date, including those for which late reports arrived. The cost depends on what arrived since the last
     * refresh, not on how much is stored. Call this every few minutes, from any number of instances.
     *
     * @return false if another instance is refreshing now
     */
    boolean refresh();

    /** Whether the role of the database may {@link #refresh}: it owns the tables, or has the rights of who does. */
    boolean mayRefresh();
}
