package org.trackerreports.tools.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.trackerreports.core.pipeline.DecodedReport;
import org.trackerreports.findmy.report.DecryptionOutcome;
import org.trackerreports.findmy.report.LocationReport;
import org.trackerreports.findmy.report.Undecryptable;
import org.trackerreports.tools.text.Durations;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;

/**
 * A report with its tracker, as commands show it.
 *
 * @param tracker the tracker's name
 * @param outcome the outcome of the decryption
 * @param received when it was received
 */
public record ReportLine(String tracker, DecryptionOutcome outcome, Instant received) {

    private static final String NOTHING = "-";

    /** A report that was just received. */
    public static ReportLine of(DecodedReport report, Instant received) {
        return new ReportLine(report.target().name(), report.outcome(), received);
    }

    /** The position, if it could be decrypted. */
    public Optional<LocationReport> location() {
        return outcome instanceof LocationReport location ? Optional.of(location) : Optional.empty();
    }

    /** The report as an object; see the README for its fields. */
    public ObjectNode json() {
        ObjectNode json = Json.object()
                .put("tracker", tracker)
                .put(
                        "event_time",
                        outcome.encrypted().timestamp().map(Instant::toString).orElse(null))
                .put("received_time", received.toString())
                .put("hashed_adv_key", outcome.encrypted().key().base64())
                .put(
                        "payload",
                        Base64.getEncoder().encodeToString(outcome.encrypted().payload()))
                .put("payload_bytes", outcome.encrypted().payload().length);
        if (outcome instanceof LocationReport location) {
            json.put("lat", location.latitude())
                    .put("lon", location.longitude())
                    .put("accuracy_m", location.horizontalAccuracy())
                    .put("confidence", location.confidence())
                    .put("status", location.status())
                    .put("battery", location.battery().map(ReportLine::word).orElse(null));
            ArrayNode flags = json.putArray("flags");
            location.flags().stream().map(ReportLine::word).sorted().forEach(flags::add);
        } else if (outcome instanceof Undecryptable failure) {
            json.put("problem", word(failure.reason())).put("problem_detail", failure.detail());
        }
        return json;
    }

    /** A table for {@link #addTo}. */
    public static TextTable table() {
        return new TextTable(
                "TRACKER", "TIME (UTC)", "LATITUDE", "LONGITUDE", "ACCURACY", "CONFIDENCE", "BATTERY", "REMARK");
    }

    /** Adds a row to a {@link #table}. */
    public void addTo(TextTable table) {
        String time = time();
        if (outcome instanceof LocationReport location) {
            table.row(
                    tracker,
                    time,
                    TextTable.degrees(location.latitude()),
                    TextTable.degrees(location.longitude()),
                    location.horizontalAccuracy() + " m",
                    Integer.toString(location.confidence()),
                    location.battery().map(ReportLine::word).orElse(NOTHING),
                    remark(location));
        } else {
            table.row(tracker, time, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, remark());
        }
    }

    /** A table for {@link #addInFullTo}. */
    public static TextTable fullTable() {
        return new TextTable(
                "TRACKER",
                "TIME (UTC)",
                "AGE",
                "LATITUDE",
                "LONGITUDE",
                "ACCURACY",
                "CONFIDENCE",
                "STATUS",
                "BATTERY",
                "BYTES",
                "RECEIVED (UTC)",
                "REMARK");
    }

    /**
     * Adds a row to a {@link #fullTable}.
     *
     * @param now the time to which ages are counted
     */
    public void addInFullTo(TextTable table, Instant now) {
        String time = time();
        String age = outcome.encrypted()
                .timestamp()
                .map(at -> Durations.text(Duration.between(at, now)))
                .orElse(NOTHING);
        String bytes = Integer.toString(outcome.encrypted().payload().length);
        String receivedAt = TextTable.second(received);
        if (outcome instanceof LocationReport location) {
            table.row(
                    tracker,
                    time,
                    age,
                    TextTable.degrees(location.latitude()),
                    TextTable.degrees(location.longitude()),
                    location.horizontalAccuracy() + " m",
                    Integer.toString(location.confidence()),
                    bits(location.status()),
                    location.battery().map(ReportLine::word).orElse(NOTHING),
                    bytes,
                    receivedAt,
                    remark(location));
        } else {
            table.row(
                    tracker,
                    time,
                    age,
                    NOTHING,
                    NOTHING,
                    NOTHING,
                    NOTHING,
                    NOTHING,
                    NOTHING,
                    bytes,
                    receivedAt,
                    remark());
        }
    }

    private String time() {
        return outcome.encrypted().timestamp().map(TextTable::time).orElse(NOTHING);
    }

    private String remark() {
        return outcome instanceof Undecryptable failure ? failure.detail() : NOTHING;
    }

    private static String remark(LocationReport location) {
        return location.flags().isEmpty()
                ? NOTHING
                : location.flags().stream().map(ReportLine::word).sorted().collect(Collectors.joining(", "));
    }

    /** The eight bits of a status byte. The first two are the battery's state; the meaning of the others is not known. */
    static String bits(int status) {
        String bits = String.format(Locale.ROOT, "%8s", Integer.toBinaryString(status))
                .replace(' ', '0');
        return bits.substring(0, 2) + " " + bits.substring(2);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
