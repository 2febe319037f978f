package org.trackerreports.fetcher.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.trackerreports.core.diagnosis.AccountNeed;
import org.trackerreports.core.diagnosis.AccountStanding;
import org.trackerreports.core.diagnosis.AccountStandings;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.server.route.Request;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.Accounts;

/** Pauses, resumes and removes accounts. Thread-safe. */
final class AccountRoutes {

    private final ReportStore store;
    private final AccountStandings standings;
    private final Clock clock;

    @Inject
    AccountRoutes(ReportStore store, AccountStandings standings, Clock clock) {
        this.store = store;
        this.standings = standings;
        this.clock = clock;
    }

    /** Pauses or resumes: {@code {"paused": true|false}}. */
    Answer change(Request request) {
        JsonNode paused = request.json().path("paused");
        if (!paused.isBoolean()) {
            throw ProblemException.badRequest("The request has no \"paused\"; expected true or false.");
        }
        Accounts accounts = store.accounts();
        String alias = request.pathParameter("account");
        Optional<Account> changed = paused.booleanValue() ? accounts.pause(alias) : accounts.resume(alias);
        return Answer.json(json(standings.of(changed.orElseThrow(() -> unknown(alias))), clock.instant()));
    }

    /** Removes an account with its session; {@code confirm} repeats its name. */
    Answer remove(Request request) {
        String alias = request.pathParameter("account");
        if (store.accounts().find(alias).isEmpty()) {
            throw unknown(alias);
        }
        Confirmation.require(
                request,
                alias,
                "The account would be removed with its session. To use it again, you would have to sign in again.");
        store.accounts().remove(alias);
        return Answer.noContent();
    }

    private static ProblemException unknown(String alias) {
        return ProblemException.notFound("There is no account named \"" + alias + "\".");
    }

    /** An account's state, its budget, and what it needs. */
    static ObjectNode json(AccountStanding standing, Instant now) {
        Account account = standing.account();
        ObjectNode json = Json.object()
                .put("account", account.alias())
                .put("state", standing.word())
                .put("usable", standing.usable())
                .put("signed_in", standing.signedIn())
                .put("password_remembered", account.password().isPresent())
                .put("requests_24h", standing.used())
                .put("requests_left", standing.left())
                .put("requests_per_day", standing.rule().maxPerPeriod())
                .put("reserved_requests_per_day", standing.rule().manualReserve())
                .put("gap_seconds", standing.rule().minGap().toMillis() / 1000.0)
                .put("last_request_time", Json.time(standing.last()))
                .put("next_request_time", standing.nextOfDaemon().toString())
                .put(
                        "held_by",
                        standing.holding(now).map(AccountStanding.Limit::word).orElse(null))
                .put("cool_down_until", Json.time(standing.coolDownUntil()))
                .put("last_error", account.lastError().orElse(null));
        return Json.put(
                json,
                AccountNeed.of(account.alias(), standing.state(), account.lastError())
                        .advice());
    }
}
