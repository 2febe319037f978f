package org.trackerreports.tools.tracker;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.function.Supplier;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.tracker.ChangeOutcome;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.store.tracker.Trackers;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.TrackerSelection;
import org.trackerreports.tools.text.Progress;

/** Changes trackers, and explains to people why a change was not made. */
final class TrackerChanges {

    private final Provider<ReportStore> storeProvider;

    @Inject
    TrackerChanges(Provider<ReportStore> storeProvider) {
        this.storeProvider = storeProvider;
    }

    /** A change of one tracker. */
    interface Change {
        ChangeOutcome apply(Trackers trackers, Tracker tracker);
    }

    /**
     * Makes the same change to each of the selected trackers.
     *
     * @param progress opens the display of the progress
     * @return how many trackers there were
     * @throws CommandFailure if a tracker is unknown, or one was not changed; those before it were
     */
    int apply(TrackerSelection selection, Change change, Supplier<Progress> progress) throws CommandFailure {
        ReportStore store = storeProvider.get();
        int done = 0;
        try (Progress shown = progress.get()) {
            for (Tracker tracker : selection.trackers(store)) {
                require(tracker.name(), change.apply(store.trackers(), tracker));
                shown.done(++done);
            }
        }
        return done;
    }

    /** @throws CommandFailure if the change was not made, with the reason */
    static void require(String name, ChangeOutcome outcome) throws CommandFailure {
        switch (outcome.kind()) {
            case CHANGED -> {}
            case REFUSED ->
                throw new CommandFailure(
                        ExitCode.FAILED,
                        name + " was not changed: " + ((ChangeOutcome.Refused) outcome).reason() + ".");
            case UNKNOWN ->
                throw new CommandFailure(ExitCode.FAILED, name + " was removed by another program in the meantime.");
        }
    }
}
