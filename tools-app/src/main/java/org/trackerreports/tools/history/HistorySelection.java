package org.trackerreports.tools.history;

import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ReadSelection;
import org.trackerreports.tools.command.SelectedReports;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which part of the history a command shows, and how finely, as a mixin. */
public final class HistorySelection {

    @Mixin
    private ReadSelection reports;

    @Option(
            names = "--by",
            paramLabel = "STEP",
            defaultValue = "raw",
            description = "Every report (raw), or the latest of each hour or day: ${COMPLETION-CANDIDATES}."
                    + " Default: ${DEFAULT-VALUE}")
    private Granularity by;

    /** How finely. */
    public Granularity by() {
        return by;
    }

    /**
     * Finds what was selected: by default the last seven days.
     *
     * @throws CommandFailure if an option is not valid, or no such tracker exists
     */
    public SelectedReports find() throws CommandFailure {
        SelectedReports selected = reports.findRecent();
        if (by != Granularity.RAW) {
            // A daemon does this from time to time; without one, nobody else does.
            selected.history().refresh();
        }
        return selected;
    }
}
