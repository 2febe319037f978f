package org.trackerreports.fetcher.daemon;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.fetcher.account.AccountBudget;
import org.trackerreports.fetcher.account.AccountBudget.Budgeted;
import org.trackerreports.fetcher.account.AccountBudget.Made;
import org.trackerreports.fetcher.account.AccountBudget.MustWait;
import org.trackerreports.fetcher.account.AccountCondition;
import org.trackerreports.fetcher.account.AccountCondition.Resting;
import org.trackerreports.fetcher.account.AccountCondition.Usable;
import org.trackerreports.fetcher.account.AccountRequests;
import org.trackerreports.fetcher.account.AccountRequests.Question;
import org.trackerreports.fetcher.account.AccountStates;
import org.trackerreports.fetcher.account.SignedInAccount;
import org.trackerreports.fetcher.daemon.WorkBatch.Claimed;
import org.trackerreports.fetcher.event.BatchStored;
import org.trackerreports.fetcher.event.FetcherListeners;
import org.trackerreports.fetcher.event.TurnEnded;
import org.trackerreports.fetcher.event.TurnEnded.Work;
import org.trackerreports.fetcher.pipeline.DecodedReport;
import org.trackerreports.fetcher.pipeline.FetchPlan;
import org.trackerreports.fetcher.pipeline.ReportDecoder;
import org.trackerreports.fetcher.pipeline.ReportWriter;
import org.trackerreports.fetcher.pipeline.ReportWriter.Written;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchOutcome.Answered;
import org.trackerreports.findmy.fetch.FetchOutcome.SignInNeeded;
import org.trackerreports.queue.QueueUnavailableException;
import org.trackerreports.store.StoreException;

/**
 * The work of one account: again and again one request for the trackers that are longest overdue. An account never makes two requests
 * at once. Runs on one thread.
 */
final class AccountWorker implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(AccountWorker.class);

    /** How soon a change from outside is noticed: a new tracker, a login, an account that is ready again. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    /** An account that must wait long still looks now and then whether it was paused or signed in anew. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final String alias;
    private final AccountStates states;
    private final AccountRequests requests;
    private final AccountBudget budget;
    private final WorkBatch work;
    private final ReportDecoder decoder;
    private final ReportWriter writer;
    private final ServiceTrouble trouble;
    private final QueueKeeper keeper;
    private final Outages outages;
    private final FetcherListeners listeners;
    private final StopSignal stop;
    private final Clock clock;

    AccountWorker(String alias, WorkerParts parts) {
        this.alias = alias;
        this.states = parts.states();
        this.requests = parts.requests();
        this.budget = parts.budget();
        this.work = parts.work();
        this.decoder = parts.decoder();
        this.writer = parts.writer();
        this.trouble = new ServiceTrouble(alias, parts.budget(), parts.states());
        this.keeper = parts.keeper();
        this.outages = parts.outages();
        this.listeners = parts.listeners();
        this.stop = parts.stop();
        this.clock = parts.clock();
    }

    @Override
    public void run() {
        Duration wait = Duration.ZERO;
        while (stop.pause(wait)) {
            wait = guardedTurn();
        }
    }

    /** A turn that never throws: an outage or a mistake in one turn must not end the work of months. */
    private Duration guardedTurn() {
        TurnEnded turn;
        try {
            turn = turn();
            afterOutage();
        } catch (QueueUnavailableException e) {
            turn = ended(Work.FAILED, outages.failed(e));
        } catch (StoreException e) {
            turn = ended(Work.FAILED, outages.failed(e));
        } catch (RuntimeException e) {
            LOG.error("Account {}: a turn failed unexpectedly.", alias, e);
            turn = ended(Work.FAILED, LONGEST_PAUSE);
        }
        listeners.turnEnded(turn);
        return turn.next();
    }

    private void afterOutage() {
        boolean databaseWasAway = outages.database().over();
        if (outages.queue().over() || databaseWasAway) {
            keeper.verify();
        }
    }

    private TurnEnded ended(Work what, Duration next) {
        return new TurnEnded(alias, what, next);
    }

    /** One turn. */
    TurnEnded turn() {
        AccountCondition condition = states.condition(alias);
        if (condition instanceof Resting resting) {
            return mustWait(Duration.between(clock.instant(), resting.until()));
        }
        if (!(condition instanceof Usable usable)) {
            return ended(Work.ACCOUNT_NOT_READY, LOOK_AGAIN);
        }
        Duration untilGranted = budget.untilGranted(alias);
        if (!untilGranted.isZero()) {
            return mustWait(untilGranted);
        }
        Optional<Claimed> claimed = work.claim();
        if (claimed.isEmpty()) {
            return ended(Work.NOTHING_DUE, work.untilNextDue(LOOK_AGAIN));
        }
        return request(usable.account(), claimed.get());
    }

    private TurnEnded mustWait(Duration wait) {
        return ended(Work.MUST_WAIT, shorter(wait, LONGEST_PAUSE));
    }

    private TurnEnded request(SignedInAccount account, Claimed claimed) {
        boolean handedBack = false;
        try {
            Instant begin = clock.instant();
            FetchPlan plan = claimed.plan();
            Question question = new Question(
                    plan.query(), plan.included().size(), plan.included().size(), false);
            Budgeted<FetchOutcome> asked = requests.ask(account, question);
            if (asked instanceof MustWait<FetchOutcome> wait) {
                return mustWait(wait.duration());
            }
            handle(claimed, ((Made<FetchOutcome>) asked).answer(), begin);
            handedBack = true;
            return ended(Work.ASKED, Duration.ZERO);
        } finally {
            if (!handedBack) {
                work.release(claimed);
            }
        }
    }

    private void handle(Claimed claimed, FetchOutcome outcome, Instant begin) {
        if (outcome instanceof Answered answered) {
            trouble.over();
            store(claimed, answered, begin);
            return;
        }
        if (!(outcome instanceof SignInNeeded needed) || needed.waitingHelps()) {
            trouble.met(outcome);
        }
        work.postpone(claimed, outcome.message());
    }

    private void store(Claimed claimed, Answered answered, Instant begin) {
        List<DecodedReport> reports = decoder.decode(claimed.plan(), answered);
        Optional<Written> written = write(reports);
        if (written.isEmpty()) {
            return;
        }
        Set<Long> found =
                reports.stream().map(report -> report.target().trackerId()).collect(Collectors.toSet());
        work.complete(claimed, found);
        listeners.batchStored(new BatchStored(
                alias,
                written.get().received(),
                written.get().stored(),
                written.get().duplicates(),
                written.get().undecryptable(),
                written.get().refused(),
                written.get().flagged(),
                written.get().lags(),
                false));
        LOG.info(
                "Account {}: {} trackers, {} keys, 1 request, {} new reports, {} known, {} undecryptable, {} ms.",
                alias,
                claimed.plan().included().size(),
                claimed.plan().query().ids(),
                written.get().stored(),
                written.get().duplicates(),
                written.get().undecryptable(),
                Duration.between(begin, clock.instant()).toMillis());
        if (written.get().refused() > 0) {
            LOG.warn(
                    "Account {}: the store refused {} reports.",
                    alias,
                    written.get().refused());
        }
    }

    /** An answer that cost budget is kept until the database takes it. */
    private Optional<Written> write(List<DecodedReport> reports) {
        while (true) {
            try {
                Written written = writer.write(reports);
                afterOutage();
                return Optional.of(written);
            } catch (StoreException e) {
                if (!e.worthRepeating()) {
                    throw e;
                }
                if (!stop.pause(outages.failed(e))) {
                    LOG.error(
                            "Account {}: stopped while the database was away; {} reports were not stored and will be"
                                    + " fetched again.",
                            alias,
                            reports.size());
                    return Optional.empty();
                }
            }
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
