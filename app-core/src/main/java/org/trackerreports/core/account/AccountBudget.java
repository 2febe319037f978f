package org.trackerreports.core.account;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.queue.BudgetDecision;
import org.trackerreports.queue.BudgetRule;
import org.trackerreports.queue.BudgetState;
import org.trackerreports.queue.RequestBudgets;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.RequestLedger;
import org.trackerreports.store.account.RequestLedger.Limits;

/**
 * The request budgets of the Apple accounts, kept in Redis and the database for all instances. {@link AccountRequests} takes from them
 * before each request. The budget belongs to the Apple account: two aliases of one account share it. Thread-safe.
 */
public final class AccountBudget {

    private static final Logger LOG = LoggerFactory.getLogger(AccountBudget.class);

    private final RequestBudgets budgets;
    private final RequestLedger ledger;
    private final BudgetRule own;
    private final String instance;
    private volatile Optional<BudgetRule> strictest = Optional.empty();

    /**
     * Makes the budgets.
     *
     * @param own how much every account may ask, as this instance is configured
     * @param instance the name of this instance
     */
    public AccountBudget(RequestBudgets budgets, RequestLedger ledger, BudgetRule own, String instance) {
        this.budgets = budgets;
        this.ledger = ledger;
        this.own = own;
        this.instance = instance;
    }

    /** How much every account may ask: the strictest of what this instance and all daemons that run are configured for. */
    public BudgetRule rule() {
        return strictest.orElseGet(this::readRule);
    }

    /** Whether other instances are configured for less than this one, so that their limits hold. */
    public boolean followsOthers() {
        return !rule().equals(own);
    }

    private BudgetRule readRule() {
        Limits mine = new Limits(own.minGap(), own.maxPerPeriod());
        Limits all = ledger.strictest().map(mine::strictest).orElse(mine);
        BudgetRule rule = new BudgetRule(
                all.minGap(),
                all.maxPerDay(),
                own.period(),
                Math.min(own.manualReserve(), all.maxPerDay() - 1),
                own.maxRequestTime());
        if (!rule.equals(strictest.orElse(own))) {
            LOG.info(
                    "Each account makes at most one request in {} s and {} a day: the strictest limits of the instances"
                            + " that run. This instance is configured for {} s and {}.",
                    rule.minGap().toMillis() / 1000.0,
                    rule.maxPerPeriod(),
                    own.minGap().toMillis() / 1000.0,
                    own.maxPerPeriod());
        }
        strictest = Optional.of(rule);
        return rule;
    }

    /** Tells the other instances the limits of this one, and follows theirs. To be called once a minute by what runs long. */
    public void announce() {
        ledger.announce(instance, new Limits(own.minGap(), own.maxPerPeriod()));
        readRule();
    }

    /** Tells the other instances that this one has stopped. */
    public void withdraw() {
        ledger.withdraw(instance);
    }

    /** Asks for one request; only {@link SharedRequestGate} does. */
    BudgetDecision acquire(AppleAccountDigest account, boolean manual) {
        return budgets.acquire(name(account), rule(), manual);
    }

    /** The request that was granted last has ended; the gap to the next one counts from now. */
    void completed(AppleAccountDigest account) {
        budgets.completed(name(account));
    }

    /** Grants nothing for a while. */
    void coolDown(AppleAccountDigest account, Duration length) {
        budgets.coolDown(name(account), length);
    }

    /** How long until a request of the daemon can be made; zero if it can now. Takes nothing. */
    public Duration untilGranted(Session session) {
        return untilGranted(session, false);
    }

    /** The same; a person may use the reserve. */
    public Duration untilGranted(Session session, boolean manual) {
        return budgets.untilGranted(name(AppleAccountDigest.of(session)), rule(), manual);
    }

    /** Ends a cool-down early, because a person decided so. The gap between two requests stays. */
    public void endCoolDown(Account account) {
        AccountStates.session(account).ifPresent(session -> budgets.endCoolDown(name(AppleAccountDigest.of(session))));
    }

    /** What is known of the budget; nothing is used as long as nobody has signed in. */
    public BudgetState state(Account account) {
        return states(List.of(account)).get(0);
    }

    /** The same of several accounts, in their order, in one call to Redis. */
    public List<BudgetState> states(List<Account> accounts) {
        List<Optional<String>> names = accounts.stream()
                .map(account -> AccountStates.session(account).map(session -> name(AppleAccountDigest.of(session))))
                .toList();
        Iterator<BudgetState> read = budgets.states(
                        names.stream().flatMap(Optional::stream).toList(), rule())
                .iterator();
        return names.stream()
                .map(name -> name.isPresent() ? read.next() : new BudgetState(Optional.empty(), 0, Optional.empty()))
                .toList();
    }

    /** What is known of the budget of a session's account. */
    public BudgetState state(Session session) {
        return budgets.state(name(AppleAccountDigest.of(session)), rule());
    }

    private static String name(AppleAccountDigest account) {
        return "account:" + account.value();
    }
}
