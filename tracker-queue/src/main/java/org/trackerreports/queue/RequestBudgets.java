package org.trackerreports.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.redisson.api.RedissonClient;

/**
 * Budgets of requests by name, shared by all instances through Redis: a smallest gap, and a most within any stretch of time
 * as long as a period. A request that was granted counts, whatever becomes of it or of the caller.
 *
 * <p>When Redis is away every call throws {@link QueueUnavailableException} and nothing is granted. When Redis lost its
 * memory, each instance puts back what it was granted itself before it is granted anything more, and the budget rests for one
 * gap and the longest request; what only stopped instances knew is then forgotten, so let Redis persist its data. Thread-safe.
 */
public final class RequestBudgets {

    private static final Duration MIN_MEMORY = Duration.ofDays(1);

    private final String prefix;
    private final Scripts scripts;
    private final QueueListener listener;
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    /** What this instance was granted and told, oldest first. Guarded by itself. */
    private static final class Remembered {
        final Deque<Long> grants = new ArrayDeque<>();
        long coolDownUntil;
    }

    /**
     * @param prefix as in {@link QueueSettings#prefix()}; a queue and its budgets can share one
     * @param callTimeout how long a call may take before it is given up
     */
    public RequestBudgets(RedissonClient redisson, String prefix, Duration callTimeout, QueueListener listener) {
        this(prefix, listener, new Scripts(redisson, callTimeout, listener));
    }

    /** With a call timeout of 2 seconds and no listener. */
    public RequestBudgets(RedissonClient redisson, String prefix) {
        this(redisson, prefix, Duration.ofSeconds(2), QueueListener.NONE);
    }

    RequestBudgets(String prefix, QueueListener listener, Scripts scripts) {
        this.prefix = RedisNames.requirePrefix(prefix);
        this.listener = Objects.requireNonNull(listener, "listener");
        this.scripts = scripts;
    }

    /**
     * Asks for one request.
     *
     * @param name whose budget: 1 to 128 letters, digits or {@code . _ : @ / + -}
     * @param manual whether a person waits for it: then the reserve may be used
     */
    public BudgetDecision acquire(String name, BudgetRule rule, boolean manual) {
        Remembered own = of(name);
        synchronized (own) {
            ScriptResult reply = askRestoring(name, rule, manual, own, true);
            if (reply.number(0) == 1) {
                own.grants.addLast(reply.number(1));
                long oldest = reply.number(1) - memory(rule).toMillis() * 1000;
                while (own.grants.peekFirst() < oldest) {
                    own.grants.removeFirst();
                }
                listener.granted(name);
                return new BudgetDecision.Granted();
            }
            Duration wait = Duration.ofMillis(Math.max(1, reply.number(1)));
            listener.denied(name, wait);
            return new BudgetDecision.Denied(wait);
        }
    }

    /**
     * How long {@link #acquire} would ask to wait; zero if it would grant. Takes nothing, so that work need not be prepared for a
     * request that cannot be made.
     */
    public Duration untilGranted(String name, BudgetRule rule, boolean manual) {
        Remembered own = of(name);
        synchronized (own) {
            return Duration.ofMillis(
                    askRestoring(name, rule, manual, own, false).number(1));
        }
    }

    /**
     * Tells that the request which this instance was granted last has ended, whatever came of it. Matters for rules with a {@link
     * BudgetRule#maxRequestTime}; without it the gap begins when that time is over.
     */
    public void completed(String name) {
        Remembered own = of(name);
        synchronized (own) {
            if (!own.grants.isEmpty()) {
                scripts.run(Script.BUDGET_END, keys(name), own.grants.peekLast());
            }
        }
    }

    /** Grants nothing more for a while, counted by the clock of Redis. Of several rests the one that ends last counts. */
    public void coolDown(String name, Duration rest) {
        Remembered own = of(name);
        synchronized (own) {
            ScriptResult reply = scripts.run(Script.BUDGET_COOL_DOWN, keys(name), -1, Math.max(0, rest.toMillis()));
            own.coolDownUntil = Math.max(own.coolDownUntil, reply.number(0));
        }
    }

    /**
     * Grants nothing more before an instant. Of several the latest counts.
     *
     * @param until by the clock of Redis
     */
    public void coolDown(String name, Instant until) {
        Remembered own = of(name);
        synchronized (own) {
            own.coolDownUntil = Math.max(own.coolDownUntil, until.toEpochMilli());
            scripts.run(Script.BUDGET_COOL_DOWN, keys(name), Math.max(1, until.toEpochMilli()));
        }
    }

    /** Ends a cool-down before its time, because a person says so. */
    public void endCoolDown(String name) {
        Remembered own = of(name);
        synchronized (own) {
            own.coolDownUntil = 0;
            scripts.run(Script.BUDGET_COOL_DOWN, keys(name), 0);
        }
    }

    /** What is known of a budget; takes nothing. */
    public BudgetState state(String name, BudgetRule rule) {
        ScriptResult reply =
                scripts.run(Script.BUDGET_STATE, keys(name), rule.period().toMillis());
        return new BudgetState(reply.optionalInstant(0), reply.count(1), reply.optionalInstant(2));
    }

    private ScriptResult askRestoring(String name, BudgetRule rule, boolean manual, Remembered own, boolean take) {
        ScriptResult reply = ask(name, rule, manual, own, take);
        if (reply.number(0) < 0) {
            restore(name, rule, own);
            reply = ask(name, rule, manual, own, take);
        }
        return reply;
    }

    private ScriptResult ask(String name, BudgetRule rule, boolean manual, Remembered own, boolean take) {
        return scripts.run(
                Script.BUDGET_TAKE,
                keys(name),
                rule.minGap().toMillis(),
                manual ? rule.maxPerPeriod() : rule.maxPerPeriod() - rule.manualReserve(),
                rule.period().toMillis(),
                memory(rule).toMillis(),
                own.grants.isEmpty() ? 0 : own.grants.peekLast(),
                rule.maxRequestTime().toMillis(),
                take ? 1 : 0);
    }

    private void restore(String name, BudgetRule rule, Remembered own) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(rule.minGap().plus(rule.maxRequestTime()).toMillis());
        arguments.add(memory(rule).toMillis());
        arguments.add(own.coolDownUntil);
        List<Long> grants = List.copyOf(own.grants);
        for (List<Long> part : Batches.of(grants, 500)) {
            List<Object> step = new ArrayList<>(arguments);
            step.addAll(part);
            scripts.run(Script.BUDGET_RESTORE, keys(name), step.toArray());
        }
        listener.memoryLost();
    }

    private Remembered of(String name) {
        return remembered.computeIfAbsent(RedisNames.requireName("budget", name), unused -> new Remembered());
    }

    private List<Object> keys(String name) {
        RedisNames.requireName("budget", name);
        return List.of(RedisNames.key(prefix, "budget:" + name), RedisNames.key(prefix, "cool-down:" + name));
    }

    private static Duration memory(BudgetRule rule) {
        return rule.period().compareTo(MIN_MEMORY) > 0 ? rule.period() : MIN_MEMORY;
    }
}
