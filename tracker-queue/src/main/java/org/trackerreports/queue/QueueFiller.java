package org.trackerreports.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reconciles the queue with the ids that exist. A filling is a reconcile of an empty queue. Works in batches small enough not to
 * hold up others. Thread-safe.
 */
final class QueueFiller {

    private static final int BATCH = 200;
    private static final long LOCK_MILLIS = 60_000;

    private final QueueScripts scripts;

    QueueFiller(QueueScripts scripts) {
        this.scripts = scripts;
    }

    /** Why ids are added; add.lua takes the names in lower case. */
    private enum Purpose {
        FILL,
        RECONCILE,
        CHANGES
    }

    /** One filling or reconcile: the lock's owner and what was done so far. */
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
            scripts.events().emit(listener -> listener.filled(run.added));
        }
        return done;
    }

    ReconcileResult reconcile(Supplier<? extends Stream<QueueEntry>> entries) {
        Run run = new Run(Purpose.RECONCILE);
        return reported(run, carryOut(run, () -> addAll(run, entries) && sweep(run)));
    }

    ReconcileResult reconcileChanges(Collection<QueueEntry> present, Set<String> gone) {
        for (QueueEntry entry : present) {
            if (gone.contains(entry.id())) {
                throw new IllegalArgumentException(
                        "\"" + entry.id() + "\" is both present and gone; give it in one of the two");
            }
        }
        Run run = new Run(Purpose.CHANGES);
        return reported(run, carryOut(run, () -> addAll(run, present::stream) && dropAll(run, gone)));
    }

    private ReconcileResult reported(Run run, boolean done) {
        if (!done) {
            return new ReconcileResult.AlreadyRunning();
        }
        ReconcileResult.Reconciled result = run.result();
        scripts.events().emit(listener -> listener.reconciled(result));
        return result;
    }

    /** Carries out a run while no other is under way. Returns whether it was completed. */
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
        ScriptResult result = scripts.run(
                Script.BEGIN, run.owner, LOCK_MILLIS, scripts.heartbeatTimeout(), run.purpose == Purpose.FILL ? 1 : 0);
        run.epoch = result.number(1);
        return result.number(0) == 1;
    }

    private boolean addAll(Run run, Supplier<? extends Stream<QueueEntry>> entries) {
        List<QueueEntry> batch = new ArrayList<>(BATCH);
        try (Stream<QueueEntry> stream = entries.get()) {
            for (Iterator<QueueEntry> all = stream.iterator(); all.hasNext(); ) {
                batch.add(all.next());
                if (batch.size() == BATCH || !all.hasNext()) {
                    if (!add(run, batch)) {
                        return false;
                    }
                    batch.clear();
                }
            }
        }
        return true;
    }

    private boolean add(Run run, List<QueueEntry> batch) {
        List<Object> arguments = new ArrayList<>(7 + 2 * batch.size());
        arguments.addAll(List.of(
                run.owner,
                LOCK_MILLIS,
                scripts.heartbeatTimeout(),
                run.epoch,
                run.purpose.name().toLowerCase(Locale.ROOT)));
        arguments.addAll(List.of(scripts.settings().interval().toMillis(), run.added));
        for (QueueEntry entry : batch) {
            arguments.add(entry.id());
            arguments.add(entry.priority());
        }
        ScriptResult result = scripts.run(Script.ADD, arguments.toArray());
        if (result.number(0) < 0) {
            return false;
        }
        run.added += result.number(0);
        run.changed += result.number(1);
        run.kept += result.number(2);
        return true;
    }

    private boolean sweep(Run run) {
        String cursor = "0";
        do {
            ScriptResult result = scripts.run(
                    Script.SWEEP, run.owner, LOCK_MILLIS, scripts.heartbeatTimeout(), run.epoch, cursor, BATCH);
            cursor = result.text(0);
            run.removed += result.number(1);
        } while (!cursor.equals("0") && !cursor.equals("-1"));
        return cursor.equals("0");
    }

    private boolean dropAll(Run run, Set<String> gone) {
        for (List<String> batch : Batches.of(List.copyOf(gone), BATCH)) {
            List<Object> arguments = new ArrayList<>(4 + batch.size());
            arguments.addAll(List.of(run.owner, LOCK_MILLIS, scripts.heartbeatTimeout(), run.epoch));
            arguments.addAll(batch);
            long removed = scripts.run(Script.DROP, arguments.toArray()).number(0);
            if (removed < 0) {
                return false;
            }
            run.removed += removed;
        }
        return true;
    }

    private boolean finish(Run run, boolean complete) {
        boolean coversAllIds = complete && run.purpose != Purpose.CHANGES;
        return scripts.run(Script.FINISH, run.owner, scripts.heartbeatTimeout(), run.epoch, coversAllIds ? 1 : 0)
                        .number(0)
                == 1;
    }
}
