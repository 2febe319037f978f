package org.trackerreports.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a person does to the queue: requeue, pause, resume, remove; in steps short enough for others to work meanwhile. */
final class QueueAdmin {

    private static final int STEP = 100;

    private final Scripts scripts;
    private final List<Object> keys;

    QueueAdmin(Scripts scripts, List<Object> keys) {
        this.scripts = scripts;
        this.keys = keys;
    }

    int requeueNow(Collection<String> ids) {
        return inSteps(Script.REQUEUE, ids);
    }

    long requeueAllNow() {
        ScriptResult reply = scripts.run(Script.REQUEUE_ALL, keys, STEP);
        long moved = reply.number(0);
        // Ids that are completed meanwhile wait for later again; they must not keep this going for ever.
        long left = reply.number(1);
        while (left > 0 && reply.number(0) > 0) {
            reply = scripts.run(Script.REQUEUE_ALL, keys, Math.min(STEP, left));
            moved += reply.number(0);
            left -= reply.number(0);
        }
        return moved;
    }

    int remove(Collection<String> ids) {
        return inSteps(Script.REMOVE, ids);
    }

    int pause(Collection<String> ids) {
        return inSteps(Script.PAUSE, ids, 1);
    }

    int resume(Collection<String> ids) {
        return inSteps(Script.PAUSE, ids, 0);
    }

    void pauseAll(boolean paused) {
        scripts.run(Script.PAUSE_ALL, keys, paused ? 1 : 0);
    }

    private int inSteps(Script script, Collection<String> ids, Object... before) {
        int changed = 0;
        for (List<String> part : Batches.of(List.copyOf(ids), STEP)) {
            List<Object> arguments = new ArrayList<>(List.of(before));
            arguments.addAll(part);
            changed += scripts.run(script, keys, arguments.toArray()).count(0);
        }
        return changed;
    }
}
