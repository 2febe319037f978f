package org.trackerreports.tools.tracker;

import java.util.List;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.tracker.ChangeOutcome;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.store.tracker.Trackers;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.command.TrackerSelection;
import org.trackerreports.tools.text.Progress;
import picocli.CommandLine.Mixin;

/** The same change of each tracker that was chosen. */
abstract class TrackersChange extends ToolCommand {

    @Mixin
    private TrackerSelection choice;

    /** Looks whether it is clear what to change. @throws CommandFailure if it is not */
    void check() throws CommandFailure {}

    abstract ChangeOutcome change(Trackers trackers, Tracker tracker);

    /** What becomes of trackers, after their number. */
    abstract String changed();

    @Override
    protected final int run(Application application) throws CommandFailure {
        check();
        ReportStore store = application.get(ReportStore.class);
        List<Tracker> trackers = choice.trackers(store);
        int done = 0;
        try (Progress progress = progress("trackers", trackers.size())) {
            for (Tracker tracker : trackers) {
                Changes.require(tracker.name(), change(store.trackers(), tracker));
                progress.done(++done);
            }
        }
        out().println(done + " " + changed() + ".");
        return ExitCode.DONE;
    }
}
