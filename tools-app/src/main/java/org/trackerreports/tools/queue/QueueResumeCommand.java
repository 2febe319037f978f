package org.trackerreports.tools.queue;

import java.util.List;
import org.trackerreports.queue.TrackerQueue;
import picocli.CommandLine.Command;

/** Trackers have their turn again. */
@Command(
        name = "resume",
        description = "Lets paused trackers have their turn again; --all ends the pause of everything.",
        footer = {"", "Example: findmy tools queue resume Bike"})
final class QueueResumeCommand extends QueueChange {

    @Override
    String all(TrackerQueue queue) {
        queue.resumeAll();
        return "Work goes on; trackers that were paused by name stay paused.";
    }

    @Override
    String some(TrackerQueue queue, List<String> ids) {
        return queue.resume(ids) + " of " + ids.size() + " trackers were resumed.";
    }
}
