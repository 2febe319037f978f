package org.trackerreports.tools.history;

import jakarta.inject.Provider;
import java.time.Instant;
import java.util.Optional;
import org.trackerreports.store.ReportStore;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ReadSelection;
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
     * @throws CommandFailure as {@link ReadSelection#resolve}
     */
    public ReadSelection.Selected resolve(Provider<ReportStore> store, Instant now) throws CommandFailure {
        ReadSelection.Selected selected = reports.resolve(store, now, Optional.of(ReadSelection.DEFAULT_AGE));
        if (by != Granularity.RAW) {
            // A daemon does this from time to time; without one, nobody else does.
            store.get().history().refresh();
        }
        return selected;
    }
}
