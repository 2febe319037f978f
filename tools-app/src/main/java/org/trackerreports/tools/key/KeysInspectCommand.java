package org.trackerreports.tools.key;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.keyfile.KeyKind;
import org.trackerreports.core.keyfile.KeySourceReader;
import org.trackerreports.core.keyfile.LabelledKeys;
import org.trackerreports.core.text.Printable;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.keyfile.KeyFileProblem;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what key files contain. */
@Command(name = "inspect")
final class KeysInspectCommand extends ToolCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1..*")
    private List<Path> files;

    @Mixin
    private ZipCodes codes;

    @Option(names = "--at-index", split = ",", paramLabel = "I")
    private List<Integer> indices = List.of();

    @Option(names = "--show-private")
    private boolean showPrivate;

    @Mixin
    private JsonOption reading;

    /** The contents of one file. */
    private record Content(String file, String format, List<KeyDescription> trackers, List<KeyFileProblem> problems) {}

    @Inject
    KeysInspectCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws CommandFailure {
        KeyDescription.requireIndices(indices);
        List<Content> contents = read();
        if (reading.json()) {
            ArrayNode array = Json.array();
            contents.forEach(content -> array.add(json(content)));
            Json.print(array, out());
        } else {
            contents.forEach(this::print);
        }
        for (Content content : contents) {
            content.problems()
                    .forEach(problem -> err().println(
                                    Printable.of(content.file() + ", " + problem.where() + ": " + problem.message())));
        }
        boolean found =
                contents.stream().anyMatch(content -> !content.trackers().isEmpty());
        boolean problems =
                contents.stream().anyMatch(content -> !content.problems().isEmpty());
        if (problems) {
            return found ? ExitCode.PARTLY_FAILED : ExitCode.FAILED;
        }
        return found ? ExitCode.DONE : ExitCode.NOTHING_FOUND;
    }

    private List<Content> read() throws CommandFailure {
        List<Content> contents = new ArrayList<>();
        KeySources.read(files, codes, terminal(), new KeySourceReader.Listener() {
            @Override
            public void file(String file, String format) {
                contents.add(new Content(file, format, new ArrayList<>(), new ArrayList<>()));
            }

            @Override
            public void tracker(String file, LabelledKeys tracker) {
                current().trackers().add(KeyDescription.of(tracker.named(), indices));
            }

            @Override
            public void problem(String file, KeyFileProblem problem) {
                current().problems().add(problem);
            }

            private Content current() {
                return contents.get(contents.size() - 1);
            }
        });
        return contents;
    }

    private ObjectNode json(Content content) {
        ObjectNode json = Json.object().put("file", content.file()).put("format", content.format());
        ArrayNode trackers = json.putArray("trackers");
        content.trackers().forEach(tracker -> trackers.add(tracker.json(showPrivate)));
        ArrayNode problems = json.putArray("problems");
        content.problems()
                .forEach(problem ->
                        problems.addObject().put("where", problem.where()).put("message", problem.message()));
        return json;
    }

    private void print(Content content) {
        out().println(content.file() + ": " + content.format() + ", trackers: "
                + content.trackers().size() + ", problems: "
                + content.problems().size());
        if (content.trackers().isEmpty()) {
            return;
        }
        TextTable table = showPrivate
                ? new TextTable(
                        "TRACKER", "KIND", "KEY", "HASHED ADVERTISEMENT KEY", "BLUETOOTH ADDRESS", "PRIVATE KEY")
                : new TextTable("TRACKER", "KIND", "KEY", "HASHED ADVERTISEMENT KEY", "BLUETOOTH ADDRESS");
        for (KeyDescription tracker : content.trackers()) {
            for (KeyDescription.Key key : tracker.keys()) {
                List<String> cells = new ArrayList<>(List.of(
                        tracker.named().name(),
                        KeyKind.of(tracker.named().keys()),
                        key.label(),
                        key.key().hashed().base64(),
                        key.key().advertisementKey().macAddress()));
                if (showPrivate) {
                    cells.add(key.secret());
                }
                table.row(cells.toArray(String[]::new));
            }
        }
        table.print(out());
        for (KeyDescription tracker : content.trackers()) {
            if (tracker.named().keys() instanceof Accessory accessory) {
                out().println(tracker.named().name() + ": paired " + TextTable.time(accessory.pairedAt())
                        + ", last seen at index " + accessory.alignment().index() + " at "
                        + TextTable.time(accessory.alignment().time()));
            }
        }
    }
}
