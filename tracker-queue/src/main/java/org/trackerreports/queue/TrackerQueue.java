package org.trackerreports.queue;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.redisson.api.RedissonClient;

/**
 * A queue of ids on Redis that many workers in many processes share. There is one order: the id that is longest overdue comes first.
 *
 * <p>A worker {@linkplain #claim claims} ids, works on them and {@linkplain #complete(List, Completion) completes} or {@linkplain
 * #fail(List, String, Fault) fails} each; meanwhile it sends {@linkplain #heartbeat heartbeats}. Any instance {@linkplain #reclaim
 * reclaims} the leases of dead workers. Each change of a lease carries its fencing token, so a worker that lost its lease can change
 * nothing. All times are those of Redis.
 *
 * <p>When Redis is unavailable, every method throws {@link QueueUnavailableException} within {@link QueueSettings#callTimeout()}.
 * Thread-safe. Does not close the client that it is given.
 */
public final class TrackerQueue {

    /** The maximum number of ids that one call may claim. */
    public static final int MAX_PER_CLAIM = 256;

    /** The maximum number of ids on one page of {@link #list}. */
    public static final int MAX_PER_PAGE = 500;

    private final QueueScripts scripts;
    private final QueueFiller filler;
    private final Leasing leasing;
    private final Workers workers;
    private final QueueAdmin admin;

    /** Makes a queue without a listener. */
    public TrackerQueue(RedissonClient redisson, QueueSettings settings) {
        this(redisson, settings, QueueListener.NONE, new Random());
    }

    /**
     * Makes a queue.
     *
     * @param random for the jitter; must be thread-safe
     */
    public TrackerQueue(
            RedissonClient redisson, QueueSettings settings, QueueListener listener, RandomGenerator random) {
        this(settings, random, new Scripts(redisson, settings.callTimeout(), listener));
    }

    TrackerQueue(QueueSettings settings, RandomGenerator random, Scripts scripts) {
        this.scripts = new QueueScripts(settings, scripts);
        this.filler = new QueueFiller(this.scripts);
        this.admin = new QueueAdmin(this.scripts);
        this.leasing = new Leasing(Objects.requireNonNull(random, "random"), this.scripts);
        this.workers = new Workers(this.scripts, leasing);
    }

    /** The settings of this instance. */
    public QueueSettings settings() {
        return scripts.settings();
    }

    /**
     * Fills the queue if it is empty or was never filled completely. The first turns are spread evenly over the interval. Only one
     * instance fills at a time; for the others this returns false.
     *
     * @param entries called only if the ids are needed; its stream is closed
     * @return whether this call filled the queue
     */
    public boolean initialiseIfEmpty(Supplier<? extends Stream<QueueEntry>> entries) {
        return filler.fillIfEmpty(entries);
    }

    /**
     * Reconciles the queue with the ids that exist: adds and removes ids, and updates priorities. Works in small batches, so that
     * even a million ids do not hold up other callers. A single added id is due at once; several are spread over the interval.
     * Nothing is removed unless the stream was read to its end.
     *
     * @param entries called for all ids, after this instance got the lock; its stream is closed
     */
    public ReconcileResult reconcile(Supplier<? extends Stream<QueueEntry>> entries) {
        return filler.reconcile(entries);
    }

    /**
     * Applies the changes since the last call. Unlike {@link #reconcile}, its cost depends on the number of changes only. A parked
     * id among them is due at once. All other ids stay as they are.
     *
     * @param present ids that are new or have changed
     * @param gone ids to remove; none of them may be present
     * @return {@link ReconcileResult.AlreadyRunning} if not all changes were applied: call again with the same changes
     */
    public ReconcileResult reconcileChanges(Collection<QueueEntry> present, Set<String> gone) {
        return filler.reconcileChanges(present, gone);
    }

    /**
     * Leases due ids to a worker, the longest overdue first, in one atomic step. Counts as a heartbeat if there are any.
     * A worker must claim through one instance only.
     *
     * @param atMost 1 to {@link #MAX_PER_CLAIM}
     * @return empty if nothing is due, the queue is paused, or Redis lost its data less than a heartbeat timeout ago
     */
    public List<Lease> claim(WorkerId worker, int atMost) {
        Ranges.require("atMost", atMost, 1, MAX_PER_CLAIM);
        return leasing.claim(worker, atMost);
    }

    /** Like {@link #extend(List)}, for one lease. */
    public boolean extend(Lease lease) {
        return extend(List.of(lease)).get(0);
    }

    /**
     * Extends leases: each ends one {@linkplain QueueSettings#lease() lease time} from now.
     *
     * @return for each lease, in order, whether it was extended; if not, it is lost, and work on it must stop
     */
    public List<Boolean> extend(List<Lease> leases) {
        return leasing.extend(leases);
    }

    /** Like {@link #complete(List, Completion)}, for one lease. */
    public boolean complete(Lease lease, Completion completion) {
        return complete(List.of(lease), completion).get(0);
    }

    /**
     * Ends leases after successful work. The next turn is one interval divided by the priority from now, or later if nothing was
     * found and {@link QueueSettings#afterNothingFound()} says so.
     *
     * @return for each lease, in order, whether it was accepted; if not, the lease was lost and nothing has changed
     */
    public List<Boolean> complete(List<Lease> leases, Completion completion) {
        return leasing.complete(leases, completion);
    }

    /** Like {@link #fail(List, String, Fault)}, for one lease. */
    public boolean fail(Lease lease, String reason, Fault fault) {
        return fail(List.of(lease), reason, fault).get(0);
    }

    /**
     * Ends leases after failed work. The wait until the next turn grows with the consecutive failures of the tracker; other faults
     * are not counted.
     *
     * @param reason for {@link #details}; its first 200 characters are kept. Others can read it, so it must hold no secrets.
     * @return for each lease, in order, whether it was accepted; if not, the lease was lost and nothing has changed
     */
    public List<Boolean> fail(List<Lease> leases, String reason, Fault fault) {
        return leasing.fail(leases, reason, fault);
    }

    /** Like {@link #release(List)}, for one lease. */
    public boolean release(Lease lease) {
        return release(List.of(lease)).get(0);
    }

    /**
     * Ends leases without work. The ids keep the turn that they had.
     *
     * @return for each lease, in order, whether it was accepted; if not, the lease was lost and nothing has changed
     */
    public List<Boolean> release(List<Lease> leases) {
        return leasing.release(leases);
    }

    /**
     * Takes back leases that ran out, and leases of workers that stopped sending heartbeats. Call it from every instance, periodically
     * or when a {@link #heartbeat} says so. Reclaimed ids are due now, behind those that have waited longer.
     *
     * @return the number of reclaimed ids; each lease is reclaimed by one caller only
     */
    public int reclaim() {
        return workers.reclaim().ids();
    }

    /**
     * Reports that a worker is alive, and what it holds if Redis lost its data since the last heartbeat. Call it at least three times
     * per {@link QueueSettings#heartbeatTimeout()}.
     *
     * @return whether there is something to {@link #reclaim}
     */
    public boolean heartbeat(WorkerId worker) {
        return workers.heartbeat(worker);
    }

    /** Removes a worker and releases the leases that it still holds. */
    public void leave(WorkerId worker) {
        workers.leave(worker);
    }

    /**
     * Makes ids due now, behind those that have waited longer. A parked id gets one more turn. Ids that are leased, paused, overdue
     * or unknown stay as they are.
     *
     * @return the number of ids that became due
     */
    public int requeueNow(Collection<String> ids) {
        return admin.requeueNow(ids);
    }

    /**
     * Makes all waiting ids due now, in the order in which they wait, followed by the parked ones.
     *
     * @return the number of ids that became due
     */
    public long requeueAllNow() {
        return admin.requeueAllNow();
    }

    /**
     * Removes ids with their history. Leases on them are lost.
     *
     * @return the number of ids that were in the queue
     */
    public int remove(Collection<String> ids) {
        return admin.remove(ids);
    }

    /**
     * Pauses ids until they are resumed. Current work on them may finish. The pause is stored in Redis only.
     *
     * @return the number of ids that were in the queue and not paused
     */
    public int pause(Collection<String> ids) {
        return admin.pause(ids);
    }

    /**
     * Resumes paused ids.
     *
     * @return the number of ids that were paused
     */
    public int resume(Collection<String> ids) {
        return admin.resume(ids);
    }

    /** Stops all claims until {@link #resumeAll}. The pause is stored in Redis only. */
    public void pauseAll() {
        admin.pauseAll(true);
    }

    /** Allows claims again. Ids that were paused by name stay paused. */
    public void resumeAll() {
        admin.pauseAll(false);
    }

    /** Reads the statistics; the cost does not depend on the number of ids. */
    public QueueStatistics statistics() {
        QueueStatistics statistics =
                ScriptResultReader.statistics(scripts.run(Script.STATISTICS, scripts.heartbeatTimeout()));
        scripts.events().emit(listener -> listener.measured(statistics));
        return statistics;
    }

    /** What the queue knows about one id; empty if it is not in the queue. */
    public Optional<QueuedId> details(String id) {
        return ScriptResultReader.details(scripts.run(Script.DETAILS, RedisNames.requireId(id)));
    }

    /**
     * Reads one page of ids, in the order of the view. Each page shows its own instant: an id that moves between two reads can be on
     * two pages or on none.
     *
     * @param skip how many ids to skip; costs nothing
     * @param atMost 1 to {@link #MAX_PER_PAGE}; if fewer ids are returned, this is the last page
     */
    public List<QueuedId> list(QueueView view, long skip, int atMost) {
        if (skip < 0) {
            throw new IllegalArgumentException("skip is " + skip + "; give 0 or more");
        }
        Ranges.require("atMost", atMost, 1, MAX_PER_PAGE);
        return ScriptResultReader.page(scripts.run(Script.LIST, view.word(), skip, atMost));
    }

    /** The id that is longest overdue; empty if nothing is due. */
    public Optional<QueueStatistics.Overdue> oldestOverdue() {
        return ScriptResultReader.statistics(scripts.run(Script.STATISTICS, scripts.heartbeatTimeout()))
                .oldestOverdue();
    }

    /** How long until a claim can return something; zero if it can now; empty if nothing waits or the queue is paused. */
    public Optional<Duration> untilNextDue() {
        return ScriptResultReader.untilNextDue(scripts.run(Script.STATISTICS, scripts.heartbeatTimeout()));
    }
}
