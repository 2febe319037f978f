package org.trackerreports.queue;

import java.util.ArrayList;
import java.util.List;

/** Keeps the leases of living workers and reclaims those of dead ones. Thread-safe. */
final class Workers {

    private static final int BATCH = 100;
    /** Claims, of up to 256 leases each. */
    private static final int HELD_PAGE = 4;

    private final QueueScripts scripts;
    private final Leasing leasing;
    private final WorkerStates states;

    Workers(QueueScripts scripts, Leasing leasing) {
        this.scripts = scripts;
        this.leasing = leasing;
        this.states = leasing.workers();
    }

    boolean heartbeat(WorkerId worker) {
        ScriptResult result = scripts.run(Script.HEARTBEAT, worker.value(), scripts.heartbeatTimeout());
        states.held().removeEndedBefore(result.instant(0));
        long epoch = result.number(1);
        boolean dataLost = states.heartbeat(worker, epoch);
        leasing.extendUnreported(states.held().fromOtherEpochs(worker, epoch));
        releaseUnknown(worker, result.number(0));
        if (dataLost) {
            scripts.events().emit(QueueListener::dataLost);
        }
        return result.number(2) > 0;
    }

    /**
     * Redis may have carried out a claim whose answer never arrived, or may have gone back to a time before a lease was ended.
     * Without this, such a lease would keep its id from others until it runs out.
     */
    private void releaseUnknown(WorkerId worker, long now) {
        long callTimeout = scripts.settings().callTimeout().toMillis();
        long before = states.resolvableBefore(worker, now, callTimeout);
        if (before > 0) {
            leasing.releaseUnreported(unknownLeases(worker, before));
            states.resolved(worker, before, callTimeout);
        }
    }

    /** The leases that Redis handed out to a worker before an instant (ms), and that the worker does not know of. */
    private List<Lease> unknownLeases(WorkerId worker, long before) {
        List<Lease> unknown = new ArrayList<>();
        String pageEnd = "";
        do {
            ScriptResult result =
                    scripts.run(Script.HELD, worker.value(), scripts.heartbeatTimeout(), before, pageEnd, HELD_PAGE);
            for (Lease lease : ScriptResultReader.held(result, worker)) {
                if (!states.held().knows(lease)) {
                    unknown.add(lease);
                }
            }
            pageEnd = result.text(1);
        } while (!pageEnd.isEmpty());
        return unknown;
    }

    ReclaimResult reclaim() {
        ReclaimResult total = new ReclaimResult(0, 0, 0);
        ReclaimResult batch;
        do {
            ScriptResult result = scripts.run(Script.RECLAIM, scripts.heartbeatTimeout(), BATCH);
            batch = new ReclaimResult(result.count(0), result.count(1), result.count(2));
            total = total.plus(batch);
        } while (batch.ids() >= BATCH);
        ReclaimResult reclaimed = total;
        scripts.events().emit(listener -> listener.reclaimed(reclaimed));
        return reclaimed;
    }

    void leave(WorkerId worker) {
        int released = 0;
        int batch;
        do {
            batch = scripts.run(Script.LEAVE, worker.value(), BATCH).count(0);
            released += batch;
        } while (batch >= BATCH);
        states.remove(worker);
        int ids = released;
        scripts.events().emit(listener -> listener.released(ids));
    }
}
