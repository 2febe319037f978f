package org.trackerreports.findmy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.Alignment;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.key.KeyGroup;
import org.trackerreports.findmy.key.KeyWindow;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.findmy.report.DecryptionOutcome;
import org.trackerreports.findmy.report.EncryptedReport;
import org.trackerreports.findmy.report.LocationReport;
import org.trackerreports.findmy.report.ReportDecryptor;
import org.trackerreports.findmy.report.ReportFlag;
import org.trackerreports.findmy.report.Undecryptable;

/**
 * The search for one tracker: what is to be asked for next, and what was found. Static keys are all asked for at once; an accessory is
 * searched backwards from the newest group of its keys. Not thread-safe.
 */
final class TrackerSearch {

    private final NamedKeys tracker;
    private final Scope scope;
    private final ReportDecryptor decryptor;
    private final KeyWindow window;
    private final int mostGroups;
    private final List<LocationReport> reports = new ArrayList<>();
    private final List<Undecryptable> undecryptable = new ArrayList<>();
    private int nextGroup;
    private boolean found;
    private Optional<FetchOutcome> failure = Optional.empty();

    /**
     * What is looked for.
     *
     * @param newestOnly whether an accessory's search stops at the first group that has reports
     */
    record Scope(Instant from, Instant to, boolean newestOnly) {

        boolean covers(Instant time) {
            return !time.isBefore(from) && !time.isAfter(to);
        }
    }

    TrackerSearch(
            NamedKeys tracker, Scope scope, Instant newestKeys, ClientSettings settings, ReportDecryptor decryptor) {
        this.tracker = tracker;
        this.scope = scope;
        this.decryptor = decryptor;
        this.window = tracker.keys().keysBetween(scope.from(), newestKeys, settings.idsPerRequest());
        this.mostGroups = isAccessory() ? Math.min(window.groups(), settings.requestsPerAccessory()) : window.groups();
    }

    /** What to ask for next; nothing when the search is over. */
    List<KeyGroup> next() {
        if (!unfinished()) {
            return List.of();
        }
        int from = nextGroup;
        nextGroup = isAccessory() ? from + 1 : mostGroups;
        return IntStream.range(from, nextGroup).mapToObj(window::group).toList();
    }

    private boolean isAccessory() {
        return tracker.keys() instanceof Accessory;
    }

    /** Takes from an answer what belongs to the group. */
    void take(KeyGroup group, Map<HashedAdvertisementKey, List<EncryptedReport>> answer) {
        Map<HashedAdvertisementKey, PrivateTrackerKey> keys = Stream.concat(
                        group.primary().stream(), group.secondary().stream())
                .collect(Collectors.toMap(
                        PrivateTrackerKey::hashed, key -> key, (key, same) -> key, LinkedHashMap::new));
        List<EncryptedReport> given = keys.keySet().stream()
                .flatMap(hashed ->
                        answer.getOrDefault(hashed, List.of()).stream().distinct())
                .toList();
        decryptor.decryptAll(given, keys::get).forEach(this::take);
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

    /** The search cannot go on. */
    void fail(FetchOutcome outcome) {
        failure = Optional.of(outcome);
    }

    /** Whether something is left to ask for. */
    boolean unfinished() {
        boolean newestFound = scope.newestOnly() && found && isAccessory();
        return nextGroup < mostGroups && failure.isEmpty() && !newestFound;
    }

    TrackerReports result() {
        return new TrackerReports(tracker, reports, undecryptable, alignment(), failure.or(this::leftOver));
    }

    private Optional<FetchOutcome> leftOver() {
        boolean satisfied = scope.newestOnly() && found;
        return mostGroups == window.groups() || satisfied
                ? Optional.empty()
                : Optional.of(new FetchOutcome.HeldBack("only the newest keys were asked for, " + mostGroups
                        + " requests of " + window.groups() + "; allow more requests per accessory to search on"));
    }

    private Optional<Alignment> alignment() {
        if (!(tracker.keys() instanceof Accessory accessory)) {
            return Optional.empty();
        }
        Accessory aligned = accessory;
        List<LocationReport> oldestFirst = reports.stream()
                .filter(report -> !report.flags().contains(ReportFlag.TIME_IN_FUTURE))
                .sorted(Comparator.comparing(LocationReport::timestamp))
                .toList();
        for (LocationReport report : oldestFirst) {
            aligned = aligned.alignmentAfter(report.key(), report.timestamp())
                    .map(aligned::withAlignment)
                    .orElse(aligned);
        }
        return aligned == accessory ? Optional.empty() : Optional.of(aligned.alignment());
    }
}
