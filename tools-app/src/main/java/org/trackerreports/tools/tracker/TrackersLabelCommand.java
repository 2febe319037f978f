package org.trackerreports.tools.tracker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.tracker.ChangeOutcome;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.store.tracker.Trackers;
import org.trackerreports.tools.command.CommandFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sets and takes away labels. */
@Command(
        name = "label",
        description = "Sets labels of trackers and takes labels away; the rest stays.",
        footer = {"", "Example: findmy tools trackers label Bike Van --set client=acme --remove colour"})
final class TrackersLabelCommand extends TrackersChange {

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A label to set; may be repeated.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--remove", paramLabel = "NAME", description = "A label to take away; may be repeated.")
    private List<String> remove = List.of();

    @Override
    void check() throws CommandFailure {
        if (set.isEmpty() && remove.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "Say what to change: --set NAME=VALUE, --remove NAME, or several of them.");
        }
    }

    @Override
    ChangeOutcome change(Trackers trackers, Tracker tracker) {
        return trackers.changeLabels(tracker.id(), set, remove);
    }

    @Override
    String changed() {
        return "changed";
    }
}
