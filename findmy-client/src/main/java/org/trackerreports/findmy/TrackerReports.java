package org.trackerreports.findmy;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.Alignment;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.findmy.report.LocationReport;
import org.trackerreports.findmy.report.Undecryptable;

/**
 * Result of a fetch for one tracker. Immutable.
 *
 * @param tracker the tracker as it was asked for
 * @param reports its reports within the time range, newest first; an implausible report is flagged, not left out
 * @param undecryptable reports that could not be decrypted, each with its reason; keep them
 * @param alignment of an accessory, if it moved forward: store it in place of the former, see {@link #aligned}
 * @param failure why not everything could be asked for; empty if all was asked for, with or without reports
 */
public record TrackerReports(
        NamedKeys tracker,
        List<LocationReport> reports,
        List<Undecryptable> undecryptable,
        Optional<Alignment> alignment,
        Optional<FetchOutcome> failure) {

    /** Reports of low confidence are often hundreds of metres off. */
    private static final int DEFAULT_MINIMUM_CONFIDENCE = 2;

    public TrackerReports {
        Objects.requireNonNull(tracker, "tracker");
        reports = reports.stream()
                .sorted(Comparator.comparing(LocationReport::timestamp).reversed())
                .toList();
        undecryptable = List.copyOf(undecryptable);
        Objects.requireNonNull(alignment, "alignment");
        Objects.requireNonNull(failure, "failure");
    }

    /** The newest report of at least medium confidence without flags. */
    public Optional<LocationReport> latest() {
        return latest(DEFAULT_MINIMUM_CONFIDENCE);
    }

    /**
     * The newest report without flags.
     *
     * @param minimumConfidence leaves out reports of a lower confidence: 1 low, 2 medium, 3 high
     */
    public Optional<LocationReport> latest(int minimumConfidence) {
        return reports.stream()
                .filter(report -> report.confidence() >= minimumConfidence
                        && report.flags().isEmpty())
                .findFirst();
    }

    /** The tracker with its new alignment: store it and use it next time. Unchanged if the alignment did not move. */
    public NamedKeys aligned() {
        return alignment
                .map(newer -> new NamedKeys(
                        tracker.name(),
                        ((Accessory) tracker.keys()).withAlignment(newer),
                        tracker.identifier(),
                        tracker.appleDevice()))
                .orElse(tracker);
    }

    /** For people: how many reports there are, or why there are none. */
    public String message() {
        String count = reports.isEmpty() ? "no reports" : reports.size() + " reports";
        return failure.map(outcome -> count + "; " + outcome.message()).orElse(count);
    }

    /** Without names and positions. */
    @Override
    public String toString() {
        return "TrackerReports[" + message() + "]";
    }
}
