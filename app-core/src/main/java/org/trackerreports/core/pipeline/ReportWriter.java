package org.trackerreports.core.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.trackerreports.findmy.report.EncryptedReport;
import org.trackerreports.findmy.report.LocationReport;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.city.CityFinder;
import org.trackerreports.store.report.InsertResult;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.ReportOutcome;

/**
 * Stores decoded reports with their nearest city, and the accessories' alignments. Thread-safe.
 *
 * @param history older reports are not stored
 */
public record ReportWriter(ReportStore store, CityFinder cities, Duration history, Clock clock) {

    /**
     * Result of the write.
     *
     * @param flagged how many reports have each flag
     * @param lags for each report that was new, from the sighting until now
     */
    public record Written(
            int received,
            long stored,
            long duplicates,
            long refused,
            int undecryptable,
            Map<String, Integer> flagged,
            List<Duration> lags) {

        static final Written NOTHING = new Written(0, 0, 0, 0, 0, Map.of(), List.of());

        /** Both together. */
        Written and(Written other) {
            Map<String, Integer> bothFlagged = new HashMap<>(flagged);
            other.flagged.forEach((flag, count) -> bothFlagged.merge(flag, count, Integer::sum));
            List<Duration> bothLags = new ArrayList<>(lags);
            bothLags.addAll(other.lags);
            return new Written(
                    received + other.received,
                    stored + other.stored,
                    duplicates + other.duplicates,
                    refused + other.refused,
                    undecryptable + other.undecryptable,
                    bothFlagged,
                    bothLags);
        }
    }

    /**
     * Stores what was received just now, part by part, each as {@link #write(List, Instant)} does. Whoever judges the reports reads a
     * transaction as a whole, so a large one would need much of their memory. If a part fails, those before it are stored.
     */
    public Written write(List<DecodedReport> reports) {
        Instant receivedAt = clock.instant();
        return Parts.of(reports).map(part -> write(part, receivedAt)).reduce(Written.NOTHING, Written::and);
    }

    /**
     * Stores in one transaction.
     *
     * @param receivedAt when the reports came; what was too old then is left out
     * @throws org.trackerreports.store.error.StoreException if the database is away; nothing is half-written, and the same call may be
     *     repeated
     */
    public Written write(List<DecodedReport> reports, Instant receivedAt) {
        Instant oldest = receivedAt.minus(history);
        List<NewReport> rows = new ArrayList<>();
        Sightings sightings = new Sightings();
        int undecryptable = 0;
        for (DecodedReport report : reports) {
            Optional<Instant> timestamp = report.outcome().encrypted().timestamp();
            if (timestamp.isEmpty() || timestamp.get().isBefore(oldest)) {
                continue;
            }
            rows.add(row(report, timestamp.get(), receivedAt));
            if (report.outcome() instanceof LocationReport location) {
                sightings.add(report.target(), location);
            } else {
                undecryptable++;
            }
        }
        if (rows.isEmpty()) {
            return new Written(reports.size(), 0, 0, 0, 0, Map.of(), List.of());
        }
        InsertResult result = store.reports().insert(rows, sightings.alignmentUpdates());
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
            row.content().flags().forEach(flag -> flagged.merge(flag, 1, Integer::sum));
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

    private NewReport row(DecodedReport report, Instant timestamp, Instant receivedAt) {
        EncryptedReport encrypted = report.outcome().encrypted();
        return new NewReport(
                OptionalLong.of(report.target().trackerId()),
                encrypted.key().base64(),
                timestamp,
                ReportContents.of(report.outcome(), cities),
                Optional.of(Payload.of(encrypted.payload())),
                receivedAt);
    }
}
