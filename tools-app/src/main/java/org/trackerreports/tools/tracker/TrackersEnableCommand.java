package org.trackerreports.tools.tracker;

import org.trackerreports.store.tracker.ChangeOutcome;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.store.tracker.Trackers;
import picocli.CommandLine.Command;

/** Fetches the reports of trackers again. */
@Command(
        name = "enable",
        description = "Fetches the reports of trackers again.",
        footer = {"", "Example: findmy tools trackers enable Bike"})
final class TrackersEnableCommand extends TrackersChange {

    @Override
    ChangeOutcome change(Trackers trackers, Tracker tracker) {
        return trackers.setEnabled(tracker.id(), true);
    }

    @Override
    String changed() {
        return "enabled";
    }
}
