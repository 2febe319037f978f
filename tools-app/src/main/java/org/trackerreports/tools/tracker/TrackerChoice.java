package org.trackerreports.tools.tracker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trackerreports.fetcher.ExitCode;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Tracker;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Named;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which trackers a command is about: those named, those with labels, or all; as a mixin. */
final class TrackerChoice {

    @Parameters(paramLabel = "TRACKER", arity = "0..*", description = "Names of trackers.")
    private List<String> names = List.of();

    @Option(
            names = "--label",
            paramLabel = "NAME=VALUE",
            description = "Takes the trackers with this label; of several labels all must fit.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--all", description = "Takes all trackers.")
    private boolean all;

    /**
     * The trackers.
     *
     * @throws CommandFailure if nothing was chosen, or there is no tracker of a name or with the labels
     */
    List<Tracker> find(ReportStore store) throws CommandFailure {
        int ways = (names.isEmpty() ? 0 : 1) + (labels.isEmpty() ? 0 : 1) + (all ? 1 : 0);
        if (ways != 1) {
            throw new CommandFailure(
                    ExitCode.USAGE, "Say which trackers: either by name, or with --label NAME=VALUE, or with --all.");
        }
        if (!names.isEmpty()) {
            return Named.trackers(store, names);
        }
        List<Tracker> trackers = store.trackers().list(labels);
        if (trackers.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.NOTHING_FOUND,
                    all
                            ? "There is no tracker yet. Import some: findmy tools trackers import FILE"
                            : "No tracker has the labels " + labels + "; see them: findmy tools trackers list");
        }
        return trackers;
    }
}
