package org.trackerreports.tools.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.trackerreports.core.diagnosis.AccountStanding;
import org.trackerreports.store.account.Account;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;

/** The standing of accounts, as JSON and as tables. */
final class AccountFormat {

    private AccountFormat() {}

    static TextTable table(List<AccountStanding> standings) {
        TextTable table =
                new TextTable("ACCOUNT", "STATE", "REQUESTS (24 H)", "LEFT", "COOLS DOWN UNTIL (UTC)", "LAST ERROR");
        standings.forEach(standing -> table.row(
                standing.account().alias(),
                standing.words(),
                Integer.toString(standing.used()),
                Integer.toString(standing.left()),
                standing.coolDownUntil().map(TextTable::end).orElse("-"),
                standing.account().lastError().orElse("-")));
        return table;
    }

    /** Everything about an account, one property in each row. */
    static TextTable details(AccountStanding standing, Instant now) {
        Account account = standing.account();
        TextTable table = new TextTable("ACCOUNT", account.alias());
        table.row("state", standing.words());
        table.row("session", standing.signedIn() ? "stored" : "none");
        table.row(
                "password",
                account.password().isPresent() ? "remembered, so that the session can be renewed" : "not stored");
        table.row("requests", standing.used() + " within 24 hours, " + standing.left() + " left");
        table.row("limits", standing.limits());
        table.row("last request", TextTable.second(standing.last()));
        table.row("next request", standing.next().isAfter(now) ? TextTable.end(standing.next()) : "now");
        table.row(
                "cools down until", standing.coolDownUntil().map(TextTable::end).orElse("-"));
        table.row("last error", account.lastError().orElse("-"));
        return table;
    }

    static ObjectNode json(AccountStanding standing) {
        return Json.object()
                .put("account", standing.account().alias())
                .put("state", standing.word())
                .put("requests_24h", standing.used())
                .put("requests_left", standing.left())
                .put("last_request_time", Json.time(standing.last()))
                .put("next_request_time", standing.next().toString())
                .put("cool_down_until", Json.time(standing.coolDownUntil()))
                .put("last_error", standing.account().lastError().orElse(null));
    }
}
