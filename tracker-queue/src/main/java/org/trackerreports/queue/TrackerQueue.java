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
 * A queue of ids on Redis that many workers in many processes share. There is one order: whose turn is longest overdue.
 *
 * <p>A worker {@linkplain #claim claims} ids, works, and gives each back with what came of it; it {@linkplain #heartbeat beats}
 * meanwhile. Any instance {@linkplain #reclaim reclaims} what dead workers held. Every write of a lease carries its token, so
 * a worker that lost its lease can change nothing. All times are Redis' own.
 *
 * <p>Every method throws {@link QueueUnavailableException} within {@link QueueSettings#callTimeout()} when Redis is away.
 * Thread-safe. Does not close the client that it is given.
 */
public final class TrackerQueue {

    /** The most ids that one call may claim. */
    public static final int MAX_PER_CLAIM = 256;

    /** The most ids that one {@link #list} may answer. */
    public static final int MAX_PER_PAGE = 500;

    private final QueueSettings settings;
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
        this.settings = settings;
        this.scripts = new QueueScripts(settings, scripts);
        this.filler = new QueueFiller(settings, this.scripts);
        this.admin = new QueueAdmin(this.scripts);
        HeldLeases held = new HeldLeases();
        WorkerStates states = new WorkerStates();
        this.leasing = new Leasing(settings, Objects.requireNonNull(random, "random"), this.scripts, held, states);
        this.workers = new Workers(settings, this.scripts, leasing, held, states);
    }

    /** The settings that this instance works by. */
    public QueueSettings settings() {
        return settings;
    }

    /**
     * Fills the queue if it is empty, or was not filled to the end. The first turns are spread evenly over the interval.
     * One instance does it at a time; the others get false.
     *
     * @param entries asked for the ids only if they are needed; the stream is closed
     * @return whether this call filled the queue
     */
    public boolean initialiseIfEmpty(Supplier<? extends Stream<QueueEntry>> entries) {
        return filler.fillIfEmpty(entries);
    }

    /**
     * Brings the queue in line with the ids that there are: adds, removes, takes over priorities. Runs in small steps, so
     * that a million ids hold up nobody. What is added has its turn at once if it is one, else spread over the interval.
     * Nothing is removed unless the stream was read to its end.
     *
     * @param entries asked for all ids, once no other instance can take over older news any more; the stream is closed
     */
    public ReconcileResult reconcile(Supplier<? extends Stream<QueueEntry>> entries) {
        return filler.reconcile(entries);
    }

    /**
     * Takes over what has changed since the last call: as {@link #reconcile}, for a part. The cost depends on the number of
     * changes only. A parked id among them is tried again at once. All other ids stay as they are.
     *
     * @param present ids that are new or that something has changed about
     * @param gone ids to remove; none of them may be among the present
     * @return {@link ReconcileResult.AlreadyRunning} if nothing or not all was done: call again with the same changes
     */
    public ReconcileResult reconcileChanges(Collection<QueueEntry> present, Set<String> gone) {
        return filler.reconcileChanges(present, gone);
    }

    /**
     * Leases due ids to a worker, the longest overdue first, in one atomic step. Counts as a heartbeat. A worker claims
     * through one instance only.
     *
     * @param atMost 1 to {@link #MAX_PER_CLAIM}
     * @return none if nothing is due, all is paused, or Redis lost its memory less than a heartbeat timeout ago
     */
    public List<Lease> claim(WorkerId worker, int atMost) {
        Ranges.require("atMost", atMost, 1, MAX_PER_CLAIM);
        return leasing.claim(worker, atMost);
    }

    /** As {@link #extend(List)}, for one. */
    public boolean extend(Lease lease) {
        return extend(List.of(lease)).get(0);
    }

    /**
     * Makes leases last one lease from now.
     *
     * @return for each, in order, whether it was extended; if not it is lost: stop the work on it
     */
    public List<Boolean> extend(List<Lease> leases) {
        return leasing.extend(leases);
    }

    /** As {@link #complete(List, Completion)}, for one. */
    public boolean complete(Lease lease, Completion completion) {
        return complete(List.of(lease), completion).get(0);
    }

    /**
     * Ends leases well. The next turn is one interval from now, divided by the priority; longer if nothing was found and
     * {@link QueueSettings#afterNothingFound()} says so.
     *
     * @return for each, in order, whether it was accepted; if not the lease was lost and nothing has changed
     */
    public List<Boolean> complete(List<Lease> leases, Completion completion) {
        return leasing.complete(leases, completion);
    }

    /** As {@link #fail(List, String, Fault)}, for one. */
    public boolean fail(Lease lease, String reason, Fault fault) {
        return fail(List.of(lease), reason, fault).get(0);
    }

    /**
     * Ends leases badly. The wait until the next turn grows with the tracker's failures in a row; other faults count nothing.
     *
     * @param reason for {@link #details}; its first 200 characters are kept. No secrets, it can be read by others.
     * @return for each, in order, whether it was accepted; if not the lease was lost and nothing has changed
     */
    public List<Boolean> fail(List<Lease> leases, String reason, Fault fault) {
        return leasing.fail(leases, reason, fault);
    }

    /** As {@link #release(List)}, for one. */
    public boolean release(Lease lease) {
        return release(List.of(lease)).get(0);
    }

    /**
     * Gives leases back unworked, with the turn that they had.
     *
     * @return for each, in order, whether it was accepted; if not the lease was lost and nothing has changed
     */
    public List<Boolean> release(List<Lease> leases) {
        return leasing.release(leases);
    }

    /**
     * Takes back leases that ran out and those of workers whose heart stopped. To be called by every instance on a period.
     * What is taken back is due at once, behind all that waited longer.
     *
     * @return the number of ids that went back; each lease is taken back by one caller only
     */
    public int reclaim() {
        return workers.reclaim().ids();
    }

    /**
     * Says that a worker lives, and reports what it holds if Redis lost its memory since. To be called at least three times
     * in every {@link QueueSettings#heartbeatTimeout()}.
     */
    public void heartbeat(WorkerId worker) {
        workers.heartbeat(worker);
    }

    /** Signs a worker off; what it still holds goes back unworked. */
    public void leave(WorkerId worker) {
        workers.leave(worker);
    }

    /**
     * Makes ids due now, behind all that waited longer; a parked one gets one more turn. Ids at work, paused, overdue or
     * unknown stay as they are.
     *
     * @return the number of ids that moved
     */
    public int requeueNow(Collection<String> ids) {
        return admin.requeueNow(ids);
    }

    /**
     * Makes all waiting ids due now, in the order in which they wait, and behind them the parked ones.
     *
     * @return the number of ids that moved
     */
    public long requeueAllNow() {
        return admin.requeueAllNow();
    }

    /**
     * Removes ids with all that is known of them. A lease on one of them is lost.
     *
     * @return the number of ids that were there
     */
    public int remove(Collection<String> ids) {
        return admin.remove(ids);
    }

    /**
     * Lets ids have no turn until they are resumed. Work under way is finished first. Kept in Redis only.
     *
     * @return the number of ids that were there and not paused
     */
    public int pause(Collection<String> ids) {
        return admin.pause(ids);
    }

    /**
     * Lets paused ids have their turn again.
     *
     * @return the number of ids that were paused
     */
    public int resume(Collection<String> ids) {
        return admin.resume(ids);
    }

    /** Lets nobody claim anything until {@link #resumeAll}. Kept in Redis only. */
    public void pauseAll() {
        admin.pauseAll(true);
    }

    /** Lets workers claim again. Ids that were paused by name stay paused. */
    public void resumeAll() {
        admin.pauseAll(false);
    }

    /** Measures the queue; the cost does not depend on the number of ids. */
    public QueueStatistics statistics() {
        QueueStatistics statistics =
                ScriptResultReader.statistics(scripts.run(Script.STATISTICS, scripts.heartbeatTimeout()));
        scripts.events().emit(listener -> listener.measured(statistics));
        return statistics;
    }

    /** All that is known of one id; none if it is not in the queue. */
    public Optional<QueuedId> details(String id) {
        return ScriptResultReader.details(scripts.run(Script.DETAILS, RedisNames.requireId(id)));
    }

    /**
     * One page of ids, in the order of the view. Each page is of its own instant: an id that moves meanwhile can be on two
     * pages or on none.
     *
     * @param skip how many ids to leave out at the beginning; costs nothing
     * @param atMost 1 to {@link #MAX_PER_PAGE}; fewer ids mean that there are no more
     */
    public List<QueuedId> list(QueueView view, long skip, int atMost) {
        if (skip < 0) {
            throw new IllegalArgumentException("skip is " + skip + "; give 0 or more");
        }
        Ranges.require("atMost", atMost, 1, MAX_PER_PAGE);
        return ScriptResultReader.page(scripts.run(Script.LIST, view.word(), skip, atMost));
    }

    /** The id whose turn is longest overdue; none if nothing is due. */
    public Optional<QueueStatistics.Overdue> oldestOverdue() {
        return ScriptResultReader.statistics(scripts.run(Script.STATISTICS, scripts.heartbeatTimeout()))
                .oldestOverdue();
    }

    /** How long until a claim can have something; zero if it can now, none if nothing waits or all is paused. */
    public Optional<Duration> untilNextDue() {
        return ScriptResultReader.untilNextDue(scripts.run(Script.STATISTICS, scripts.heartbeatTimeout()));
    }
}
