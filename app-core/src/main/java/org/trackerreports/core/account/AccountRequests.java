package org.trackerreports.core.account;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.trackerreports.core.event.FetchListener;
import org.trackerreports.core.event.Listeners;
import org.trackerreports.core.event.RequestEnded;
import org.trackerreports.findmy.fetch.AccountClient;
import org.trackerreports.findmy.fetch.CoolDownPolicy;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.ReportService;
import org.trackerreports.findmy.fetch.RequestGate;
import org.trackerreports.findmy.login.Session;

/**
 * Asks the report service for the stored accounts, the only way to do so: one {@link AccountClient} for each account, with the budget, the
 * session and the state that all instances share. Thread-safe.
 */
public final class AccountRequests {

    private final AccountBudget budget;
    private final AccountStates states;
    private final AccountSessions sessions;
    private final ReportService service;
    private final Listeners<FetchListener> listeners;
    private final Clock clock;
    private final Map<Asker, AccountClient> clients = new ConcurrentHashMap<>();

    /** Who asks: a person and the daemon take from different parts of the budget. The alias can get another Apple account. */
    private record Asker(String alias, AppleAccountDigest account, boolean manual) {}

    @Inject
    AccountRequests(
            AccountBudget budget,
            AccountStates states,
            AccountSessions sessions,
            ReportService service,
            Listeners<FetchListener> listeners,
            Clock clock) {
        this.budget = budget;
        this.states = states;
        this.sessions = sessions;
        this.service = service;
        this.listeners = listeners;
        this.clock = clock;
    }

    /**
     * Asks, as {@link AccountClient#ask}. After a failure the account cools down for all instances.
     *
     * @param account as {@link AccountStates} just found it
     * @param manual whether a person asks, who may use the reserve
     */
    public FetchOutcome ask(SignedInAccount account, boolean manual, FetchRequest request) {
        Asker asker = new Asker(account.alias(), AppleAccountDigest.of(account.session()), manual);
        return clients.computeIfAbsent(asker, this::client)
                .ask(
                        account.session(),
                        request.query(),
                        (outcome, took) -> publish(account.alias(), request, outcome, took));
    }

    /** The shared budget for requests by hand with a session that is kept in a file. Its account can be in the database, too. */
    public RequestGate gate(Session session) {
        AppleAccountDigest account = AppleAccountDigest.of(session);
        return new SharedRequestGate(
                states.aliasOf(account).orElse("of a session file"), account, true, budget, states);
    }

    private AccountClient client(Asker asker) {
        return new AccountClient(
                service,
                new SharedRequestGate(asker.alias(), asker.account(), asker.manual(), budget, states),
                sessions.of(asker.alias(), asker.account()),
                CoolDownPolicy.STEADY,
                clock);
    }

    private void publish(String alias, FetchRequest request, FetchOutcome outcome, Duration took) {
        int answered = outcome.answer().map(answer -> answer.reports().size()).orElse(0);
        listeners.tell(
                FetchListener::requestEnded,
                new RequestEnded(
                        alias,
                        RequestResults.of(outcome),
                        took,
                        request.trackers(),
                        request.maxTrackers(),
                        request.query().ids(),
                        answered));
    }
}
