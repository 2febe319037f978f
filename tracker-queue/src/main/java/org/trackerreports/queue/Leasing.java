package org.trackerreports.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Claims, extends and ends leases. Thread-safe. */
final class Leasing {

    private static final int BATCH = 125;

    /** Smaller, because each lease takes several commands of its own. */
    private static final int EXTEND_BATCH = 100;

    private static final int MAX_REASON_LENGTH = 200;

    private final RandomGenerator random;
    private final QueueScripts scripts;
    private final WorkerStates workers = new WorkerStates();

    Leasing(RandomGenerator random, QueueScripts scripts) {
        this.random = random;
        this.scripts = scripts;
    }

    /** What this instance knows about the workers that claim through it. */
    WorkerStates workers() {
        return workers;
    }

    List<Lease> claim(WorkerId worker, int max) {
        ScriptResult result;
        try {
            result = scripts.run(Script.CLAIM, worker.value(), max, leaseTime(), scripts.heartbeatTimeout());
        } catch (QueueUnavailableException e) {
            workers.setUncertain(worker);
            throw e;
        }
        workers.claimed(worker, result.number(1));
        List<Lease> leases = ScriptResultReader.claimed(result, worker);
        workers.held().add(leases);
        scripts.events().emit(listener -> listener.claimed(leases.size()));
        return leases;
    }

    List<Boolean> extend(List<Lease> leases) {
        return reportRefused(extendUnreported(leases));
    }

    List<Boolean> complete(List<Lease> leases, Completion completion) {
        List<Boolean> accepted = reportRefused(
                end(leases, lease -> LeaseOutcome.completed(scripts.settings(), lease, completion, random)));
        scripts.events().emit(listener -> listener.completed(completion, count(accepted)));
        return accepted;
    }

    List<Boolean> fail(List<Lease> leases, String reason, Fault fault) {
        String kept = reason.length() > MAX_REASON_LENGTH ? reason.substring(0, MAX_REASON_LENGTH) : reason;
        List<Boolean> accepted = reportRefused(
                end(leases, lease -> LeaseOutcome.failed(scripts.settings(), lease, fault, kept, random)));
        scripts.events().emit(listener -> listener.failed(fault, count(accepted)));
        return accepted;
    }

    List<Boolean> release(List<Lease> leases) {
        List<Boolean> accepted = reportRefused(releaseUnreported(leases));
        scripts.events().emit(listener -> listener.released(count(accepted)));
        return accepted;
    }

    /** Extends leases without telling the listener. */
    List<Boolean> extendUnreported(List<Lease> leases) {
        List<Boolean> accepted = new ArrayList<>(leases.size());
        for (List<Lease> batch : Batches.of(leases, EXTEND_BATCH)) {
            List<Lease> current = batch.stream().map(workers.held()::current).toList();
            ScriptArguments arguments = new ScriptArguments();
            current.forEach(lease -> addLease(arguments, lease));
            ScriptResult result = scripts.run(
                    Script.EXTEND, withIds(current, leaseTime(), scripts.heartbeatTimeout(), arguments.text()));
            for (int i = 0; i < current.size(); i++) {
                boolean extended = result.number(3 + i) == 1;
                accepted.add(extended);
                if (extended) {
                    workers.held().add(List.of(current.get(i).renewed(result.instant(2), result.number(1))));
                } else {
                    workers.held().remove(current.get(i));
                }
            }
        }
        return accepted;
    }

    /** Releases leases without telling the listener. */
    List<Boolean> releaseUnreported(List<Lease> leases) {
        return end(leases, lease -> LeaseOutcome.released());
    }

    private List<Boolean> end(List<Lease> leases, Function<Lease, LeaseOutcome> outcome) {
        List<Boolean> accepted = new ArrayList<>(leases.size());
        for (List<Lease> batch : Batches.of(leases, BATCH)) {
            EndedLeases ended = new EndedLeases();
            for (Lease lease : batch) {
                ended.add(workers.held().current(lease), outcome.apply(lease));
            }
            ScriptResult result = scripts.run(
                    Script.GIVE_BACK, withIds(batch, scripts.heartbeatTimeout(), ended.runs(), ended.own()));
            for (int i = 0; i < batch.size(); i++) {
                accepted.add(result.flag(0, i));
                workers.held().remove(batch.get(i));
            }
        }
        return accepted;
    }

    private long leaseTime() {
        return scripts.settings().lease().toMillis();
    }

    private List<Boolean> reportRefused(List<Boolean> accepted) {
        int refused = accepted.size() - count(accepted);
        if (refused > 0) {
            scripts.events().emit(listener -> listener.refused(refused));
        }
        return accepted;
    }

    private static int count(List<Boolean> accepted) {
        return (int) accepted.stream().filter(each -> each).count();
    }

    private static Object[] withIds(List<Lease> leases, Object... first) {
        return Stream.concat(Stream.of(first), leases.stream().map(Lease::id)).toArray();
    }

    private static void addLease(ScriptArguments arguments, Lease lease) {
        arguments
                .add(lease.worker().value())
                .add(lease.token())
                .add(lease.until().toEpochMilli())
                .add(lease.priority())
                .add(lease.due().toEpochMilli())
                .add(lease.epoch());
    }
}
