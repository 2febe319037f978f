package org.trackerreports.tools.tracker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.keyfile.KeySourceReader;
import org.trackerreports.core.keyfile.LabelledKeys;
import org.trackerreports.core.keyfile.TrackerImporter;
import org.trackerreports.core.text.Printable;
import org.trackerreports.findmy.keyfile.KeyFileProblem;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.store.tracker.Alignment;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.key.KeySources;
import org.trackerreports.tools.key.ZipCodes;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Key files become trackers. */
@Command(name = "import")
final class TrackersImportCommand extends InstallationCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1..*")
    private List<Path> files;

    @Mixin
    private ZipCodes codes;

    @Option(names = "--dry-run")
    private boolean dryRun;

    @Option(names = "--list")
    private boolean list;

    @Option(names = "--rename", paramLabel = "NAME=NEW-NAME")
    private Map<String, String> newNames = Map.of();

    @Mixin
    private JsonOption reading;

    private final ArrayNode trackers = Json.array();
    private int unusable;

    @Inject
    TrackersImportCommand(CommandContext context, Installation installation) {
        super(context, installation);
    }

    @Override
    public Integer call() throws CommandFailure {
        requireNames();
        Set<String> unused = new TreeSet<>(newNames.keySet());
        TrackerImporter importer;
        try (Progress progress = progress("trackers", 0)) {
            importer = new TrackerImporter(
                    installation().store().trackers(), dryRun, new Told(), done -> progress.done(done));
            KeySources.read(files, codes, terminal(), new KeySourceReader.Listener() {
                @Override
                public void tracker(String file, LabelledKeys tracker) {
                    String name = tracker.named().name();
                    unused.remove(name);
                    importer.take(tracker.renamed(newNames.getOrDefault(name, name)));
                }

                @Override
                public void problem(String file, KeyFileProblem problem) {
                    unusable++;
                    refuse(file + ", " + problem.where(), problem.message());
                }
            });
            importer.end();
        }
        unused.forEach(name -> {
            unusable++;
            refuse(name, "no tracker in these files has this name, so none was renamed");
        });
        int refused = importer.refused() + unusable;
        if (reading.json()) {
            ObjectNode json = Json.object()
                    .put("dry_run", dryRun)
                    .put("imported", importer.added())
                    .put("already_there", importer.known())
                    .put("refused", refused);
            json.set("trackers", trackers);
            Json.print(json, out());
        } else {
            out().println(importer.added() + (dryRun ? " would be imported, " : " imported, ") + importer.known()
                    + " already there, " + refused + " refused.");
        }
        if (refused == 0) {
            return ExitCode.DONE;
        }
        return importer.added() + importer.known() > 0 ? ExitCode.PARTLY_FAILED : ExitCode.FAILED;
    }

    private void requireNames() throws CommandFailure {
        for (String name : newNames.values()) {
            if (!NamedKeys.isName(name)) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "--rename has the new name '" + Printable.of(name)
                                + "'; a name is not empty, and has no blanks at"
                                + " its ends and no control characters.");
            }
        }
    }

    /** Tells the outcome for each tracker. */
    private final class Told implements TrackerImporter.Listener {

        @Override
        public void added(String name) {
            tell(name, dryRun ? "would_import" : "imported");
        }

        @Override
        public void known(String name, Optional<Alignment> newAlignment) {
            if (newAlignment.isEmpty()) {
                tell(name, "already_there");
                return;
            }
            Alignment alignment = newAlignment.get();
            if (reading.json()) {
                trackers.addObject()
                        .put("tracker", name)
                        .put("outcome", "already_there")
                        .putNull("reason")
                        .put("alignment_time", alignment.time().toString())
                        .put("alignment_index", alignment.index());
            } else {
                out().println("already there " + Printable.of(name) + "; its alignment "
                        + (dryRun ? "would become" : "is now") + " index " + alignment.index() + " at "
                        + alignment.time());
            }
        }

        @Override
        public void refused(String name, String reason, boolean nameTaken) {
            refuse(name, reason + (nameTaken ? "; to import it under another name, add --rename NAME=NEW-NAME" : ""));
        }
    }

    private void tell(String name, String outcome) {
        if (reading.json()) {
            trackers.addObject().put("tracker", name).put("outcome", outcome).putNull("reason");
        } else if (list || dryRun) {
            out().println(outcome.replace('_', ' ') + " " + Printable.of(name));
        }
    }

    private void refuse(String what, String why) {
        err().println(Printable.of(what + ": " + why));
        if (reading.json()) {
            trackers.addObject().put("tracker", what).put("outcome", "refused").put("reason", why);
        }
    }
}
