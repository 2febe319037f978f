package org.trackerreports.tools.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.trackerreports.fetcher.account.AccountBudget;
import org.trackerreports.fetcher.config.Configuration;
import org.trackerreports.fetcher.config.Options;
import org.trackerreports.fetcher.wiring.Application;
import org.trackerreports.queue.BudgetState;
import org.trackerreports.store.Account;
import org.trackerreports.tools.text.Json;

/**
 * How an account stands: its state in the database and its budget in Redis.
 *
 * @param account as it is stored
 * @param used requests within the last 24 hours
 * @param most requests that are allowed within 24 hours
 * @param last when the last request was made
 * @param coolDownUntil until when it rests because the service wants it so
 * @param next when it may ask again; now or earlier means at once
 */
record AccountStanding(
        Account account, int used, int most, Optional<Instant> last, Optional<Instant> coolDownUntil, Instant next) {

    static AccountStanding of(Application application, Account account, Instant now) {
        Configuration configuration = application.get(Configuration.class);
        BudgetState budget = application.get(AccountBudget.class).state(account.alias());
        Optional<Instant> coolDown = Stream.concat(budget.coolDownUntil().stream(), account.coolDownUntil().stream())
                .filter(now::isBefore)
                .max(Instant::compareTo);
        Optional<Instant> gapEnd =
                budget.lastGranted().map(each -> each.plus(configuration.get(Options.FETCH_INTERVAL)));
        Instant next = Stream.concat(coolDown.stream(), gapEnd.stream())
                .max(Instant::compareTo)
                .orElse(now);
        return new AccountStanding(
                account,
                budget.used(),
                configuration.get(Options.MAX_REQUESTS_PER_DAY),
                budget.lastGranted(),
                coolDown,
                next);
    }

    int left() {
        return Math.max(0, most - used);
    }

    /** The state for people. */
    String state() {
        return word().replace('_', ' ');
    }

    private String word() {
        return account.state().name().toLowerCase(Locale.ROOT);
    }

    ObjectNode json() {
        return Json.object()
                .put("account", account.alias())
                .put("state", word())
                .put("requests_24h", used)
                .put("requests_left", left())
                .put("last_request_time", last.map(Instant::toString).orElse(null))
                .put("next_request_time", next.toString())
                .put("cool_down_until", coolDownUntil.map(Instant::toString).orElse(null))
                .put("last_error", account.lastError().orElse(null));
    }
}
