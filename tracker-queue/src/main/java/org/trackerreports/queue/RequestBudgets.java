package org.trackerreports.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.redisson.api.RedissonClient;

/**
 * Request budgets by name, shared by all instances through Redis: a shortest gap between requests, and a maximum number of requests
 * within any stretch of time as long as a period. A granted request counts, whatever becomes of it or of the caller.
 *
 * <p>While Redis is unavailable, every call throws {@link QueueUnavailableException} and nothing is granted. After Redis lost its
 * data, each instance first restores what it was granted itself, and the budget cools down for one gap and the longest request
 * time. Grants that only stopped instances knew of are then forgotten, so let Redis persist its data. Thread-safe.
 */
public final class RequestBudgets {

    private static final Duration MIN_RETENTION = Duration.ofDays(1);
    private static final int RESTORE_BATCH = 500;

    private final String prefix;
    private final Scripts scripts;
    private final Map<String, OwnGrants> ownGrants = new ConcurrentHashMap<>();

    /** The grants of a budget to this instance, oldest first, and its cool-down. Guarded by itself. */
    private static final class OwnGrants {
        final Deque<Long> grants = new ArrayDeque<>();
        long coolDownUntil;

        long latestGrant() {
            return grants.isEmpty() ? 0 : grants.peekLast();
        }
    }

    /**
     * Makes budgets that report to a listener.
     *
     * @param prefix as in {@link QueueSettings#prefix()}; a queue and its budgets can share one
     * @param callTimeout how long a call may take before it fails
     */
    public RequestBudgets(RedissonClient redisson, String prefix, Duration callTimeout, QueueListener listener) {
        this(prefix, new Scripts(redisson, callTimeout, listener));
    }

    /** Makes budgets with a call timeout of 2 seconds and no listener. */
    public RequestBudgets(RedissonClient redisson, String prefix) {
        this(redisson, prefix, Duration.ofSeconds(2), QueueListener.NONE);
    }

    RequestBudgets(String prefix, Scripts scripts) {
        this.prefix = RedisNames.requirePrefix(prefix);
        this.scripts = scripts;
    }

    /**
     * Asks for one request.
     *
     * @param name the budget: 1 to 128 letters, digits or {@code . _ : @ / + -}
     * @param manual whether a person waits for the request: then the reserve may be used
     */
    public BudgetDecision acquire(String name, BudgetRule rule, boolean manual) {
        OwnGrants own = own(name);
        synchronized (own) {
            ScriptResult result = askRestoring(name, rule, manual, own, true);
            if (result.number(0) == 1) {
                remember(own, result.number(1), rule);
                scripts.events().emit(listener -> listener.granted(name));
                return new BudgetDecision.Granted();
            }
            Duration wait = Duration.ofMillis(Math.max(1, result.number(1)));
            scripts.events().emit(listener -> listener.denied(name, wait));
            return new BudgetDecision.Denied(wait);
        }
    }

    /**
     * How long {@link #acquire} would ask to wait; zero if it would grant. Takes nothing, so that work need not be prepared for a
     * request that cannot be made.
     */
    public Duration untilGranted(String name, BudgetRule rule, boolean manual) {
        OwnGrants own = own(name);
        synchronized (own) {
            return Duration.ofMillis(
                    askRestoring(name, rule, manual, own, false).number(1));
        }
    }

    /**
     * Reports that the latest request granted to this instance has ended, whatever its outcome. Only matters for rules with a
     * {@link BudgetRule#maxRequestTime}: without this report, the gap begins when that time is over.
     */
    public void completed(String name) {
        OwnGrants own = own(name);
        synchronized (own) {
            if (!own.grants.isEmpty()) {
                scripts.run(Script.BUDGET_END, keys(name), own.latestGrant());
            }
        }
    }

    /** Grants nothing for a while, measured by the clock of Redis. Of several cool-downs the one that ends last counts. */
    public void coolDown(String name, Duration length) {
        OwnGrants own = own(name);
        synchronized (own) {
            ScriptResult result = scripts.run(Script.BUDGET_COOL_DOWN, keys(name), -1, Math.max(0, length.toMillis()));
            own.coolDownUntil = Math.max(own.coolDownUntil, result.number(0));
        }
    }

    /**
     * Grants nothing before an instant. Of several cool-downs the one that ends last counts.
     *
     * @param until by the clock of Redis
     */
    public void coolDown(String name, Instant until) {
        OwnGrants own = own(name);
        synchronized (own) {
            own.coolDownUntil = Math.max(own.coolDownUntil, until.toEpochMilli());
            scripts.run(Script.BUDGET_COOL_DOWN, keys(name), Math.max(1, until.toEpochMilli()));
        }
    }

    /** Ends a cool-down early, because a person decided so. */
    public void endCoolDown(String name) {
        OwnGrants own = own(name);
        synchronized (own) {
            own.coolDownUntil = 0;
            scripts.run(Script.BUDGET_COOL_DOWN, keys(name), 0);
        }
    }

    /** The state of a budget; takes nothing. */
    public BudgetState state(String name, BudgetRule rule) {
        ScriptResult result =
                scripts.run(Script.BUDGET_STATE, keys(name), rule.period().toMillis());
        return new BudgetState(result.optionalInstant(0), result.count(1), result.optionalInstant(2));
    }

    private static void remember(OwnGrants own, long grant, BudgetRule rule) {
        own.grants.addLast(grant);
        long oldest = grant - retention(rule).toMillis() * 1000;
        while (own.grants.peekFirst() < oldest) {
            own.grants.removeFirst();
        }
    }

    private ScriptResult askRestoring(String name, BudgetRule rule, boolean manual, OwnGrants own, boolean take) {
        ScriptResult result = ask(name, rule, manual, own, take);
        if (result.number(0) < 0) {
            restore(name, rule, own);
            result = ask(name, rule, manual, own, take);
        }
        return result;
    }

    private ScriptResult ask(String name, BudgetRule rule, boolean manual, OwnGrants own, boolean take) {
        return scripts.run(
                Script.BUDGET_TAKE,
                keys(name),
                rule.minGap().toMillis(),
                manual ? rule.maxPerPeriod() : rule.maxPerPeriod() - rule.manualReserve(),
                rule.period().toMillis(),
                retention(rule).toMillis(),
                own.latestGrant(),
                rule.maxRequestTime().toMillis(),
                take ? 1 : 0);
    }

    private void restore(String name, BudgetRule rule, OwnGrants own) {
        List<Object> head = List.of(
                rule.minGap().plus(rule.maxRequestTime()).toMillis(),
                retention(rule).toMillis(),
                own.coolDownUntil);
        for (List<Long> batch : Batches.of(List.copyOf(own.grants), RESTORE_BATCH)) {
            List<Object> arguments = new ArrayList<>(head);
            arguments.addAll(batch);
            scripts.run(Script.BUDGET_RESTORE, keys(name), arguments.toArray());
        }
        scripts.events().emit(QueueListener::dataLost);
    }

    private OwnGrants own(String name) {
        return ownGrants.computeIfAbsent(RedisNames.requireName("budget", name), unused -> new OwnGrants());
    }

    private List<Object> keys(String name) {
        RedisNames.requireName("budget", name);
        return List.of(RedisNames.key(prefix, "budget:" + name), RedisNames.key(prefix, "cool-down:" + name));
    }

    private static Duration retention(BudgetRule rule) {
        return rule.period().compareTo(MIN_RETENTION) > 0 ? rule.period() : MIN_RETENTION;
    }
}
