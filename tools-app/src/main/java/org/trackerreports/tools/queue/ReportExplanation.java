package org.trackerreports.tools.queue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.trackerreports.movement.Finding;
import org.trackerreports.movement.Flag;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;

/**
 * Why a report has its flags.
 *
 * @param findings of the rules, computed again from the reports around it
 */
record ReportExplanation(String tracker, StoredReport report, List<Finding> findings) {

    private static final Map<Flag, String> RULES = Map.of(
            Flag.SPEED, "too fast to the reports before and after",
            Flag.SPIKE, "far away for a moment and straight back",
            Flag.NULL_ISLAND, "exactly 0, 0, which a finder without a position reports",
            Flag.FUTURE, "from after its receipt: the finder's clock ran ahead",
            Flag.COARSE, "too inaccurate to decide anything",
            Flag.UNCONFIRMED, "the newest report, surprisingly far away, and not confirmed yet");

    private static final Map<String, String> NUMBERS = Map.of(
            "speed_mps", "speed",
            "distance_m", "distance to the report before",
            "reports", "reports judged together",
            "angle_deg", "angle",
            "leg_before_m", "way there",
            "leg_after_m", "way back",
            "ahead_s", "ahead",
            "accuracy_m", "accuracy");

    private static final Map<String, String> UNITS = Map.of("mps", "m/s", "m", "m", "s", "s", "deg", "°");

    ReportExplanation {
        findings = List.copyOf(findings);
    }

    /** The flags that the rules give, and those that whoever stored the report gave and no rule looks at. */
    SortedSet<String> computed() {
        SortedSet<String> flags = new TreeSet<>(report.content().flags());
        for (Flag flag : Flag.values()) {
            flags.remove(flag.name());
        }
        findings.forEach(finding -> flags.add(finding.flag().name()));
        return flags;
    }

    /** Whether the stored flags are those that the rules give now. */
    boolean isJudged() {
        return computed().equals(report.content().flags());
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("tracker", tracker)
                .put("event_time", report.timestamp().toString())
                .put("received_time", report.receivedAt().toString());
        report.content()
                .position()
                .ifPresent(position -> json.put("lat", position.latitude()).put("lon", position.longitude()));
        report.content().horizontalAccuracy().ifPresent(metres -> json.put("accuracy_m", metres));
        json.put("confidence", report.content().confidence());
        report.content().flags().forEach(json.putArray("flags")::add);
        json.put("judged", isJudged());
        ArrayNode found = json.putArray("findings");
        for (Finding finding : findings) {
            ObjectNode each = found.addObject()
                    .put("flag", finding.flag().name())
                    .put("wrong", finding.flag().isWrong())
                    .put("rule", RULES.get(finding.flag()));
            ArrayNode numbers = each.putArray("numbers");
            finding.numbers()
                    .forEach((name, value) -> numbers.addObject()
                            .put("name", name)
                            .put("value", value)
                            .put("unit", unit(name)));
        }
        return json;
    }

    TextTable table() {
        TextTable table = new TextTable("REPORT", tracker);
        table.row("time", TextTable.time(report.timestamp()));
        table.row("received", TextTable.second(report.receivedAt()));
        report.content()
                .position()
                .ifPresent(position -> table.row(
                        "position",
                        TextTable.degrees(position.latitude()) + ", " + TextTable.degrees(position.longitude())));
        table.row("accuracy", TextTable.metres(report.content().horizontalAccuracy()));
        table.row("confidence", Integer.toString(report.content().confidence()));
        table.row("stored flags", words(report.content().flags()));
        for (Finding finding : findings) {
            table.row(
                    finding.flag().name(),
                    (finding.flag().isWrong() ? "wrong: " : "uncertain: ") + RULES.get(finding.flag()));
            finding.numbers().forEach((name, value) -> table.row("", words(name) + " " + amount(name, value)));
        }
        return table;
    }

    static String words(SortedSet<String> flags) {
        return flags.isEmpty() ? "none" : String.join(", ", flags);
    }

    private static String words(String name) {
        return name.startsWith("limit")
                ? "limit of the " + (name.endsWith("_mps") ? "speed" : name.endsWith("_deg") ? "angle" : "value above")
                : NUMBERS.getOrDefault(name, name);
    }

    private static String unit(String name) {
        return UNITS.getOrDefault(name.substring(name.lastIndexOf('_') + 1), "");
    }

    private static String amount(String name, double value) {
        String number = String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value);
        String unit = unit(name);
        return unit.isEmpty() || unit.equals("°") ? number + unit : number + " " + unit;
    }
}
