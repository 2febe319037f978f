package org.trackerreports.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
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
    public static final int MOST_PER_CLAIM = 500;

    private static final int STEP = 250;
    private static final int LONGEST_REASON = 200;

    private final QueueSettings settings;
    private final QueueListener listener;
    private final RandomGenerator random;
    private final Scripts scripts;
    private final List<Object> keys;
    private final Leasing leasing;
    private final QueueFiller filler;

    public TrackerQueue(RedissonClient redisson, QueueSettings settings) {
        this(redisson, settings, QueueListener.NONE, new Random());
    }

    /**
     * @param random for the jitter; must be thread-safe
     */
    public TrackerQueue(
            RedissonClient redisson, QueueSettings settings, QueueListener listener, RandomGenerator random) {
        this(settings, listener, random, new Scripts(redisson, settings.callTimeout(), listener));
    }

    TrackerQueue(QueueSettings settings, QueueListener listener, RandomGenerator random, Scripts scripts) {
        this.settings = settings;
        this.listener = Objects.requireNonNull(listener, "listener");
        this.random = Objects.requireNonNull(random, "random");
        this.scripts = scripts;
        this.keys = Stream.of(
                        "records", "due", "leased", "held", "paused", "workers", "meta", "counters", "lock", "seen")
                .<Object>map(name -> "{" + settings.prefix() + "}:" + name)
                .toList();
        this.leasing = new Leasing(settings, scripts, keys);
        this.filler = new QueueFiller(settings, listener, scripts, keys);
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
     * @param entries all ids; the stream is closed
     */
    public ReconcileResult reconcile(Stream<QueueEntry> entries) {
        return filler.reconcile(entries);
    }

    /**
     * Leases due ids to a worker, the longest overdue first, in one atomic step. Counts as a heartbeat. A worker claims
     * through one instance only.
     *
     * @param atMost 1 to {@link #MOST_PER_CLAIM}
     * @return none if nothing is due, all is paused, or Redis lost its memory less than a heartbeat timeout ago
     */
    public List<Lease> claim(WorkerId worker, int atMost) {
        if (atMost < 1 || atMost > MOST_PER_CLAIM) {
            throw new IllegalArgumentException("atMost is " + atMost + "; give 1 to " + MOST_PER_CLAIM);
        }
        List<Lease> leases = leasing.claim(worker, atMost);
        listener.claimed(leases.size());
        return leases;
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
        return tellRefused(leasing.extend(leases));
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
        List<Boolean> answers = tellRefused(leasing.giveBack(
                leases,
                completion == Completion.FOUND
                        ? lease -> GiveBack.found(settings, lease)
                        : lease -> GiveBack.nothingFound(settings, lease, random)));
        listener.completed(completion, accepted(answers));
        return answers;
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
        String kept = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
        List<Boolean> answers = tellRefused(leasing.giveBack(
                leases,
                fault == Fault.TRACKER
                        ? lease -> GiveBack.failed(settings, lease, kept, random)
                        : lease -> GiveBack.notItsFault(settings, kept)));
        listener.failed(fault, accepted(answers));
        return answers;
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
        List<Boolean> answers = tellRefused(leasing.giveBack(leases, lease -> GiveBack.released()));
        listener.released(accepted(answers));
        return answers;
    }

    /**
     * Takes back leases that ran out and those of workers whose heart stopped. To be called by every instance on a period.
     * What is taken back is due at once, behind all that waited longer.
     *
     * @return the number of ids that went back; each lease is taken back by one caller only
     */
    public int reclaim() {
        Reclaimed reclaimed = leasing.reclaim();
        listener.reclaimed(reclaimed);
        return reclaimed.ids();
    }

    /**
     * Says that a worker lives, and reports what it holds if Redis lost its memory since. To be called at least three times
     * in every {@link QueueSettings#heartbeatTimeout()}.
     */
    public void heartbeat(WorkerId worker) {
        if (leasing.heartbeat(worker)) {
            listener.memoryLost();
        }
    }

    /** Signs a worker off; what it still holds goes back unworked. */
    public void leave(WorkerId worker) {
        listener.released(leasing.leave(worker));
    }

    /**
     * Makes ids due now, behind all that waited longer. Ids at work, paused, overdue or unknown stay as they are.
     *
     * @return the number of ids that moved
     */
    public int requeueNow(Collection<String> ids) {
        return inSteps(Script.REQUEUE, ids);
    }

    /**
     * Makes all waiting ids due now, in the order in which they wait.
     *
     * @return the number of ids that moved
     */
    public long requeueAllNow() {
        Reply reply = scripts.run(Script.REQUEUE_ALL, keys, STEP);
        long moved = reply.number(0);
        // Ids that are completed meanwhile wait for later again; they must not keep this going for ever.
        long left = reply.number(1);
        while (left > 0 && reply.number(0) > 0) {
            reply = scripts.run(Script.REQUEUE_ALL, keys, Math.min(STEP, left));
            moved += reply.number(0);
            left -= reply.number(0);
        }
        return moved;
    }

    /**
     * Removes ids with all that is known of them. A lease on one of them is lost.
     *
     * @return the number of ids that were there
     */
    public int remove(Collection<String> ids) {
        return inSteps(Script.REMOVE, ids);
    }

    /**
     * Lets ids have no turn until they are resumed. Work under way is finished first. Kept in Redis only.
     *
     * @return the number of ids that were there and not paused
     */
    public int pause(Collection<String> ids) {
        return inSteps(Script.PAUSE, ids, 1);
    }

    /**
     * Lets paused ids have their turn again.
     *
     * @return the number of ids that were paused
     */
    public int resume(Collection<String> ids) {
        return inSteps(Script.PAUSE, ids, 0);
    }

    /** Lets nobody claim anything until {@link #resumeAll}. Kept in Redis only. */
    public void pauseAll() {
        scripts.run(Script.PAUSE_ALL, keys, 1);
    }

    /** Lets workers claim again. Ids that were paused by name stay paused. */
    public void resumeAll() {
        scripts.run(Script.PAUSE_ALL, keys, 0);
    }

    /** Measures the queue; the cost does not depend on the number of ids. */
    public QueueStatistics statistics() {
        QueueStatistics statistics = Replies.statistics(scripts.run(Script.STATISTICS, keys, heartbeatTimeout()));
        listener.measured(statistics);
        return statistics;
    }

    /** All that is known of one id; none if it is not in the queue. */
    public Optional<QueuedId> details(String id) {
        return Replies.details(id, scripts.run(Script.DETAILS, keys, Names.requireId(id)));
    }

    /** The id whose turn is longest overdue; none if nothing is due. */
    public Optional<QueueStatistics.Overdue> oldestOverdue() {
        return Replies.statistics(scripts.run(Script.STATISTICS, keys, heartbeatTimeout()))
                .oldestOverdue();
    }

    /** How long until a claim can have something; zero if it can now, none if nothing waits or all is paused. */
    public Optional<Duration> untilNextDue() {
        return Replies.untilNextDue(scripts.run(Script.STATISTICS, keys, heartbeatTimeout()));
    }

    private int inSteps(Script script, Collection<String> ids, Object... before) {
        int changed = 0;
        for (List<String> part : Parts.of(List.copyOf(ids), STEP)) {
            List<Object> arguments = new ArrayList<>(List.of(before));
            arguments.addAll(part);
            changed += scripts.run(script, keys, arguments.toArray()).count(0);
        }
        return changed;
    }

    private List<Boolean> tellRefused(List<Boolean> answers) {
        int refused = answers.size() - accepted(answers);
        if (refused > 0) {
            listener.refused(refused);
        }
        return answers;
    }

    private static int accepted(List<Boolean> answers) {
        return (int) answers.stream().filter(answer -> answer).count();
    }

    private long heartbeatTimeout() {
        return settings.heartbeatTimeout().toMillis();
    }
}
