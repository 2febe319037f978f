package org.trackerreports.queue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Fills the queue and brings it in line with a list of ids, in steps short enough for others to work meanwhile. */
final class QueueFiller {

    private static final int STEP = 200;
    private static final long LOCK_MILLIS = 60_000;

    private final QueueSettings settings;
    private final QueueListener listener;
    private final Scripts scripts;
    private final List<Object> keys;

    QueueFiller(QueueSettings settings, QueueListener listener, Scripts scripts, List<Object> keys) {
        this.settings = settings;
        this.listener = listener;
        this.scripts = scripts;
        this.keys = keys;
    }

    /** One turn at filling or reconciling: the lock's owner and what was done so far. */
    private static final class Run {
        final String owner = UUID.randomUUID().toString();
        final boolean sweeps;
        long epoch;
        long added;
        long changed;
        long kept;
        long removed;

        Run(boolean sweeps) {
            this.sweeps = sweeps;
        }
    }

    boolean fillIfEmpty(Supplier<? extends Stream<QueueEntry>> entries) {
        Run run = new Run(false);
        if (!begin(run)) {
            return false;
        }
        boolean done = false;
        try (Stream<QueueEntry> stream = entries.get()) {
            done = addAll(run, stream);
        } finally {
            done = finish(run, done) && done;
        }
        if (done) {
            listener.filled(run.added);
        }
        return done;
    }

    ReconcileResult reconcile(Stream<QueueEntry> entries) {
        Run run = new Run(true);
        boolean done = false;
        try (entries) {
            if (!begin(run)) {
                return new ReconcileResult.AnotherIsAtIt();
            }
            try {
                done = addAll(run, entries) && sweep(run);
            } finally {
                done = finish(run, done) && done;
            }
        }
        if (!done) {
            return new ReconcileResult.AnotherIsAtIt();
        }
        ReconcileResult.Reconciled result =
                new ReconcileResult.Reconciled(run.added, run.removed, run.changed, run.kept);
        listener.reconciled(result);
        return result;
    }

    private boolean begin(Run run) {
        Reply reply = scripts.run(Script.BEGIN, keys, run.owner, LOCK_MILLIS, heartbeatTimeout(), run.sweeps ? 0 : 1);
        run.epoch = reply.number(1);
        return reply.number(0) == 1;
    }

    private boolean addAll(Run run, Stream<QueueEntry> entries) {
        List<QueueEntry> step = new ArrayList<>(STEP);
        for (Iterator<QueueEntry> all = entries.iterator(); all.hasNext(); ) {
            step.add(all.next());
            if (step.size() == STEP || !all.hasNext()) {
                if (!add(run, step)) {
                    return false;
                }
                step.clear();
            }
        }
        return true;
    }

    private boolean add(Run run, List<QueueEntry> step) {
        List<Object> arguments = new ArrayList<>(7 + 2 * step.size());
        arguments.addAll(List.of(run.owner, LOCK_MILLIS, heartbeatTimeout(), run.epoch, run.sweeps ? 1 : 0));
        arguments.addAll(List.of(settings.interval().toMillis(), run.added));
        for (QueueEntry entry : step) {
            arguments.add(entry.id());
            arguments.add(entry.priority());
        }
        Reply reply = scripts.run(Script.ADD, keys, arguments.toArray());
        if (reply.number(0) < 0) {
            return false;
        }
        run.added += reply.number(0);
        run.changed += reply.number(1);
        run.kept += reply.number(2);
        return true;
    }

    private boolean sweep(Run run) {
        String cursor = "0";
        do {
            Reply reply = scripts.run(
                    Script.SWEEP, keys, run.owner, LOCK_MILLIS, heartbeatTimeout(), run.epoch, cursor, STEP);
            cursor = reply.text(0);
            run.removed += reply.number(1);
        } while (!cursor.equals("0") && !cursor.equals("-1"));
        return cursor.equals("0");
    }

    private boolean finish(Run run, boolean complete) {
        return scripts.run(Script.FINISH, keys, run.owner, heartbeatTimeout(), run.epoch, complete ? 1 : 0)
                        .number(0)
                == 1;
    }

    private long heartbeatTimeout() {
        return settings.heartbeatTimeout().toMillis();
    }
}
