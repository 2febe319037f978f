package org.trackerreports.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Carries out what a person asks of the queue, in batches small enough not to hold up others. Thread-safe. */
final class QueueAdmin {

    private static final int BATCH = 100;

    private final QueueScripts scripts;

    QueueAdmin(QueueScripts scripts) {
        this.scripts = scripts;
    }

    int requeueNow(Collection<String> ids) {
        return inBatches(Script.REQUEUE, ids);
    }

    long requeueAllNow() {
        ScriptResult result = scripts.run(Script.REQUEUE_ALL, BATCH);
        long moved = result.number(0);
        // Bounded by the ids that waited at the start: those completed meanwhile wait again and would never let this
        // end.
        long left = result.number(1);
        while (left > 0 && result.number(0) > 0) {
            result = scripts.run(Script.REQUEUE_ALL, Math.min(BATCH, left));
            moved += result.number(0);
            left -= result.number(0);
        }
        return moved;
    }

    int remove(Collection<String> ids) {
        return inBatches(Script.REMOVE, ids);
    }

    int pause(Collection<String> ids) {
        return inBatches(Script.PAUSE, ids, 1);
    }

    int resume(Collection<String> ids) {
        return inBatches(Script.PAUSE, ids, 0);
    }

    void pauseAll(boolean paused) {
        scripts.run(Script.PAUSE_ALL, paused ? 1 : 0);
    }

    private int inBatches(Script script, Collection<String> ids, Object... before) {
        int changed = 0;
        for (List<String> batch : Batches.of(List.copyOf(ids), BATCH)) {
            List<Object> arguments = new ArrayList<>(List.of(before));
            arguments.addAll(batch);
            changed += scripts.run(script, arguments.toArray()).count(0);
        }
        return changed;
    }
}
