package org.trackerreports.tools.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.trackerreports.findmy.login.SessionCodec;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;

/**
 * An account's state in the database and its request budget in Redis.
 *
 * @param account as it is stored
 * @param used requests within the last 24 hours
 * @param maxPerDay requests allowed within 24 hours
 * @param last when the last request was made
 * @param coolDownUntil the end of its cool-down, if it is in one
 * @param next when the next request by hand is allowed; now or earlier means at once
 */
public record AccountStanding(
        Account account,
        int used,
        int maxPerDay,
        Optional<Instant> last,
        Optional<Instant> coolDownUntil,
        Instant next) {

    /** How many requests are left within 24 hours. */
    public int left() {
        return Math.max(0, maxPerDay - used);
    }

    /** The state now. */
    public AccountState state() {
        // A cool-down that has ended is not in here, so any instant before its end gives the state.
        return account.withCoolDownUntil(coolDownUntil).stateAt(Instant.MIN);
    }

    /** Whether it makes requests, now or after its cool-down, without help from a person. */
    public boolean usable() {
        return account.mayAskByItself();
    }

    /** The state as scripts read it. */
    public String word() {
        return state().name().toLowerCase(Locale.ROOT);
    }

    /** The state for people. */
    public String words() {
        return word().replace('_', ' ');
    }

    /** Whether a session is stored. */
    boolean signedIn() {
        return account.session()
                .map(Secret::bytes)
                .filter(bytes -> !SessionCodec.isPending(bytes))
                .isPresent();
    }

    static TextTable table(List<AccountStanding> standings) {
        TextTable table =
                new TextTable("ACCOUNT", "STATE", "REQUESTS (24 H)", "LEFT", "COOLS DOWN UNTIL (UTC)", "LAST ERROR");
        standings.forEach(standing -> table.row(
                standing.account().alias(),
                standing.words(),
                Integer.toString(standing.used()),
                Integer.toString(standing.left()),
                TextTable.second(standing.coolDownUntil()),
                standing.account().lastError().orElse("-")));
        return table;
    }

    /** Everything about the account, one property in each row. */
    TextTable details(Instant now) {
        TextTable table = new TextTable("ACCOUNT", account.alias());
        table.row("state", words());
        table.row("session", signedIn() ? "stored" : "none");
        table.row(
                "password",
                account.password().isPresent() ? "remembered, so that the session can be renewed" : "not stored");
        table.row("requests", used + " within 24 hours, " + left() + " left");
        table.row("last request", TextTable.second(last));
        table.row("next request", next.isAfter(now) ? TextTable.second(next) : "now");
        table.row("cools down until", TextTable.second(coolDownUntil));
        table.row("last error", account.lastError().orElse("-"));
        return table;
    }

    ObjectNode json() {
        return Json.object()
                .put("account", account.alias())
                .put("state", word())
                .put("requests_24h", used)
                .put("requests_left", left())
                .put("last_request_time", Json.time(last))
                .put("next_request_time", next.toString())
                .put("cool_down_until", Json.time(coolDownUntil))
                .put("last_error", account.lastError().orElse(null));
    }
}
