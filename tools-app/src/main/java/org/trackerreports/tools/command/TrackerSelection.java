package org.trackerreports.tools.command;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Map;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.tracker.Tracker;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Selects trackers, as a mixin: by name, by label, or all. */
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

    private final Provider<ReportStore> storeProvider;

    @Inject
    TrackerSelection(Provider<ReportStore> storeProvider) {
        this.storeProvider = storeProvider;
    }

    /** Whether {@code --all} was given. */
    public boolean isAll() {
        return all && names.isEmpty() && labels.isEmpty();
    }

    /**
     * The selected trackers, in the order of the arguments, or by name.
     *
     * @throws CommandFailure if none is selected, or one does not exist
     */
    public List<Tracker> trackers() throws CommandFailure {
        if (names.isEmpty() && labels.isEmpty() && !all) {
            throw new CommandFailure(ExitCode.USAGE, "Which trackers? Give their names, --label KEY=VALUE, or --all.");
        }
        return trackersOrAll();
    }

    /** As {@link #trackers}, but all trackers if none is selected. */
    public List<Tracker> trackersOrAll() throws CommandFailure {
        if (!names.isEmpty() && (all || !labels.isEmpty())) {
            throw new CommandFailure(ExitCode.USAGE, "Give only one of: names of trackers, --label, --all.");
        }
        return names.isEmpty()
                ? storeProvider.get().trackers().list(labels)
                : TrackerNames.trackers(
                        storeProvider.get(), names.stream().distinct().toList());
    }
}
