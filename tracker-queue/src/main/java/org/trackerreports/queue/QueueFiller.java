package org.trackerreports.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
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

    /** What the ids that are given are, in the words of add.lua. */
    private enum Purpose {
        FILL("fill"),
        RECONCILE("reconcile"),
        CHANGES("changes");

        final String word;

        Purpose(String word) {
            this.word = word;
        }
    }

    /** One turn at filling or reconciling: the lock's owner and what was done so far. */
    private static final class Run {
        final String owner = UUID.randomUUID().toString();
        final Purpose purpose;
        long epoch;
        long added;
        long changed;
        long kept;
        long removed;

        Run(Purpose purpose) {
            this.purpose = purpose;
        }

        ReconcileResult.Reconciled result() {
            return new ReconcileResult.Reconciled(added, removed, changed, kept);
        }
    }

    boolean fillIfEmpty(Supplier<? extends Stream<QueueEntry>> entries) {
        Run run = new Run(Purpose.FILL);
        boolean done = carryOut(run, () -> addAll(run, entries));
        if (done) {
            listener.filled(run.added);
        }
        return done;
    }

    ReconcileResult reconcile(Supplier<? extends Stream<QueueEntry>> entries) {
        Run run = new Run(Purpose.RECONCILE);
        return told(run, carryOut(run, () -> addAll(run, entries) && sweep(run)));
    }

    ReconcileResult reconcileChanges(Collection<QueueEntry> present, Set<String> gone) {
        for (QueueEntry entry : present) {
            if (gone.contains(entry.id())) {
                throw new IllegalArgumentException(
                        "\"" + entry.id() + "\" is among the present and the gone; give one");
            }
        }
        Run run = new Run(Purpose.CHANGES);
        return told(run, carryOut(run, () -> addAll(run, present::stream) && dropAll(run, gone)));
    }

    private ReconcileResult told(Run run, boolean done) {
        if (!done) {
            return new ReconcileResult.AlreadyRunning();
        }
        listener.reconciled(run.result());
        return run.result();
    }

    /** Does a run's steps while nobody else is at one; answers whether all was done. */
    private boolean carryOut(Run run, BooleanSupplier steps) {
        if (!begin(run)) {
            return false;
        }
        boolean done = false;
        try {
            done = steps.getAsBoolean();
        } finally {
            done = finish(run, done) && done;
        }
        return done;
    }

    private boolean begin(Run run) {
        ScriptResult reply = scripts.run(
                Script.BEGIN, keys, run.owner, LOCK_MILLIS, heartbeatTimeout(), run.purpose == Purpose.FILL ? 1 : 0);
        run.epoch = reply.number(1);
        return reply.number(0) == 1;
    }

    private boolean addAll(Run run, Supplier<? extends Stream<QueueEntry>> entries) {
        List<QueueEntry> step = new ArrayList<>(STEP);
        try (Stream<QueueEntry> stream = entries.get()) {
            for (Iterator<QueueEntry> all = stream.iterator(); all.hasNext(); ) {
                step.add(all.next());
                if (step.size() == STEP || !all.hasNext()) {
                    if (!add(run, step)) {
                        return false;
                    }
                    step.clear();
                }
            }
        }
        return true;
    }

    private boolean add(Run run, List<QueueEntry> step) {
        List<Object> arguments = new ArrayList<>(7 + 2 * step.size());
        arguments.addAll(List.of(run.owner, LOCK_MILLIS, heartbeatTimeout(), run.epoch, run.purpose.word));
        arguments.addAll(List.of(settings.interval().toMillis(), run.added));
        for (QueueEntry entry : step) {
            arguments.add(entry.id());
            arguments.add(entry.priority());
        }
        ScriptResult reply = scripts.run(Script.ADD, keys, arguments.toArray());
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
            ScriptResult reply = scripts.run(
                    Script.SWEEP, keys, run.owner, LOCK_MILLIS, heartbeatTimeout(), run.epoch, cursor, STEP);
            cursor = reply.text(0);
            run.removed += reply.number(1);
        } while (!cursor.equals("0") && !cursor.equals("-1"));
        return cursor.equals("0");
    }

    private boolean dropAll(Run run, Set<String> gone) {
        for (List<String> step : Batches.of(List.copyOf(gone), STEP)) {
            List<Object> arguments = new ArrayList<>(4 + step.size());
            arguments.addAll(List.of(run.owner, LOCK_MILLIS, heartbeatTimeout(), run.epoch));
            arguments.addAll(step);
            long removed = scripts.run(Script.DROP, keys, arguments.toArray()).number(0);
            if (removed < 0) {
                return false;
            }
            run.removed += removed;
        }
        return true;
    }

    private boolean finish(Run run, boolean complete) {
        boolean isWhole = complete && run.purpose != Purpose.CHANGES;
        return scripts.run(Script.FINISH, keys, run.owner, heartbeatTimeout(), run.epoch, isWhole ? 1 : 0)
                        .number(0)
                == 1;
    }

    private long heartbeatTimeout() {
        return settings.heartbeatTimeout().toMillis();
    }
}
