package org.trackerreports.core.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.report.EncryptedReport;
import org.trackerreports.findmy.report.LocationReport;
import org.trackerreports.findmy.report.ReportFlag;
import org.trackerreports.findmy.report.Undecryptable;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.city.City;
import org.trackerreports.store.city.CityFinder;
import org.trackerreports.store.report.InsertResult;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportOutcome;
import org.trackerreports.store.tracker.Alignment;
import org.trackerreports.store.tracker.AlignmentUpdate;

/** Stores decoded reports with their nearest city, and the accessories' alignments, in one transaction. Thread-safe. */
public final class ReportWriter {

    private final ReportStore store;
    private final CityFinder cities;
    private final Duration history;
    private final Clock clock;

    /**
     * A writer.
     *
     * @param history older reports are not stored
     */
    public ReportWriter(ReportStore store, CityFinder cities, Duration history, Clock clock) {
        this.store = store;
        this.cities = cities;
        this.history = history;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param flagged how many reports carry each mark
     * @param lags for each report that was new, from the sighting until now
     */
    public record Written(
            int received,
            long stored,
            long duplicates,
            long refused,
            int undecryptable,
            Map<String, Integer> flagged,
            List<Duration> lags) {}

    /**
     * Stores what was received just now; as {@link #write(List, Instant)}.
     */
    public Written write(List<DecodedReport> reports) {
        return write(reports, clock.instant());
    }

    /**
     * Stores.
     *
     * @param receivedAt when the reports came; what was too old then is left out
     * @throws org.trackerreports.store.error.StoreException if the database is away; nothing is half-written, and the same call may be
     *     repeated
     */
    public Written write(List<DecodedReport> reports, Instant receivedAt) {
        Instant oldest = receivedAt.minus(history);
        List<NewReport> rows = new ArrayList<>();
        Map<Long, org.trackerreports.findmy.key.Alignment> alignments = new HashMap<>();
        int undecryptable = 0;
        for (DecodedReport report : reports) {
            Optional<Instant> timestamp = report.outcome().encrypted().timestamp();
            if (timestamp.isEmpty() || timestamp.get().isBefore(oldest)) {
                continue;
            }
            if (report.outcome() instanceof LocationReport location) {
                rows.add(row(report.target(), location, receivedAt));
                advance(alignments, report.target(), location);
            } else {
                undecryptable++;
                rows.add(row(report.target(), (Undecryptable) report.outcome(), timestamp.get(), receivedAt));
            }
        }
        List<AlignmentUpdate> updates = alignments.entrySet().stream()
                .map(entry -> new AlignmentUpdate(
                        entry.getKey(),
                        new Alignment(entry.getValue().time(), entry.getValue().index())))
                .toList();
        if (rows.isEmpty()) {
            return new Written(reports.size(), 0, 0, 0, 0, Map.of(), List.of());
        }
        InsertResult result = store.reports().insert(rows, updates);
        return new Written(
                reports.size(),
                result.newReports(),
                result.duplicates(),
                result.refused(),
                undecryptable,
                flagged(rows),
                lags(rows, result));
    }

    private static Map<String, Integer> flagged(List<NewReport> rows) {
        Map<String, Integer> flagged = new HashMap<>();
        for (NewReport row : rows) {
            row.marks().forEach(mark -> flagged.merge(mark, 1, Integer::sum));
        }
        return flagged;
    }

    private List<Duration> lags(List<NewReport> rows, InsertResult result) {
        Instant stored = clock.instant();
        List<Duration> lags = new ArrayList<>();
        for (int number = 0; number < rows.size(); number++) {
            if (result.outcomes().get(number).kind() == ReportOutcome.Kind.NEW) {
                lags.add(Duration.between(rows.get(number).timestamp(), stored));
            }
        }
        return lags;
    }

    /** Each sighting is applied to what the ones before left, so that the newest counts whatever the order. */
    private static void advance(
            Map<Long, org.trackerreports.findmy.key.Alignment> alignments, FetchTarget target, LocationReport report) {
        if (target.keys() instanceof Accessory accessory && !report.flags().contains(ReportFlag.TIME_IN_FUTURE)) {
            org.trackerreports.findmy.key.Alignment known =
                    alignments.getOrDefault(target.trackerId(), accessory.alignment());
            accessory
                    .withAlignment(known)
                    .alignmentAfter(report.key(), report.timestamp())
                    .ifPresent(next -> alignments.put(target.trackerId(), next));
        }
    }

    private NewReport row(FetchTarget target, LocationReport report, Instant receivedAt) {
        boolean place = !report.flags().contains(ReportFlag.COORDINATES_OUT_OF_RANGE);
        Optional<String> city =
                place ? cities.nearest(report.latitude(), report.longitude()).map(City::label) : Optional.empty();
        Set<String> marks = report.flags().stream()
                .map(mark -> mark.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return new NewReport(
                OptionalLong.of(target.trackerId()),
                report.key().base64(),
                report.timestamp(),
                Optional.of(new Position(report.latitude(), report.longitude())),
                report.confidence(),
                OptionalDouble.of(report.horizontalAccuracy()),
                OptionalInt.of(report.status()),
                report.encrypted().payload(),
                receivedAt,
                city,
                marks,
                Optional.empty());
    }

    private static NewReport row(FetchTarget target, Undecryptable report, Instant timestamp, Instant receivedAt) {
        EncryptedReport encrypted = report.encrypted();
        return new NewReport(
                OptionalLong.of(target.trackerId()),
                encrypted.key().base64(),
                timestamp,
                Optional.empty(),
                0,
                OptionalDouble.empty(),
                OptionalInt.empty(),
                encrypted.payload(),
                receivedAt,
                Optional.empty(),
                Set.of(),
                Optional.of(report.reason().name().toLowerCase(Locale.ROOT)));
    }
}
