package org.trackerreports.tools.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.trackerreports.core.account.AccountBudget;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.queue.BudgetState;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.tools.text.Json;

/**
 * How an account stands: its state in the database and its budget in Redis.
 *
 * @param account as it is stored
 * @param used requests within the last 24 hours
 * @param most requests that are allowed within 24 hours
 * @param last when the last request was made
 * @param coolDownUntil until when it rests because the service wants it so
 * @param next when a person may ask with it again; now or earlier means at once
 */
public record AccountStanding(
        Account account, int used, int most, Optional<Instant> last, Optional<Instant> coolDownUntil, Instant next) {

    /** Of an account now. */
    public static AccountStanding of(Application application, Account account, Instant now) {
        AccountBudget budget = application.get(AccountBudget.class);
        BudgetState state = budget.state(account.alias());
        Optional<Instant> coolDown = Stream.concat(state.coolDownUntil().stream(), account.coolDownUntil().stream())
                .filter(now::isBefore)
                .max(Instant::compareTo);
        Instant granted = now.plus(budget.untilGranted(account.alias(), true));
        return new AccountStanding(
                account,
                state.used(),
                application.get(Configuration.class).get(Options.MAX_REQUESTS_PER_DAY),
                state.lastGranted(),
                coolDown,
                coolDown.filter(granted::isBefore).orElse(granted));
    }

    /** How many requests are left within 24 hours. */
    public int left() {
        return Math.max(0, most - used);
    }

    /** What the state comes to now. */
    public AccountState state() {
        // Only a cool-down that lasts is kept, so any instant before its end gives the state.
        return account.withCoolDownUntil(coolDownUntil).stateAt(Instant.MIN);
    }

    /** Whether it asks, now or when its rest is over, without anybody doing anything. */
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
