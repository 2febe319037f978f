package org.trackerreports.fetcher.daemon;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.account.AccountBudget;
import org.trackerreports.core.account.AccountCondition;
import org.trackerreports.core.account.AccountCondition.CoolingDown;
import org.trackerreports.core.account.AccountCondition.Usable;
import org.trackerreports.core.account.AccountRequests;
import org.trackerreports.core.account.AccountStates;
import org.trackerreports.core.account.FetchRequest;
import org.trackerreports.core.account.SignedInAccount;
import org.trackerreports.core.pipeline.FetchTarget;
import org.trackerreports.core.pipeline.ReportWriter.Written;
import org.trackerreports.core.time.Times;
import org.trackerreports.fetcher.daemon.BatchSize.Verdict;
import org.trackerreports.fetcher.daemon.WorkBatch.Claimed;
import org.trackerreports.fetcher.event.TurnEnded;
import org.trackerreports.fetcher.event.TurnEnded.Work;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchOutcome.Answered;
import org.trackerreports.findmy.fetch.FetchOutcome.HeldBack;
import org.trackerreports.findmy.fetch.FetchPlan;
import org.trackerreports.queue.QueueUnavailableException;
import org.trackerreports.store.error.StoreException;

/**
 * Makes the requests of one account: at each turn one request for the trackers that are longest overdue, until the account is removed. Its
 * turns follow one another, on any thread.
 */
final class AccountWorker {

    private static final Logger LOG = LoggerFactory.getLogger(AccountWorker.class);

    /** How soon a new tracker is noticed, and a server that works again. */
    private static final Duration CHECK_PERIOD = Duration.ofSeconds(2);

    /** A budget may allow a request earlier than it did when it was asked. */
    private static final Duration ASK_BUDGET_AGAIN = Duration.ofMinutes(30);

    static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);

    private final String alias;
    private final AccountStates states;
    private final AccountRequests requests;
    private final AccountBudget budget;
    private final WorkBatch work;
    private final AnswerSink answers;
    private final BatchSize size;
    private final Outages outages;
    private final Runnable foundWork;
    private final Clock clock;
    private final BudgetWaits waits;
    private boolean gone;

    /**
     * A worker.
     *
     * @param foundWork is called when the account begins with work, because there may be more for others
     */
    AccountWorker(String alias, WorkerParts parts, Runnable foundWork) {
        this.alias = alias;
        this.states = parts.states();
        this.requests = parts.requests();
        this.budget = parts.budget();
        this.work = parts.work();
        this.answers = parts.answers();
        this.size = new BatchSize(parts.work().maxTrackers());
        this.outages = parts.outages();
        this.foundWork = foundWork;
        this.clock = parts.clock();
        this.waits = new BudgetWaits(alias);
    }

    String alias() {
        return alias;
    }

    /** Whether the last turn found that the account was removed. */
    boolean isGone() {
        return gone;
    }

    /** Takes a turn and never throws: neither an outage nor an unexpected exception ends the worker. */
    TurnEnded takeTurn() {
        try {
            return turn();
        } catch (QueueUnavailableException e) {
            return ended(Work.FAILED, Times.min(outages.failed(e), CHECK_PERIOD));
        } catch (StoreException e) {
            return ended(Work.FAILED, Times.min(outages.failed(e), CHECK_PERIOD));
        } catch (RuntimeException e) {
            LOG.error("Account {}: a turn failed unexpectedly.", alias, e);
            return ended(Work.FAILED, PAUSE_AFTER_FAILURE);
        }
    }

    private TurnEnded ended(Work what, Duration next) {
        return new TurnEnded(alias, what, next);
    }

    /** Runs one turn. Checks everything that can forbid a request before it claims trackers. */
    private TurnEnded turn() {
        Duration outage = outages.untilNextAttempt();
        if (!outage.isZero()) {
            return ended(Work.FAILED, Times.min(outage, CHECK_PERIOD));
        }
        AccountCondition condition = states.condition(alias);
        return switch (condition.kind()) {
            case GONE -> {
                gone = true;
                yield ended(Work.ACCOUNT_NOT_READY, Duration.ZERO);
            }
            case COOLING_DOWN -> mustWait(Times.until(((CoolingDown) condition).until(), clock.instant()));
            case WAITING -> ended(Work.ACCOUNT_NOT_READY, TurnOrder.LONGEST_WAIT);
            case USABLE -> usableTurn(((Usable) condition).account());
        };
    }

    private TurnEnded usableTurn(SignedInAccount account) {
        if (!answers.hasRoom()) {
            return ended(Work.SPOOL_FULL, CHECK_PERIOD);
        }
        Duration untilGranted = budget.untilGranted(account.session());
        if (!untilGranted.isZero()) {
            waits.budgetAllows(clock.instant().plus(untilGranted)).ifPresent(LOG::info);
            return mustWait(untilGranted);
        }
        waits.over();
        Optional<Claimed> claimed = work.claim(size.current());
        if (claimed.isEmpty()) {
            return ended(Work.NOTHING_DUE, work.untilNextDue(CHECK_PERIOD));
        }
        foundWork.run();
        return request(account, claimed.get());
    }

    private TurnEnded mustWait(Duration wait) {
        return ended(Work.MUST_WAIT, Times.min(wait, ASK_BUDGET_AGAIN));
    }

    private TurnEnded request(SignedInAccount account, Claimed claimed) {
        boolean returned = false;
        try {
            Instant begin = clock.instant();
            FetchPlan<FetchTarget> plan = claimed.plan();
            FetchOutcome outcome = requests.ask(
                    account,
                    false,
                    new FetchRequest(plan.query(), plan.included().size(), size.current()));
            Instant end = clock.instant();
            forgetInterrupt();
            waits.asked();
            TurnEnded turn = handle(claimed, outcome, begin, end);
            returned = true;
            return turn;
        } finally {
            if (!returned) {
                forgetInterrupt();
                work.release(claimed);
            }
        }
    }

    /** It was to end the call at the stop of the daemon, not what has to be stored after it. */
    private static void forgetInterrupt() {
        if (Thread.interrupted()) {
            LOG.debug("A call was ended.");
        }
    }

    private TurnEnded handle(Claimed claimed, FetchOutcome outcome, Instant begin, Instant end) {
        return switch (outcome.category()) {
            case ANSWERED -> {
                keep(claimed, (Answered) outcome, begin);
                yield ended(Work.ASKED, gapAfter(end));
            }
            case HELD_BACK -> {
                work.release(claimed);
                yield mustWait(((HeldBack) outcome).retryAfter());
            }
            case FAILED -> {
                work.postpone(claimed, outcome.message());
                yield ended(Work.ASKED, Duration.ZERO);
            }
        };
    }

    /** The usual gap is known without asking for it. If the budget wants a longer wait, the next turn shows. */
    private Duration gapAfter(Instant end) {
        Instant next = end.plus(budget.rule().minGap());
        return Times.until(next, clock.instant());
    }

    private void keep(Claimed claimed, Answered answered, Instant begin) {
        FetchPlan<FetchTarget> plan = claimed.plan();
        Optional<Written> written = answers.take(alias, plan, answered, clock.instant());
        Set<Long> found = answered.reports().keySet().stream()
                .map(key -> plan.planned(key).target().trackerId())
                .collect(Collectors.toSet());
        work.complete(claimed, found, learn(plan, found) == Verdict.ASK_AGAIN);
        written.ifPresent(each -> LOG.info(
                "Account {}: {} trackers, {} keys, 1 request, {} new reports, {} known, {} undecryptable, {} ms.",
                alias,
                plan.included().size(),
                plan.query().ids(),
                each.stored(),
                each.duplicates(),
                each.undecryptable(),
                Duration.between(begin, clock.instant()).toMillis()));
    }

    private Verdict learn(FetchPlan<FetchTarget> plan, Set<Long> found) {
        int before = size.current();
        long expected = plan.included().stream().filter(WorkBatch::isExpected).count();
        long answered = plan.included().stream()
                .filter(target -> WorkBatch.isExpected(target) && found.contains(target.trackerId()))
                .count();
        Verdict verdict = size.observe(plan.included().size(), (int) expected, (int) answered);
        if (size.current() != before) {
            LOG.info(
                    "Account {}: {} of {} trackers answered; the next request is for {} trackers instead of {}.",
                    alias,
                    found.size(),
                    plan.included().size(),
                    size.current(),
                    before);
        }
        return verdict;
    }
}
