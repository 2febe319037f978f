package org.trackerreports.tools.queue;

import java.util.List;
import org.trackerreports.queue.TrackerQueue;
import picocli.CommandLine.Command;

/** Trackers have their turn now. */
@Command(
        name = "requeue",
        description = {
            "Makes trackers due now; those at work, paused or due already stay as they are.",
            "The accounts' budgets hold all the same."
        },
        footer = {"", "Example: findmy tools queue requeue Bike"})
final class QueueRequeueCommand extends QueueChange {

    @Override
    String all(TrackerQueue queue) {
        return queue.requeueAllNow() + " trackers are due now.";
    }

    @Override
    String some(TrackerQueue queue, List<String> ids) {
        return queue.requeueNow(ids) + " of " + ids.size()
                + " trackers are due now; the others were due already, at work, or are not in the queue.";
    }
}
