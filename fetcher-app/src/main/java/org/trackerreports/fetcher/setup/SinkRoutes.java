package org.trackerreports.fetcher.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.trackerreports.core.sink.KnownSink;
import org.trackerreports.core.sink.KnownSinks;
import org.trackerreports.core.sink.SinkFile;
import org.trackerreports.core.sink.SinkNeed;
import org.trackerreports.core.sink.SinkTrial;
import org.trackerreports.core.text.FileProblems;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.server.route.Request;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.sink.Sinks;

/** The programs that are told of positions: how it goes with each, and what a person can do. Thread-safe. */
final class SinkRoutes {

    private final KnownSinks known;
    private final Sinks sinks;
    private final Clock clock;

    @Inject
    SinkRoutes(KnownSinks known, ReportStore store, Clock clock) {
        this.known = known;
        this.sinks = store.sinks();
        this.clock = clock;
    }

    /** All of them, by name, and what all of them need. */
    Answer list(Request request) {
        List<KnownSink> all = all();
        ObjectNode json = Json.object();
        ArrayNode array = json.putArray("sinks");
        all.forEach(sink -> array.add(json(sink)));
        ArrayNode needs = json.putArray("needs");
        if (!all.isEmpty()) {
            known.nobodyJudges().ifPresent(need -> needs.add(json(need)));
        }
        return Answer.json(json);
    }

    /** Pauses one, or lets it go on at once, whatever it waited for: {@code {"paused": true|false}}. */
    Answer change(Request request) {
        JsonNode paused = request.json().path("paused");
        if (!paused.isBoolean()) {
            throw ProblemException.badRequest("The request has no \"paused\"; expected true or false.");
        }
        String name = sink(request).name();
        if (!(paused.booleanValue() ? sinks.pause(name) : sinks.resume(name))) {
            throw new ProblemException(Answer.problem(
                    409,
                    "Not served yet",
                    "No daemon with the role deliver has served " + name + " yet.",
                    "Start a daemon with the role deliver."));
        }
        return Answer.json(json(sink(request)));
    }

    /** Sends it a position that is made up, and says what came back. */
    Answer test(Request request) {
        SinkFile file = sink(request)
                .file()
                .orElseThrow(() -> new ProblemException(Answer.problem(
                        409,
                        "No file here",
                        "This sink has no file here that can be used, so it cannot be tried.",
                        "Correct the file, or try it where the file is: findmy tools sinks test NAME")));
        SinkTrial trial = SinkTrial.of(file, clock);
        return Answer.json(Json.object()
                .put("result", trial.result().name().toLowerCase(Locale.ROOT))
                .put("message", trial.sentence()));
    }

    /** Sends it again what it refused. */
    Answer retry(Request request) {
        return Answer.json(Json.object()
                .put("events", sinks.failures().sendAgain(sink(request).name())));
    }

    private KnownSink sink(Request request) {
        String name = request.pathParameter("sink");
        return all().stream()
                .filter(sink -> sink.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("There is no sink named \"" + name + "\"."));
    }

    private List<KnownSink> all() {
        try {
            return known.list();
        } catch (IOException e) {
            throw new ProblemException(Answer.problem(
                    500,
                    "Files of sinks cannot be read",
                    "The directory SINKS_DIR cannot be read: " + FileProblems.reason(e) + ".",
                    "Let the user of the daemon read it."));
        }
    }

    private static ObjectNode json(KnownSink sink) {
        ObjectNode json = Json.object()
                .put("name", sink.name())
                .put("type", sink.type())
                .put("state", sink.word())
                .put("served_by", sink.owner().orElse(null))
                .put("lag_events", sink.waiting())
                .put("lag_seconds", sink.lagSeconds())
                .put("delivered", sink.delivered())
                .put("failed", sink.failed())
                .put("refused", sink.refused())
                .put("last_error", sink.lastError().orElse(null))
                .put("last_error_time", Json.time(sink.lastErrorAt()))
                .put("wait_until", Json.time(sink.waitUntil()))
                .put("replay_since", Json.time(sink.replaySince()))
                .put("file_here", sink.file().isPresent());
        ArrayNode needs = json.putArray("needs");
        sink.needs().forEach(need -> needs.add(json(need)));
        return json;
    }

    private static ObjectNode json(SinkNeed need) {
        return Json.object()
                .put("need", need.kind().word())
                .put("text", sentence(need))
                .put("next_step", nextStep(need));
    }

    /** With a capital letter, unless it begins with the name of the sink, which is as it is. */
    private static String sentence(SinkNeed need) {
        String found = need.found();
        return need.sink().filter(found::startsWith).isPresent()
                ? found + "."
                : Character.toUpperCase(found.charAt(0)) + found.substring(1) + ".";
    }

    private static String nextStep(SinkNeed need) {
        String name = need.sink().orElse("NAME");
        return switch (need.kind()) {
            case WRONG_FILE -> "Correct " + name + ".conf. The daemon reads it again by itself.";
            case NOT_SERVED -> "Start a daemon with the role deliver.";
            case REFUSED ->
                "See what it answered, in a terminal: findmy tools sinks failures " + name
                        + ". Then have them sent again.";
            case WAITING -> "See whether that program runs. It is tried again by itself.";
            case CREDENTIALS -> "Correct its password, key or secret. It is tried again by itself.";
            case OFF -> "That program answered that it wants nothing any more. If it does after all, switch it on.";
            case NOT_JUDGED -> "Start a daemon with the role move.";
        };
    }
}
