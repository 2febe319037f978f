package org.trackerreports.tools.sink;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.trackerreports.core.sink.SinkFile;
import org.trackerreports.core.text.Durations;
import org.trackerreports.store.feed.FeedLag;
import org.trackerreports.store.sink.SinkState;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;

/**
 * A sink.
 *
 * @param file what its file here says
 * @param problems what is wrong with its file here
 * @param state how it goes; empty before a daemon has served it
 * @param lag what waits for it
 * @param owner the daemon that serves it now
 * @param refused how many events it refused that are kept
 */
record KnownSink(
        String name,
        Optional<SinkFile> file,
        List<String> problems,
        Optional<SinkState> state,
        Optional<FeedLag> lag,
        Optional<String> owner,
        long refused) {

    private String type() {
        return file.map(each -> each.type().name().toLowerCase(Locale.ROOT))
                .or(() -> state.map(SinkState::type))
                .orElse("-");
    }

    /** One word. */
    String word() {
        if (!problems.isEmpty()) {
            return "wrong_file";
        }
        return state.map(SinkState::word).orElse("new");
    }

    private Optional<String> lastError() {
        return problems.isEmpty() ? state.flatMap(SinkState::lastError) : Optional.of(String.join("; ", problems));
    }

    /** What it needs; empty if it works, or a person paused it. */
    List<SinkNeed> needs() {
        if (!problems.isEmpty()) {
            return List.of(new SinkNeed(
                    true, name + " has a wrong file: " + String.join("; ", problems), "Correct " + name + ".conf."));
        }
        if (state.isEmpty()) {
            return List.of(notServed());
        }
        List<SinkNeed> needs = new ArrayList<>();
        if (refused > 0) {
            needs.add(new SinkNeed(
                    false, name + " does not accept " + refused + " events", "findmy tools sinks failures " + name));
        }
        if (state.get().paused()) {
            return needs;
        }
        if (owner.isEmpty() && state.get().condition() != SinkState.Condition.OFF) {
            needs.add(notServed());
        }
        String error = lastError().map(each -> " (" + each + ")").orElse("");
        switch (state.get().condition()) {
            case WORKING -> {
                // There is nothing to do.
            }
            case WAITING ->
                needs.add(new SinkNeed(
                        false,
                        name + " cannot be told" + error + " and is tried again at "
                                + TextTable.second(state.get().waitUntil()),
                        "findmy tools sinks test " + name));
            case CREDENTIALS ->
                needs.add(new SinkNeed(
                        true,
                        name + " refuses the credentials" + error,
                        "Correct its secret, then findmy tools sinks resume " + name));
            case OFF ->
                needs.add(new SinkNeed(true, name + " is switched off" + error, "findmy tools sinks resume " + name));
        }
        return needs;
    }

    private SinkNeed notServed() {
        return new SinkNeed(false, "no daemon serves " + name, "Start a daemon with the role deliver: findmy fetcher");
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("name", name);
        json.put("type", type());
        json.put("state", word());
        json.put("lag_events", lag.map(FeedLag::events).orElse(0L));
        json.put("lag_seconds", lag.map(each -> each.age().toSeconds()).orElse(0L));
        json.put("delivered", state.map(SinkState::delivered).orElse(0L));
        json.put("failed", state.map(SinkState::failed).orElse(0L));
        json.put("last_error", lastError().orElse(null));
        return json;
    }

    static TextTable table(List<KnownSink> sinks) {
        TextTable table = new TextTable("NAME", "TYPE", "STATE", "WAITING", "LAG", "DELIVERED", "FAILED", "LAST ERROR");
        sinks.forEach(sink -> table.row(
                sink.name,
                sink.type(),
                sink.word(),
                Long.toString(sink.lag.map(FeedLag::events).orElse(0L)),
                sink.lag.map(each -> Durations.text(each.age())).orElse("-"),
                Long.toString(sink.state.map(SinkState::delivered).orElse(0L)),
                Long.toString(sink.state.map(SinkState::failed).orElse(0L)),
                sink.lastError().orElse("-")));
        return table;
    }

    /** Everything about it. The names of files with secrets are shown, but not what is in them. */
    TextTable details() {
        TextTable table = new TextTable("WHAT", "VALUE");
        table.row("name", name);
        table.row("type", type());
        table.row("state", word());
        table.row("served by", owner.orElse("-"));
        table.row("waiting", Long.toString(lag.map(FeedLag::events).orElse(0L)));
        table.row("delivered", Long.toString(state.map(SinkState::delivered).orElse(0L)));
        table.row("failed", Long.toString(state.map(SinkState::failed).orElse(0L)));
        table.row("tried again", TextTable.second(state.flatMap(SinkState::waitUntil)));
        table.row(
                "replay since",
                TextTable.second(state.flatMap(SinkState::replay).map(each -> each.from())));
        table.row("last error", lastError().orElse("-"));
        file.ifPresent(each -> each.lines().forEach((line, value) -> table.row(line, shown(line, value))));
        return table;
    }

    /** Paths and queries of addresses are often secrets. */
    private static String shown(String line, String value) {
        return line.equals("URL") ? value.replaceFirst("(?s)^(\\w+://)(?:[^/]*@)?([^/?#]*).*", "$1$2/…") : value;
    }

    ObjectNode detailedJson() {
        ObjectNode json = json();
        json.put("served_by", owner.orElse(null));
        json.put("wait_until", Json.time(state.flatMap(SinkState::waitUntil)));
        json.put("replay_since", Json.time(state.flatMap(SinkState::replay).map(each -> each.from())));
        ObjectNode lines = json.putObject("lines");
        file.ifPresent(each -> each.lines().forEach((line, value) -> lines.put(line, shown(line, value))));
        return json;
    }
}
