package org.trackerreports.tools.sink;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trackerreports.core.sink.KnownSink;
import org.trackerreports.core.sink.SinkNeed;
import org.trackerreports.core.text.Durations;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;

/** Sinks as tables, as JSON, and in sentences. */
public final class SinkText {

    private static final Pattern ADDRESS = Pattern.compile("(?s)(\\w+://)(?:[^/]*@)?([^/?#]*)(.*)");

    static final String ADD =
            "There is no sink yet. Add one: findmy tools sinks add NAME TYPE=webhook URL=https://example.com/hook";

    private SinkText() {}

    /** What is the matter, and until when if that is known; without a full stop. */
    public static String found(SinkNeed need) {
        return need.found()
                + need.until()
                        .map(time -> " and is tried again at " + TextTable.second(time))
                        .orElse("");
    }

    /** A command, or a sentence. */
    public static String nextStep(SinkNeed need) {
        String name = need.sink().orElse("NAME");
        return switch (need.kind()) {
            case WRONG_FILE -> "Correct " + name + ".conf.";
            case NOT_SERVED -> "Start a daemon with the role deliver: findmy fetcher";
            case REFUSED -> "findmy tools sinks failures " + name;
            case WAITING -> "findmy tools sinks test " + name;
            case CREDENTIALS -> "Correct its secret, then findmy tools sinks resume " + name;
            case OFF -> "findmy tools sinks resume " + name;
            case NOT_JUDGED -> "Start a daemon with the role move, or set DELIVER_UNJUDGED=true.";
        };
    }

    static ObjectNode json(KnownSink sink) {
        return Json.object()
                .put("name", sink.name())
                .put("type", sink.type())
                .put("state", sink.word())
                .put("lag_events", sink.waiting())
                .put("lag_seconds", sink.lagSeconds())
                .put("delivered", sink.delivered())
                .put("failed", sink.failed())
                .put("last_error", sink.lastError().orElse(null));
    }

    static TextTable table(List<KnownSink> sinks) {
        TextTable table = new TextTable("NAME", "TYPE", "STATE", "WAITING", "LAG", "DELIVERED", "FAILED", "LAST ERROR");
        sinks.forEach(sink -> table.row(
                sink.name(),
                sink.type(),
                sink.word(),
                Long.toString(sink.waiting()),
                sink.lag().map(each -> Durations.text(each.age())).orElse("-"),
                Long.toString(sink.delivered()),
                Long.toString(sink.failed()),
                sink.lastError().orElse("-")));
        return table;
    }

    /** Everything about it. The names of files with secrets are shown, but not what is in them. */
    static TextTable details(KnownSink sink) {
        TextTable table = new TextTable("WHAT", "VALUE");
        table.row("name", sink.name());
        table.row("type", sink.type());
        table.row("state", sink.word());
        table.row("served by", sink.owner().orElse("-"));
        table.row("waiting", Long.toString(sink.waiting()));
        table.row("delivered", Long.toString(sink.delivered()));
        table.row("failed", Long.toString(sink.failed()));
        table.row("tried again", TextTable.second(sink.waitUntil()));
        table.row("replay since", TextTable.second(sink.replaySince()));
        table.row("last error", sink.lastError().orElse("-"));
        table.row("last failed", TextTable.second(sink.lastErrorAt()));
        sink.file().ifPresent(file -> file.lines().forEach((line, value) -> table.row(line, shown(line, value))));
        return table;
    }

    static ObjectNode detailedJson(KnownSink sink) {
        ObjectNode json = json(sink);
        json.put("served_by", sink.owner().orElse(null));
        json.put("wait_until", Json.time(sink.waitUntil()));
        json.put("last_error_time", Json.time(sink.lastErrorAt()));
        json.put("replay_since", Json.time(sink.replaySince()));
        ObjectNode lines = json.putObject("lines");
        sink.file().ifPresent(file -> file.lines().forEach((line, value) -> lines.put(line, shown(line, value))));
        return json;
    }

    /** Paths and queries of addresses are often secrets. */
    private static String shown(String line, String value) {
        Matcher address = ADDRESS.matcher(value);
        if (!line.equals("URL") || !address.matches()) {
            return value;
        }
        String rest = address.group(3);
        return address.group(1) + address.group(2) + (rest.isEmpty() || rest.equals("/") ? "" : "/…");
    }
}
