package org.trackerreports.tools.tracker;

import org.trackerreports.store.tracker.ChangeOutcome;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.store.tracker.Trackers;
import picocli.CommandLine.Command;

/** Fetches no reports of trackers any more; what is stored stays. */
@Command(
        name = "disable",
        description = "Fetches no reports of trackers any more; what is stored stays.",
        footer = {"", "Example: findmy tools trackers disable Bike"})
final class TrackersDisableCommand extends TrackersChange {

    @Override
    ChangeOutcome change(Trackers trackers, Tracker tracker) {
        return trackers.setEnabled(tracker.id(), false);
    }

    @Override
    String changed() {
        return "disabled";
    }
}
