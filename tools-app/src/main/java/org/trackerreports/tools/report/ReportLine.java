package org.trackerreports.tools.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.trackerreports.core.pipeline.DecodedReport;
import org.trackerreports.core.text.Durations;
import org.trackerreports.findmy.report.DecryptionOutcome;
import org.trackerreports.findmy.report.LocationReport;
import org.trackerreports.findmy.report.Undecryptable;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.report.Position;
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

    /** What could be decrypted. */
    public Optional<LocationReport> location() {
        return switch (outcome.kind()) {
            case DECRYPTED -> Optional.of((LocationReport) outcome);
            case UNDECRYPTABLE -> Optional.empty();
        };
    }

    /** Whether the report has flags, which say why its position is implausible. */
    public boolean flagged() {
        return location().filter(location -> !location.flags().isEmpty()).isPresent();
    }

    /** Whether a command that shows these reports shows this one. */
    public boolean isIn(FlagFilter flags) {
        return switch (flags) {
            case WITHOUT -> !flagged();
            case WITH -> true;
            case ONLY -> flagged();
        };
    }

    private Optional<Undecryptable> failure() {
        return switch (outcome.kind()) {
            case DECRYPTED -> Optional.empty();
            case UNDECRYPTABLE -> Optional.of((Undecryptable) outcome);
        };
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
        location().ifPresent(location -> {
            position()
                    .ifPresent(position -> json.put("lat", position.latitude()).put("lon", position.longitude()));
            json.put("accuracy_m", location.horizontalAccuracy())
                    .put("confidence", location.confidence())
                    .put("status", location.status())
                    .put("battery", location.battery().map(ReportLine::word).orElse(null));
            ArrayNode flags = json.putArray("flags");
            location.flags().stream().map(Enum::name).sorted().forEach(flags::add);
        });
        failure()
                .ifPresent(
                        failure -> json.put("problem", word(failure.reason())).put("problem_detail", failure.detail()));
        return json;
    }

    /** A table of reports. */
    public static TextTable table(List<ReportLine> lines) {
        TextTable table = new TextTable(
                "TRACKER", "TIME (UTC)", "LATITUDE", "LONGITUDE", "ACCURACY", "CONFIDENCE", "BATTERY", "REMARK");
        lines.forEach(line -> table.row(
                line.tracker,
                line.time(),
                line.degrees(Position::latitude),
                line.degrees(Position::longitude),
                line.cell(location -> location.horizontalAccuracy() + " m"),
                line.cell(location -> Integer.toString(location.confidence())),
                line.battery(),
                line.remark()));
        return table;
    }

    /**
     * A table with everything about the reports.
     *
     * @param now the time to which ages are counted
     */
    public static TextTable fullTable(List<ReportLine> lines, Instant now) {
        TextTable table = new TextTable(
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
        lines.forEach(line -> table.row(
                line.tracker,
                line.time(),
                line.age(now),
                line.degrees(Position::latitude),
                line.degrees(Position::longitude),
                line.cell(location -> location.horizontalAccuracy() + " m"),
                line.cell(location -> Integer.toString(location.confidence())),
                line.cell(location -> bits(location.status())),
                line.battery(),
                Integer.toString(line.outcome.encrypted().payload().length),
                TextTable.second(line.received),
                line.remark()));
        return table;
    }

    /** A place that is not on earth is none. */
    private Optional<Position> position() {
        return location()
                .map(location -> new Position(location.latitude(), location.longitude()))
                .filter(Position::isOnEarth);
    }

    private String degrees(ToDoubleFunction<Position> coordinate) {
        return position()
                .map(position -> TextTable.degrees(coordinate.applyAsDouble(position)))
                .orElse(NOTHING);
    }

    private String cell(Function<LocationReport, String> text) {
        return location().map(text).orElse(NOTHING);
    }

    private String battery() {
        return location().flatMap(LocationReport::battery).map(ReportLine::word).orElse(NOTHING);
    }

    private String age(Instant now) {
        return outcome.encrypted()
                .timestamp()
                .map(at -> Durations.text(Duration.between(at, now)))
                .orElse(NOTHING);
    }

    private String time() {
        return outcome.encrypted().timestamp().map(TextTable::time).orElse(NOTHING);
    }

    /** The flags of a position, or why there is none. */
    private String remark() {
        return failure()
                .map(Undecryptable::detail)
                .or(() -> location()
                        .map(location -> location.flags().stream()
                                .map(Enum::name)
                                .sorted()
                                .collect(Collectors.joining(", "))))
                .filter(text -> !text.isEmpty())
                .orElse(NOTHING);
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
