package org.trackerreports.tools.tracker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trackerreports.fetcher.ExitCode;
import org.trackerreports.fetcher.pipeline.TrackerKeyMaterial;
import org.trackerreports.fetcher.wiring.Application;
import org.trackerreports.findmy.keyfile.KeyFiles;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.store.AddOutcome;
import org.trackerreports.store.NewTracker;
import org.trackerreports.store.ReportStore;
import org.trackerreports.tools.command.ToolCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Key files become trackers. */
@Command(
        name = "import",
        description = "Imports trackers from key files of all known formats. Import only trackers that are yours.",
        footer = {"", "Example: findmy tools trackers import Bike.keys devices.json --dry-run"})
final class TrackersImportCommand extends ToolCommand {

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Key files.")
    private List<Path> files;

    @Option(names = "--dry-run", description = "Says what would be imported and stores nothing.")
    private boolean dryRun;

    private int added;
    private int known;
    private int refused;

    @Override
    protected int run(Application application) {
        List<NamedKeys> found = new ArrayList<>();
        Map<String, byte[]> contents = new LinkedHashMap<>();
        files.forEach(file -> read(file, contents));
        // Together, because some formats keep names and alignments in files of their own.
        KeyFiles.readAll(contents).forEach((file, read) -> {
            found.addAll(read.trackers());
            read.problems().forEach(problem -> refuse(file + ", " + problem.where(), problem.message()));
        });
        if (dryRun) {
            found.forEach(named -> out().println("would import " + named.name()));
        } else if (!found.isEmpty()) {
            add(application.get(ReportStore.class), found);
        }
        found.forEach(named -> named.keys().wipe());
        out().println(added + " imported, " + known + " already there, " + refused + " refused"
                + (dryRun ? "; " + found.size() + " would be imported" : "") + ".");
        if (refused == 0) {
            return ExitCode.DONE;
        }
        return found.isEmpty() || added + known == 0 && !dryRun ? ExitCode.FAILED : ExitCode.PARTLY_FAILED;
    }

    private void read(Path file, Map<String, byte[]> contents) {
        try {
            if (Files.size(file) > KeyFiles.MAX_BYTES) {
                refuse(file.toString(), "has more than " + KeyFiles.MAX_BYTES + " bytes, which no key file has");
            } else {
                contents.put(file.toString(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            refuse(file.toString(), "cannot be read: " + e.getMessage());
        }
    }

    private void add(ReportStore store, List<NamedKeys> found) {
        List<NewTracker> trackers =
                found.stream().map(TrackerKeyMaterial::toStore).toList();
        List<AddOutcome> outcomes = store.trackers().add(trackers);
        for (int number = 0; number < outcomes.size(); number++) {
            String name = trackers.get(number).name();
            if (outcomes.get(number) instanceof AddOutcome.Refused reason) {
                refuse(name, reason.reason());
            } else if (outcomes.get(number) instanceof AddOutcome.AlreadyThere) {
                known++;
            } else {
                added++;
            }
        }
    }

    private void refuse(String what, String why) {
        refused++;
        err().println(what + ": " + why);
    }
}
