package org.trackerreports.tools.sink;

import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.sink.KnownSink;
import org.trackerreports.core.sink.SinkFile;
import org.trackerreports.core.sink.SinkTrial;
import org.trackerreports.core.time.Times;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.feed.FeedReading;
import org.trackerreports.store.sink.SinkFailure;
import org.trackerreports.store.sink.SinkReplay;
import org.trackerreports.store.sink.Sinks;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.TimeParser;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of programs that are told of positions. */
@Command(
        name = "sinks",
        subcommands = {SinksAddCommand.class, SinksRemoveCommand.class})
public final class SinksCommand extends InstallationCommand {

    private static final int MOST_FAILURES = 1_000;

    private final SinkFinder finder;

    @Inject
    SinksCommand(CommandContext context, Installation installation, SinkFinder finder) {
        super(context, installation);
        this.finder = finder;
    }

    @Command(name = "list")
    int list(@Mixin JsonOption json) throws IOException {
        List<KnownSink> sinks = finder.known().list();
        json.print(() -> Json.array().addAll(sinks.stream().map(SinkText::json).toList()), () -> SinkText.table(sinks));
        if (sinks.isEmpty()) {
            note(SinkText.ADD);
            return ExitCode.NOTHING_FOUND;
        }
        finder.known().nobodyJudges().ifPresent(need -> note(capital(need.found()) + ". " + SinkText.nextStep(need)));
        return ExitCode.DONE;
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    @Command(name = "show")
    int show(@Parameters(paramLabel = "NAME") String name, @Mixin JsonOption json) throws IOException, CommandFailure {
        KnownSink sink = finder.find(name);
        json.print(() -> SinkText.detailedJson(sink), () -> SinkText.details(sink));
        return ExitCode.DONE;
    }

    @Command(name = "test")
    int test(@Parameters(paramLabel = "NAME") String name) throws CommandFailure {
        SinkFile file = finder.read(name);
        SinkTrial trial = SinkTrial.of(file, installation().clock());
        return switch (trial.result()) {
            case SENT -> {
                out().println(trial.sentence());
                yield ExitCode.DONE;
            }
            case UNREACHABLE -> {
                err().println(trial.sentence());
                yield ExitCode.UNAVAILABLE;
            }
            case REFUSED -> failed(trial.sentence());
        };
    }

    @Command(name = "pause")
    int pause(@Parameters(paramLabel = "NAME") String name) throws IOException, CommandFailure {
        return changed(name, sinks().pause(name), "is paused. What happens meanwhile waits for it.");
    }

    @Command(name = "resume")
    int resume(@Parameters(paramLabel = "NAME") String name) throws IOException, CommandFailure {
        return changed(name, sinks().resume(name), "goes on.");
    }

    private int changed(String name, boolean done, String what) throws IOException, CommandFailure {
        if (!done) {
            finder.find(name);
            throw new CommandFailure(ExitCode.FAILED, "No daemon with the role deliver has served " + name + " yet.");
        }
        out().println("Sink " + name + " " + what);
        return ExitCode.DONE;
    }

    @Command(name = "replay")
    int replay(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--since", paramLabel = "TIME") @Nullable String since,
            @Option(names = "--from", paramLabel = "PLACE") @Nullable String from,
            @Option(names = "--yes") boolean yes)
            throws IOException, CommandFailure {
        if ((since == null) == (from == null)) {
            throw new CommandFailure(ExitCode.USAGE, "Give one of: --since, --from.");
        }
        return since != null
                ? replaySince(
                        name,
                        TimeParser.instant("--since", since, installation().now()),
                        yes)
                : replayFrom(name, place(String.valueOf(from)), yes);
    }

    private int replaySince(String name, Instant since, boolean yes) throws IOException, CommandFailure {
        requireServed(name);
        SinkReplay replay = SinkReplay.since(since);
        long reports = sinks().reading().count(replay);
        requireYes(yes, reports + " reports since " + Times.text(since));
        return changed(
                name,
                sinks().replay(name, Optional.of(replay)),
                "gets " + reports + " reports again, besides what is new. Those that its file selects are sent.");
    }

    private int replayFrom(String name, FeedPlace place, boolean yes) throws IOException, CommandFailure {
        requireServed(name);
        Feed feed = installation().store().feed();
        if (feed.read(place, 1) instanceof FeedReading.TooFarBehind late) {
            throw new CommandFailure(
                    ExitCode.FAILED, "The feed begins at " + late.oldest() + ". For what is older, give --since TIME.");
        }
        long events = feed.lag(place).events();
        requireYes(yes, events + " events after " + place);
        feed.reset(Sinks.consumer(name), place);
        return changed(name, true, "gets " + events + " events again. Those that its file selects are sent.");
    }

    private static FeedPlace place(String text) throws CommandFailure {
        try {
            return FeedPlace.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--from is '" + text + "'; " + e.getMessage() + ".");
        }
    }

    private void requireServed(String name) throws IOException, CommandFailure {
        if (finder.find(name).state().isEmpty()) {
            throw new CommandFailure(ExitCode.FAILED, "No daemon with the role deliver has served " + name + " yet.");
        }
    }

    private void requireYes(boolean yes, String what) throws CommandFailure {
        if (!yes) {
            out().println("would send again " + what);
            throw new CommandFailure(ExitCode.USAGE, "Nothing was changed; add --yes.");
        }
    }

    @Command(name = "failures")
    int failures(@Parameters(paramLabel = "NAME") String name, @Mixin JsonOption json)
            throws IOException, CommandFailure {
        finder.find(name);
        List<SinkFailure> failures = sinks().failures().list(name, MOST_FAILURES);
        json.print(() -> json(failures), () -> table(failures));
        if (failures.isEmpty()) {
            note("Sink " + name + " has refused nothing.");
            return ExitCode.NOTHING_FOUND;
        }
        return ExitCode.DONE;
    }

    private static ArrayNode json(List<SinkFailure> failures) {
        ArrayNode array = Json.array();
        failures.forEach(failure -> array.addObject()
                .put("event", failure.event())
                .put("position", failure.place())
                .put("tracker_id", failure.subject().trackerId())
                .put("event_time", failure.subject().eventTime().toString())
                .put("status", failure.status())
                .put("answer", failure.answer())
                .put("failed_at", failure.failedAt().toString())
                .put("again", failure.again()));
        return array;
    }

    private static TextTable table(List<SinkFailure> failures) {
        TextTable table = new TextTable("FAILED (UTC)", "EVENT", "TRACKER", "STATUS", "AGAIN", "ANSWER");
        failures.forEach(failure -> table.row(
                TextTable.second(failure.failedAt()),
                failure.event(),
                Long.toString(failure.subject().trackerId()),
                Integer.toString(failure.status()),
                failure.again() ? "yes" : "no",
                failure.answer()));
        return table;
    }

    @Command(name = "retry")
    int retry(@Parameters(paramLabel = "NAME") String name) throws IOException, CommandFailure {
        finder.find(name);
        int events = sinks().failures().sendAgain(name);
        if (events == 0) {
            note("Sink " + name + " has refused nothing.");
            return ExitCode.NOTHING_FOUND;
        }
        out().println("Sink " + name + " gets the " + events + " events again that it refused.");
        return ExitCode.DONE;
    }

    private Sinks sinks() {
        return installation().store().sinks();
    }
}
