package org.trackerreports.findmy.fetch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.findmy.fetch.FetchOutcome.HeldBack;
import org.trackerreports.findmy.fetch.FetchOutcome.Kind;
import org.trackerreports.findmy.fetch.FetchOutcome.SignInNeeded;
import org.trackerreports.findmy.fetch.RequestGate.MustWait;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.findmy.login.SessionSource;
import org.trackerreports.findmy.login.SessionSource.Renewal;

/**
 * Asks the report service for one account. The only way to do so: each request passes the {@link RequestGate}; a session that has ended is
 * renewed once and the same is asked once more; after a failure the account cools down as the {@link CoolDownPolicy} says. Thread-safe.
 *
 * <p>The {@link SessionSource} limits how often an account is signed in, so a service that refuses every new session causes no endless
 * sign-ins: within one call there is at most one.
 */
public final class AccountClient {

    private static final Logger LOG = LoggerFactory.getLogger(AccountClient.class);

    private final BiFunction<Session, FetchQuery, FetchOutcome> service;
    private final RequestGate gate;
    private final SessionSource sessions;
    private final CoolDownPolicy policy;
    private final Clock clock;
    private final AtomicInteger failures = new AtomicInteger();

    /**
     * A client of one account.
     *
     * @param service makes the requests
     * @param gate the account's budget
     * @param sessions the account's session
     * @param policy the cool-down after failures
     * @param clock measures how long requests take
     */
    public AccountClient(
            ReportService service, RequestGate gate, SessionSource sessions, CoolDownPolicy policy, Clock clock) {
        this(service::fetch, gate, sessions, policy, clock);
    }

    AccountClient(
            BiFunction<Session, FetchQuery, FetchOutcome> service,
            RequestGate gate,
            SessionSource sessions,
            CoolDownPolicy policy,
            Clock clock) {
        this.service = Objects.requireNonNull(service, "service");
        this.gate = Objects.requireNonNull(gate, "gate");
        this.sessions = Objects.requireNonNull(sessions, "sessions");
        this.policy = Objects.requireNonNull(policy, "policy");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Asks. Blocks while the network is used.
     *
     * @param query what to ask for
     * @param listener is told of each request: one, or two if the session was renewed in between
     * @return {@link HeldBack} if the gate allows no request now, or none after the session was renewed; {@link SignInNeeded} if there is
     *     no session; otherwise what the service answered
     */
    public FetchOutcome ask(FetchQuery query, RequestListener listener) {
        return withCoolDown(sessions.current()
                .map(session -> askRenewing(session, query, listener))
                .orElseGet(() -> new SignInNeeded("nobody is signed in", false)));
    }

    /**
     * Asks, as {@link #ask(FetchQuery, RequestListener)}.
     *
     * @param session what {@link SessionSource#current} would give; for callers who have just read it
     */
    public FetchOutcome ask(Session session, FetchQuery query, RequestListener listener) {
        return withCoolDown(askRenewing(session, query, listener));
    }

    private FetchOutcome withCoolDown(FetchOutcome outcome) {
        if (outcome.kind() == Kind.ANSWERED) {
            int failed = failures.getAndSet(0);
            if (failed > 0) {
                LOG.info("The service answers again after {} failed requests.", failed);
            }
        } else if (CoolDownPolicy.isFailure(outcome)) {
            int inARow = failures.incrementAndGet();
            Duration wait = policy.after(outcome, inARow);
            LOG.debug("{}; failure {} in a row, cool-down {} s.", outcome.message(), inARow, wait.toSeconds());
            if (!wait.isZero()) {
                gate.coolDown(wait, outcome.message());
            }
        }
        return outcome;
    }

    private FetchOutcome askRenewing(Session session, FetchQuery query, RequestListener listener) {
        FetchOutcome outcome = attempt(session, query, listener);
        if (outcome.kind() != Kind.NOT_AUTHORISED) {
            return outcome;
        }
        Renewal renewal = sessions.renew(session);
        return renewal.session()
                .map(renewed -> attempt(renewed, query, listener))
                .orElseGet(() -> new SignInNeeded(renewal.message(), renewal.waitingHelps()));
    }

    private FetchOutcome attempt(Session session, FetchQuery query, RequestListener listener) {
        if (gate.acquire() instanceof MustWait mustWait) {
            return new HeldBack(mustWait.reason(), mustWait.duration());
        }
        Instant began = clock.instant();
        boolean answered = false;
        FetchOutcome outcome;
        try {
            outcome = service.apply(session, query);
            answered = outcome.kind() == Kind.ANSWERED;
        } finally {
            gate.completed(answered);
        }
        try {
            listener.requestEnded(outcome, Duration.between(began, clock.instant()));
        } catch (RuntimeException e) {
            LOG.warn("A request listener failed; the work goes on.", e);
        }
        return outcome;
    }
}
