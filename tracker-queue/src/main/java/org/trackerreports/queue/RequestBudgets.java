package org.trackerreports.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.redisson.api.RedissonClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Request budgets by name, shared by all instances through Redis: a shortest gap between requests, and a maximum number of requests
 * within any stretch of time as long as a period. A granted request counts, whatever becomes of it or of the caller.
 *
 * <p>While Redis or the ledger is unavailable, every call that needs it throws and nothing is granted.
 *
 * <p>With a {@link BudgetLedger}, a grant is recorded there before it is used, and the ledger has the last word. When Redis does not know
 * a budget, it is restored from the ledger before anything is granted: requests whose end is not known count as ended at the latest
 * moment. So a loss of Redis costs at most a longer wait.
 *
 * <p>Without a ledger, each instance first restores what it was granted itself, and the budget cools down for one gap and the longest
 * request time. Grants that only stopped instances knew of are then forgotten, so let Redis persist its data. Thread-safe.
 */
public final class RequestBudgets {

    /** No cool-down lasts longer. One that does was set by a clock that was wrong. */
    public static final Duration MAX_COOL_DOWN = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(RequestBudgets.class);
    private static final Duration MIN_RETENTION = Duration.ofDays(1);
    private static final long WAIT_AFTER_LOSS_MILLIS = 1_000;

    /** An even number, because a grant takes two places. */
    private static final int RESTORE_BATCH = 1_000;

    /** Instead of an age: the number says when it was granted. */
    private static final long AGE_BY_NUMBER = -1;

    private final String prefix;
    private final Scripts scripts;
    private final BudgetLedger ledger;
    private final Map<String, OwnGrants> ownGrants = new ConcurrentHashMap<>();

    /**
     * Makes budgets that report to a listener.
     *
     * @param prefix as in {@link QueueSettings#prefix()}; a queue and its budgets can share one
     * @param callTimeout how long a call may take before it fails
     * @param ledger where grants are kept beside Redis
     */
    public RequestBudgets(
            RedissonClient redisson, String prefix, Duration callTimeout, QueueListener listener, BudgetLedger ledger) {
        this(prefix, new Scripts(redisson, callTimeout, listener), ledger);
    }

    /** Makes budgets that only Redis keeps. */
    public RequestBudgets(RedissonClient redisson, String prefix, Duration callTimeout, QueueListener listener) {
        this(redisson, prefix, callTimeout, listener, BudgetLedger.NONE);
    }

    /** Makes budgets that only Redis keeps, with a call timeout of 2 seconds and no listener. */
    public RequestBudgets(RedissonClient redisson, String prefix) {
        this(redisson, prefix, Duration.ofSeconds(2), QueueListener.NONE);
    }

    RequestBudgets(String prefix, Scripts scripts) {
        this(prefix, scripts, BudgetLedger.NONE);
    }

    RequestBudgets(String prefix, Scripts scripts, BudgetLedger ledger) {
        this.prefix = RedisNames.requirePrefix(prefix);
        this.scripts = scripts;
        this.ledger = ledger;
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
            ScriptResult result = ask(name, rule, manual, own, true);
            if (result.number(0) != 1) {
                return denied(name, result.number(1));
            }
            long number = result.number(1);
            if (!recorded(name, rule, number)) {
                restore(name, rule, own);
                return denied(
                        name,
                        Math.max(
                                WAIT_AFTER_LOSS_MILLIS,
                                ask(name, rule, manual, own, false).number(1)));
            }
            own.add(number, retention(rule));
            scripts.events().emit(listener -> listener.granted(name));
            return new BudgetDecision.Granted();
        }
    }

    private BudgetDecision denied(String name, long millis) {
        Duration wait = Duration.ofMillis(Math.max(1, millis));
        scripts.events().emit(listener -> listener.denied(name, wait));
        return new BudgetDecision.Denied(wait);
    }

    /** Records a grant of Redis. One that is not recorded is not used, but keeps its place: the wait begins now. */
    private boolean recorded(String name, BudgetRule rule, long number) {
        boolean recorded = false;
        try {
            recorded = ledger.record(name, number, rule);
            return recorded;
        } finally {
            if (!recorded) {
                scripts.run(Script.BUDGET_END, keys(name), number);
            }
        }
    }

    /**
     * How long {@link #acquire} would ask to wait; zero if it would grant. Takes nothing, so that work need not be prepared for a
     * request that cannot be made.
     */
    public Duration untilGranted(String name, BudgetRule rule, boolean manual) {
        OwnGrants own = own(name);
        synchronized (own) {
            return Duration.ofMillis(ask(name, rule, manual, own, false).number(1));
        }
    }

    /**
     * Reports that the latest request granted to this instance has ended, whatever its outcome. Only matters for rules with a
     * {@link BudgetRule#maxRequestTime}: without this report, the gap begins when that time is over.
     */
    public void completed(String name) {
        OwnGrants own = own(name);
        synchronized (own) {
            if (own.latest() != 0) {
                scripts.run(Script.BUDGET_END, keys(name), own.latest());
            }
        }
    }

    /**
     * Grants nothing for a while, measured by the clock of Redis. Of several cool-downs the one that ends last counts.
     *
     * @param length up to {@link #MAX_COOL_DOWN}; a longer one is cut
     */
    public void coolDown(String name, Duration length) {
        coolDown(name, -1, Math.max(0, length.toMillis()));
    }

    /**
     * Grants nothing before an instant. Of several cool-downs the one that ends last counts.
     *
     * @param until by the clock of Redis, up to {@link #MAX_COOL_DOWN} from now; a later one is cut
     */
    public void coolDown(String name, Instant until) {
        coolDown(name, Math.max(1, until.toEpochMilli()), 0);
    }

    private void coolDown(String name, long until, long length) {
        OwnGrants own = own(name);
        synchronized (own) {
            ScriptResult result =
                    scripts.run(Script.BUDGET_COOL_DOWN, keys(name), until, length, MAX_COOL_DOWN.toMillis());
            own.coolDownUntil(result.number(0));
            if (result.number(1) > 0) {
                ledger.coolDown(name, Duration.ofMillis(result.number(1)));
            }
        }
    }

    /** Ends a cool-down early, because a person decided so. */
    public void endCoolDown(String name) {
        OwnGrants own = own(name);
        synchronized (own) {
            own.endCoolDown();
            // The ledger first: Redis could be restored from it.
            ledger.endCoolDown(name);
            scripts.run(Script.BUDGET_COOL_DOWN, keys(name), 0, 0, MAX_COOL_DOWN.toMillis());
        }
    }

    /** The state of a budget; takes nothing. */
    public BudgetState state(String name, BudgetRule rule) {
        return states(List.of(name), rule).get(0);
    }

    /**
     * The states of budgets; takes nothing. One call to Redis, and a few more for each budget that Redis lost.
     *
     * @return in the order of the names
     */
    public List<BudgetState> states(List<String> names, BudgetRule rule) {
        List<String> lines = stateLines(names, rule);
        List<BudgetState> states = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String line = lines.get(i).isEmpty() ? restoredStateLine(names.get(i), rule) : lines.get(i);
            ScriptResult result = new ScriptResult(List.of(line.split(" ")));
            states.add(new BudgetState(result.optionalInstant(0), result.count(1), result.optionalInstant(2)));
        }
        return states;
    }

    private String restoredStateLine(String name, BudgetRule rule) {
        OwnGrants own = own(name);
        synchronized (own) {
            ask(name, rule, true, own, false);
            return stateLines(List.of(name), rule).get(0);
        }
    }

    /** Of each budget what the script says; an empty line for one that Redis lost. */
    private List<String> stateLines(List<String> names, BudgetRule rule) {
        if (names.isEmpty()) {
            return List.of();
        }
        List<Object> keys = new ArrayList<>();
        List<Object> arguments = new ArrayList<>(
                List.of(rule.period().toMillis(), retention(rule).toMillis(), ledger.keepsGrants() ? 1 : 0));
        for (String name : names) {
            keys.addAll(keys(name));
            OwnGrants own = own(name);
            synchronized (own) {
                arguments.add(own.latest());
            }
        }
        String text =
                scripts.run(Script.BUDGET_STATES, keys, arguments.toArray()).text(0);
        // Empty lines at the end count, too.
        return List.of(text.split("\n", -1));
    }

    /** Asks Redis. Restores the budget first if Redis lost it. */
    private ScriptResult ask(String name, BudgetRule rule, boolean manual, OwnGrants own, boolean take) {
        ScriptResult result = askOnce(name, rule, manual, own, take);
        if (result.number(0) < 0) {
            if (result.number(3) > 0) {
                LOG.warn(
                        "What Redis had of the budget \"{}\" was damaged: something else writes under its prefix. The budget is"
                                + " restored{}.",
                        name,
                        ledger.keepsGrants() ? "" : ", and waits as after a request");
            }
            restore(name, rule, own);
            result = askOnce(name, rule, manual, own, take);
        }
        if (result.number(2) > 0) {
            LOG.warn(
                    "The budget \"{}\" had a time in the future, so the clock of Redis was wrong. It counts as now.",
                    name);
            scripts.events().emit(listener -> listener.clockCorrected(name));
        }
        return result;
    }

    private ScriptResult askOnce(String name, BudgetRule rule, boolean manual, OwnGrants own, boolean take) {
        return scripts.run(
                Script.BUDGET_TAKE,
                keys(name),
                rule.minGap().toMillis(),
                manual ? rule.maxPerPeriod() : rule.maxPerPeriod() - rule.manualReserve(),
                rule.period().toMillis(),
                retention(rule).toMillis(),
                own.latest(),
                rule.maxRequestTime().toMillis(),
                take ? 1 : 0,
                ledger.keepsGrants() ? 1 : 0,
                MAX_COOL_DOWN.toMillis());
    }

    private void restore(String name, BudgetRule rule, OwnGrants own) {
        BudgetLedger.Content recorded = ledger.read(name);
        // Without a ledger, other instances may have grants that nobody restores.
        Duration caution = ledger.keepsGrants() ? Duration.ZERO : rule.minGap().plus(rule.maxRequestTime());
        List<Long> grants = new ArrayList<>();
        own.numbers().forEach(number -> grants.addAll(List.of(number, AGE_BY_NUMBER)));
        recorded.grants()
                .forEach(grant ->
                        grants.addAll(List.of(grant.number(), grant.age().toMillis())));
        List<Object> head = List.of(
                Math.max(caution.toMillis(), recorded.coolDown().toMillis()),
                own.coolDownUntil(),
                retention(rule).toMillis(),
                rule.maxRequestTime().toMillis());
        for (int begin = 0; begin < grants.size(); begin += RESTORE_BATCH) {
            List<Object> arguments = new ArrayList<>(head);
            arguments.add(0);
            arguments.addAll(grants.subList(begin, Math.min(grants.size(), begin + RESTORE_BATCH)));
            scripts.run(Script.BUDGET_RESTORE, keys(name), arguments.toArray());
        }
        List<Object> last = new ArrayList<>(head);
        last.add(1);
        scripts.run(Script.BUDGET_RESTORE, keys(name), last.toArray());
        if (!grants.isEmpty()) {
            scripts.events().emit(QueueListener::dataLost);
        }
    }

    private OwnGrants own(String name) {
        return ownGrants.computeIfAbsent(RedisNames.requireName("budget", name), unused -> new OwnGrants());
    }

    private List<Object> keys(String name) {
        RedisNames.requireName("budget", name);
        return List.of(
                RedisNames.key(prefix, "budget:" + name),
                RedisNames.key(prefix, "cool-down:" + name),
                RedisNames.key(prefix, "budget-known:" + name));
    }

    private static Duration retention(BudgetRule rule) {
        return rule.period().compareTo(MIN_RETENTION) > 0 ? rule.period() : MIN_RETENTION;
    }
}
