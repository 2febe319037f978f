package org.trackerreports.tools.queue;

import java.util.List;
import org.trackerreports.queue.TrackerQueue;
import picocli.CommandLine.Command;

/** Trackers have no turn. */
@Command(
        name = "pause",
        description = "Lets trackers have no turn until they are resumed; with --all nothing is asked for at all.",
        footer = {"", "Example: findmy tools queue pause Bike"})
final class QueuePauseCommand extends QueueChange {

    @Override
    String all(TrackerQueue queue) {
        queue.pauseAll();
        return "Nothing is handed out until: findmy tools queue resume --all";
    }

    @Override
    String some(TrackerQueue queue, List<String> ids) {
        return queue.pause(ids) + " of " + ids.size() + " trackers are paused now.";
    }
}
