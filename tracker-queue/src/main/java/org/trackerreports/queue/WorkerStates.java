package org.trackerreports.queue;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What this instance knows about its workers: the leases that they hold, the epoch of their last heartbeats, and whether Redis may
 * hold leases for them that they do not know of. Thread-safe.
 */
final class WorkerStates {

    private static final long NOT_ANSWERED_YET = 0;

    private final HeldLeases held = new HeldLeases();
    private final ConcurrentMap<WorkerId, Long> epochs = new ConcurrentHashMap<>();

    /** Workers whose leases are uncertain, and when (ms, Redis' time) Redis answered their heartbeat again. */
    private final ConcurrentMap<WorkerId, Long> uncertainSince = new ConcurrentHashMap<>();

    HeldLeases held() {
        return held;
    }

    /** A claim was answered. Only a heartbeat handles a change of epoch, so a claim must not hide one. */
    void claimed(WorkerId worker, long epoch) {
        epochs.putIfAbsent(worker, epoch);
    }

    /** Redis may have leased ids to this worker without the worker knowing. */
    void setUncertain(WorkerId worker) {
        uncertainSince.put(worker, NOT_ANSWERED_YET);
    }

    /**
     * A heartbeat was answered.
     *
     * @return whether Redis lost its data since the worker's last heartbeat
     */
    boolean heartbeat(WorkerId worker, long epoch) {
        Long before = epochs.put(worker, epoch);
        boolean dataLost = before != null && before != epoch;
        if (dataLost) {
            setUncertain(worker);
        }
        return dataLost;
    }

    /**
     * Whether the uncertainty of a worker can be resolved: it began long enough ago for every claim of that time to have ended
     * for its caller.
     *
     * @param now Redis' time (ms)
     * @param callTimeout how long a claim may take (ms)
     * @return the instant (ms) before which the unknown leases were handed out, or 0 if there is nothing to do
     */
    long resolvableBefore(WorkerId worker, long now, long callTimeout) {
        Long since = uncertainSince.get(worker);
        if (since == null) {
            return 0;
        }
        if (since == NOT_ANSWERED_YET) {
            uncertainSince.replace(worker, since, now);
            return 0;
        }
        return now >= since + 2 * callTimeout ? since + callTimeout : 0;
    }

    /** The uncertainty was resolved, unless it began anew meanwhile. */
    void resolved(WorkerId worker, long before, long callTimeout) {
        uncertainSince.remove(worker, before - callTimeout);
    }

    void remove(WorkerId worker) {
        held.removeAllOf(worker);
        epochs.remove(worker);
        uncertainSince.remove(worker);
    }
}
