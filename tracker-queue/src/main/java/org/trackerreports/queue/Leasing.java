package org.trackerreports.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** How leases are had, kept, ended and taken back. Thread-safe. */
final class Leasing {

    private static final int STEP = 125;

    /** Smaller where each id takes several commands of its own. */
    private static final int SMALL_STEP = 100;

    private static final int MAX_REASON_LENGTH = 200;

    private final QueueSettings settings;
    private final QueueListener listener;
    private final RandomGenerator random;
    private final Scripts scripts;
    private final List<Object> keys;
    private final HeldLeases held = new HeldLeases();

    private final ConcurrentMap<WorkerId, Long> epochs = new ConcurrentHashMap<>();

    /** Workers of which Redis may think that they hold more than they know, and when (ms, Redis' time) Redis answered them again; 0 if not yet. */
    private final ConcurrentMap<WorkerId, Long> uncertain = new ConcurrentHashMap<>();

    Leasing(
            QueueSettings settings,
            QueueListener listener,
            RandomGenerator random,
            Scripts scripts,
            List<Object> keys) {
        this.settings = settings;
        this.listener = listener;
        this.random = random;
        this.scripts = scripts;
        this.keys = keys;
    }

    List<Lease> claim(WorkerId worker, int atMost) {
        ScriptResult reply;
        try {
            reply = scripts.run(
                    Script.CLAIM, keys, worker.value(), atMost, settings.lease().toMillis(), heartbeatTimeout());
        } catch (QueueUnavailableException e) {
            uncertain.put(worker, 0L);
            throw e;
        }
        // Only a heartbeat sees to a change of epoch, so a claim must not hide one.
        epochs.putIfAbsent(worker, reply.number(1));
        List<Lease> leases = new ArrayList<>((reply.size() - 4) / 5);
        for (int i = 4; i < reply.size(); i += 5) {
            leases.add(new Lease(
                    reply.text(i),
                    worker,
                    reply.number(3),
                    reply.instant(2),
                    reply.instant(i + 1),
                    reply.count(i + 2),
                    reply.count(i + 3),
                    reply.count(i + 4),
                    reply.number(1)));
        }
        held.add(leases);
        listener.claimed(leases.size());
        return leases;
    }

    List<Boolean> extend(List<Lease> leases) {
        List<Boolean> answers = makeLastLonger(leases);
        tellRefused(answers);
        return answers;
    }

    List<Boolean> complete(List<Lease> leases, Completion completion) {
        List<Boolean> answers = giveBack(
                leases,
                completion == Completion.FOUND
                        ? lease -> LeaseOutcome.found(settings, lease)
                        : lease -> LeaseOutcome.nothingFound(settings, lease, random));
        tellRefused(answers);
        listener.completed(completion, accepted(answers));
        return answers;
    }

    List<Boolean> fail(List<Lease> leases, String reason, Fault fault) {
        String kept = reason.length() > MAX_REASON_LENGTH ? reason.substring(0, MAX_REASON_LENGTH) : reason;
        List<Boolean> answers = giveBack(
                leases,
                fault == Fault.TRACKER
                        ? lease -> LeaseOutcome.failed(settings, lease, kept, random)
                        : lease -> LeaseOutcome.notItsFault(settings, kept));
        tellRefused(answers);
        listener.failed(fault, accepted(answers));
        return answers;
    }

    List<Boolean> release(List<Lease> leases) {
        List<Boolean> answers = giveBack(leases, lease -> LeaseOutcome.released());
        tellRefused(answers);
        listener.released(accepted(answers));
        return answers;
    }

    private List<Boolean> makeLastLonger(List<Lease> leases) {
        List<Boolean> answers = new ArrayList<>(leases.size());
        for (List<Lease> part : Batches.of(leases, SMALL_STEP)) {
            List<Lease> current = part.stream().map(held::current).toList();
            ScriptArguments fields = new ScriptArguments();
            current.forEach(lease -> addLease(fields, lease));
            ScriptResult reply = scripts.run(
                    Script.EXTEND,
                    keys,
                    withIds(current, settings.lease().toMillis(), heartbeatTimeout(), fields.text()));
            for (int i = 0; i < current.size(); i++) {
                boolean extended = reply.number(3 + i) == 1;
                answers.add(extended);
                if (extended) {
                    held.add(List.of(current.get(i).renewed(reply.instant(2), reply.number(1))));
                } else {
                    held.remove(current.get(i));
                }
            }
        }
        return answers;
    }

    private List<Boolean> giveBack(List<Lease> leases, Function<Lease, LeaseOutcome> outcome) {
        List<Boolean> answers = new ArrayList<>(leases.size());
        for (List<Lease> part : Batches.of(leases, STEP)) {
            ScriptArguments fields = new ScriptArguments();
            for (Lease lease : part) {
                addLease(fields, held.current(lease));
                outcome.apply(lease).addTo(fields);
            }
            ScriptResult reply = scripts.run(Script.GIVE_BACK, keys, withIds(part, heartbeatTimeout(), fields.text()));
            for (int i = 0; i < part.size(); i++) {
                answers.add(reply.number(i) == 1);
                held.remove(part.get(i));
            }
        }
        return answers;
    }

    ReclaimResult reclaim() {
        int fromLeases = 0;
        int fromWorkers = 0;
        int workers = 0;
        ScriptResult reply;
        do {
            reply = scripts.run(Script.RECLAIM, keys, heartbeatTimeout(), SMALL_STEP);
            fromLeases += reply.count(0);
            fromWorkers += reply.count(1);
            workers += reply.count(2);
        } while (reply.number(0) + reply.number(1) >= SMALL_STEP);
        ReclaimResult reclaimed = new ReclaimResult(fromLeases, fromWorkers, workers);
        listener.reclaimed(reclaimed);
        return reclaimed;
    }

    void heartbeat(WorkerId worker) {
        ScriptResult reply = scripts.run(Script.HEARTBEAT, keys, worker.value(), heartbeatTimeout());
        held.dropEndedBefore(reply.instant(0));
        long epoch = reply.number(1);
        Long epochBefore = epochs.put(worker, epoch);
        boolean memoryLost = epochBefore != null && epochBefore != epoch;
        if (memoryLost) {
            uncertain.put(worker, 0L);
        }
        makeLastLonger(held.of(worker, epoch));
        settle(worker, reply.number(0));
        if (memoryLost) {
            listener.memoryLost();
        }
    }

    /**
     * Redis may have carried out a claim whose answer never arrived, or have gone back to a time before a lease was given
     * back. Once every claim of that time has ended for its caller, what the worker does not know of goes back; without this
     * it would wait for its lease to run out.
     */
    private void settle(WorkerId worker, long now) {
        Long answeredSince = uncertain.get(worker);
        long call = settings.callTimeout().toMillis();
        if (answeredSince == null) {
            return;
        }
        if (answeredSince == 0) {
            uncertain.replace(worker, answeredSince, now);
        } else if (now >= answeredSince + 2 * call) {
            giveBack(unknownLeases(worker, answeredSince + call), lease -> LeaseOutcome.released());
            uncertain.remove(worker, answeredSince);
        }
    }

    /** What Redis thinks that a worker holds since before an instant (ms), and the worker does not know of. */
    private List<Lease> unknownLeases(WorkerId worker, long before) {
        List<Lease> unknown = new ArrayList<>();
        String pageEnd = "";
        do {
            ScriptResult reply =
                    scripts.run(Script.HELD, keys, worker.value(), heartbeatTimeout(), before, pageEnd, STEP);
            for (int i = 2; i < reply.size(); i += 7) {
                Lease lease = new Lease(
                        reply.text(i),
                        worker,
                        reply.number(i + 1),
                        reply.instant(i + 2),
                        reply.instant(i + 3),
                        reply.count(i + 4),
                        reply.count(i + 5),
                        reply.count(i + 6),
                        reply.number(0));
                if (!held.knows(lease)) {
                    unknown.add(lease);
                }
            }
            pageEnd = reply.text(1);
        } while (!pageEnd.isEmpty());
        return unknown;
    }

    void leave(WorkerId worker) {
        int released = 0;
        int step;
        do {
            step = scripts.run(Script.LEAVE, keys, worker.value(), SMALL_STEP).count(0);
            released += step;
        } while (step >= SMALL_STEP);
        held.removeAllOf(worker);
        uncertain.remove(worker);
        epochs.remove(worker);
        listener.released(released);
    }

    private void tellRefused(List<Boolean> answers) {
        int refused = answers.size() - accepted(answers);
        if (refused > 0) {
            listener.refused(refused);
        }
    }

    private static int accepted(List<Boolean> answers) {
        return (int) answers.stream().filter(answer -> answer).count();
    }

    private static Object[] withIds(List<Lease> leases, Object... first) {
        return Stream.concat(Stream.of(first), leases.stream().map(Lease::id)).toArray();
    }

    private static void addLease(ScriptArguments fields, Lease lease) {
        fields.add(lease.worker().value())
                .add(lease.token())
                .add(lease.until().toEpochMilli())
                .add(lease.priority())
                .add(lease.due().toEpochMilli())
                .add(lease.epoch());
    }

    private long heartbeatTimeout() {
        return settings.heartbeatTimeout().toMillis();
    }
}
