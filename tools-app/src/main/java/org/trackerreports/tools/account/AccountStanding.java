package org.trackerreports.tools.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
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
