package org.trackerreports.core.account;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.account.AccountBudget.Budgeted;
import org.trackerreports.core.account.AccountBudget.Made;
import org.trackerreports.core.account.AccountSessions.NotRenewed;
import org.trackerreports.core.account.AccountSessions.Renewal;
import org.trackerreports.core.account.AccountSessions.Renewed;
import org.trackerreports.core.event.FetchListeners;
import org.trackerreports.core.event.RequestEnded;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchOutcome.Answered;
import org.trackerreports.findmy.fetch.FetchOutcome.NotAuthorised;
import org.trackerreports.findmy.fetch.FetchOutcome.SignInNeeded;
import org.trackerreports.findmy.fetch.FetchQuery;
import org.trackerreports.findmy.fetch.ReportService;

/**
 * Asks the report service for an account, the only way to do so: within the budget, and with an ended session renewed once. A fresh
 * session that is refused, too, shows that the session is not the trouble, so it is not renewed again before the account had rested
 * and failed once more. Thread-safe.
 */
public final class AccountRequests {

    private static final Logger LOG = LoggerFactory.getLogger(AccountRequests.class);

    private final AccountBudget budget;
    private final AccountSessions sessions;
    private final ReportService service;
    private final FetchListeners listeners;
    private final Clock clock;
    private final Set<String> renewedAndUnproven = ConcurrentHashMap.newKeySet();

    @Inject
    AccountRequests(
            AccountBudget budget,
            AccountSessions sessions,
            ReportService service,
            FetchListeners listeners,
            Clock clock) {
        this.budget = budget;
        this.sessions = sessions;
        this.service = service;
        this.listeners = listeners;
        this.clock = clock;
    }

    /**
     * What to ask.
     *
     * @param trackers how many trackers the query is for
     * @param mostTrackers how many it could have been for
     * @param byHand whether a person asks, who may use the reserve
     */
    public record Question(FetchQuery query, int trackers, int mostTrackers, boolean byHand) {}

    /**
     * Asks. If the session has ended it is renewed, and the same is asked again if the budget allows that at once.
     *
     * @return {@link AccountBudget.MustWait} if nothing was asked, or a renewed session waits for its turn: ask again then, with the
     *     account as it is stored then. {@link SignInNeeded} if the session has ended and could not be renewed
     */
    public Budgeted<FetchOutcome> ask(SignedInAccount account, Question question) {
        Budgeted<FetchOutcome> asked = once(account, question);
        if (!(asked instanceof Made<FetchOutcome> made)) {
            return asked;
        }
        FetchOutcome outcome = made.answer();
        if (outcome instanceof Answered) {
            renewedAndUnproven.remove(account.alias());
        }
        if (!(outcome instanceof NotAuthorised) || renewedAndUnproven.remove(account.alias())) {
            return asked;
        }
        LOG.info("Account {}: {}; signing in again.", account.alias(), outcome.message());
        Renewal renewal = sessions.renew(account);
        if (renewal instanceof NotRenewed failed) {
            return new Made<>(new SignInNeeded(failed.message(), failed.waitingHelps()));
        }
        renewedAndUnproven.add(account.alias());
        return once(((Renewed) renewal).account(), question);
    }

    private Budgeted<FetchOutcome> once(SignedInAccount account, Question question) {
        return budget.request(account.alias(), question.byHand(), () -> {
            Instant begin = clock.instant();
            FetchOutcome outcome = service.fetch(account.session(), question.query());
            tell(account.alias(), question, outcome, Duration.between(begin, clock.instant()));
            return outcome;
        });
    }

    private void tell(String alias, Question question, FetchOutcome outcome, Duration took) {
        int answered = outcome instanceof Answered answer ? answer.reports().size() : 0;
        listeners.requestEnded(new RequestEnded(
                alias,
                RequestResults.of(outcome),
                took,
                question.trackers(),
                question.mostTrackers(),
                question.query().ids(),
                answered));
    }
}
