package org.trackerreports.tools.command;

import java.util.List;
import java.util.Map;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.tracker.Tracker;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which trackers a command is about, as a mixin: those named, those with labels, or all. */
public final class TrackerSelection {

    @Parameters(paramLabel = "TRACKER", arity = "0..*", description = "Names of trackers.")
    private List<String> names = List.of();

    @Option(
            names = "--label",
            paramLabel = "KEY=VALUE",
            description = "All trackers with this label; with all of them if given more than once.")
    private Map<String, String> labels = Map.of();

    @Option(names = "--all", description = "All trackers.")
    private boolean all;

    /** Whether all trackers were asked for by that word. */
    public boolean isAll() {
        return all && names.isEmpty() && labels.isEmpty();
    }

    /**
     * The trackers, in the order in which they were named, or by name.
     *
     * @throws CommandFailure if none was named, or one is not there
     */
    public List<Tracker> trackers(ReportStore store) throws CommandFailure {
        if (names.isEmpty() && labels.isEmpty() && !all) {
            throw new CommandFailure(ExitCode.USAGE, "Which trackers? Give their names, --label KEY=VALUE, or --all.");
        }
        return trackersOrAll(store);
    }

    /** As {@link #trackers}, where naming none means all. */
    public List<Tracker> trackersOrAll(ReportStore store) throws CommandFailure {
        if (!names.isEmpty() && (all || !labels.isEmpty())) {
            throw new CommandFailure(ExitCode.USAGE, "Give names of trackers, or --label, or --all; not several.");
        }
        return names.isEmpty()
                ? store.trackers().list(labels)
                : TrackerNames.trackers(store, names.stream().distinct().toList());
    }
}
