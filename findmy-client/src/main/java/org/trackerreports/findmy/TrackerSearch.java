package org.trackerreports.findmy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.KeyCursor;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.Alignment;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.findmy.report.DecryptionOutcome;
import org.trackerreports.findmy.report.EncryptedReport;
import org.trackerreports.findmy.report.LocationReport;
import org.trackerreports.findmy.report.ReportDecryptor;
import org.trackerreports.findmy.report.Undecryptable;

/**
 * The search for one tracker: what was found, and whether to go on. Not thread-safe.
 */
final class TrackerSearch {

    private final NamedKeys tracker;
    private final Scope scope;
    private final ReportDecryptor decryptor;
    private final int parts;
    private final int maxParts;
    private final List<LocationReport> reports = new ArrayList<>();
    private final List<Undecryptable> undecryptable = new ArrayList<>();
    private boolean found;
    private Optional<FetchOutcome> failure = Optional.empty();

    /**
     * What is looked for.
     *
     * @param newestOnly whether an accessory's search stops at the first part that has reports
     */
    record Scope(Instant from, Instant to, boolean newestOnly) {

        boolean covers(Instant time) {
            return !time.isBefore(from) && !time.isAfter(to);
        }
    }

    /**
     * A search.
     *
     * @param maxRequests how many requests an accessory's search may take
     */
    TrackerSearch(NamedKeys tracker, Scope scope, KeyCursor newest, int maxRequests, ReportDecryptor decryptor) {
        this.tracker = tracker;
        this.scope = scope;
        this.decryptor = decryptor;
        this.parts = newest.parts();
        this.maxParts = newest.rolling() ? Math.min(parts, maxRequests) : parts;
    }

    /** Takes the tracker's reports from an answer. */
    void take(List<EncryptedReport> given, Function<HashedAdvertisementKey, PrivateTrackerKey> keys) {
        decryptor.decryptAll(given, keys).forEach(this::take);
    }

    private void take(DecryptionOutcome outcome) {
        if (outcome instanceof LocationReport position) {
            if (scope.covers(position.timestamp())) {
                reports.add(position);
                found = true;
            }
        } else if (outcome instanceof Undecryptable failed) {
            undecryptable.add(failed);
        }
    }

    /** Ends the search. */
    void fail(FetchOutcome outcome) {
        failure = Optional.of(outcome);
    }

    /** Whether to ask for more of its keys. */
    boolean wantsMore() {
        boolean newestFound = scope.newestOnly() && found && isAccessory();
        return failure.isEmpty() && !newestFound;
    }

    private boolean isAccessory() {
        return tracker.keys() instanceof Accessory;
    }

    TrackerReports result() {
        return new TrackerReports(tracker, reports, undecryptable, alignment(), failure.or(this::leftOver));
    }

    private Optional<FetchOutcome> leftOver() {
        boolean satisfied = scope.newestOnly() && found;
        return maxParts == parts || satisfied
                ? Optional.empty()
                : Optional.of(new FetchOutcome.HeldBack(
                        "only the newest keys were asked for, " + maxParts + " requests of " + parts
                                + "; allow more requests per accessory to search on",
                        Duration.ZERO));
    }

    private Optional<Alignment> alignment() {
        if (!(tracker.keys() instanceof Accessory accessory)) {
            return Optional.empty();
        }
        Alignment moved = accessory
                .alignedBy(reports.stream()
                        .map(LocationReport::sighting)
                        .flatMap(Optional::stream)
                        .toList())
                .alignment();
        return moved.equals(accessory.alignment()) ? Optional.empty() : Optional.of(moved);
    }
}
