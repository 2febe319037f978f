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

    /** Whether trackers were selected, in whatever way. */
    public boolean isGiven() {
        return all || !names.isEmpty() || !labels.isEmpty();
    }

    /** Whether they were selected by their names. */
    public boolean isByName() {
        return !names.isEmpty();
    }

    /**
     * The selected trackers, in the order of the arguments, or by name, for a command that does something with them.
     *
     * @throws CommandFailure if there is none, or one does not exist
     */
    public List<Tracker> trackers() throws CommandFailure {
        List<Tracker> found = found();
        if (found.isEmpty()) {
            throw new CommandFailure(ExitCode.NOTHING_FOUND, noneFound());
        }
        return found;
    }

    /**
     * As {@link #trackers}, for a command that shows what it finds: perhaps nothing.
     *
     * @throws CommandFailure if none is selected, or one does not exist
     */
    public List<Tracker> found() throws CommandFailure {
        requireOne();
        return foundOrAll();
    }

    /**
     * Requires that trackers are selected, in one way. Opens nothing, so that a mistake is told before servers start.
     *
     * @throws CommandFailure if none is selected, or in several ways
     */
    public void requireOne() throws CommandFailure {
        if (!isGiven()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Which trackers? Give their names, --label KEY=VALUE, or --all."
                            + " To see which there are: findmy tools trackers list");
        }
        requireOneWay();
    }

    private void requireOneWay() throws CommandFailure {
        if (!names.isEmpty() && (all || !labels.isEmpty())) {
            throw new CommandFailure(ExitCode.USAGE, "Give only one of: names of trackers, --label, --all.");
        }
    }

    /**
     * As {@link #found}, but all trackers if none is selected.
     *
     * @throws CommandFailure if one does not exist
     */
    public List<Tracker> foundOrAll() throws CommandFailure {
        requireOneWay();
        ReportStore store = storeProvider.get();
        return names.isEmpty()
                ? store.trackers().list(labels)
                : TrackerNames.trackers(store, names.stream().distinct().toList());
    }

    /** Why no tracker was found, and what to do next. */
    public String noneFound() {
        return labels.isEmpty()
                ? NextStep.IMPORT
                : "No tracker has the label " + TrackerNames.labels(labels)
                        + ". To see all with their labels: findmy tools trackers list";
    }
}
