package org.trackerreports.tools.place;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.place.PlaceOutcome;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import org.trackerreports.tools.command.NotJudged;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Imports places from GeoJSON: all of them, or none. */
@Command(name = "import")
final class PlacesImportCommand extends InstallationCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE")
    private Path file;

    @Inject
    PlacesImportCommand(CommandContext context, Installation installation) {
        super(context, installation);
    }

    @Override
    public Integer call() throws IOException, CommandFailure {
        PlaceFeatures.Found found = PlaceFeatures.read(Files.readAllBytes(file));
        requireNone(found.problems());
        if (found.places().isEmpty()) {
            note(file + " has no places.");
            return ExitCode.NOTHING_FOUND;
        }
        ReportStore store = installation().store();
        List<PlaceOutcome> outcomes = store.places().addAll(found.places());
        List<String> refused = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof PlaceOutcome.Refused problem) {
                refused.add("feature " + (i + 1) + " (" + found.places().get(i).name() + "): " + problem.reason());
            }
        }
        requireNone(refused);
        out().println(outcomes.size() + (outcomes.size() == 1 ? " place was" : " places were") + " imported.");
        NotJudged.note(store.judging().backlog()).ifPresent(this::note);
        return ExitCode.DONE;
    }

    private void requireNone(List<String> problems) throws CommandFailure {
        if (!problems.isEmpty()) {
            problems.forEach(problem -> err().println(file + ": " + problem + "."));
            throw new CommandFailure(ExitCode.FAILED, "No place was imported. Correct the file and import it again.");
        }
    }
}
