package org.trackerreports.core.diagnosis;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.trackerreports.core.text.Durations;
import org.trackerreports.core.time.Times;
import org.trackerreports.findmy.login.SessionCodec;
import org.trackerreports.queue.BudgetRule;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.secret.Secret;

/**
 * An account's state in the database and its request budget in Redis.
 *
 * @param account as it is stored
 * @param used requests within the last 24 hours
 * @param rule how much it may ask
 * @param ofOthers whether the limits are those of other instances, which are stricter than the configuration here
 * @param last when the last request was made
 * @param coolDownUntil the end of its cool-down, if it is in one
 * @param next when the next request by hand is allowed; now or earlier means at once
 * @param nextOfDaemon when the next request of a daemon is allowed, which leaves some for a person
 */
public record AccountStanding(
        Account account,
        int used,
        BudgetRule rule,
        boolean ofOthers,
        Optional<Instant> last,
        Optional<Instant> coolDownUntil,
        Instant next,
        Instant nextOfDaemon) {

    /** What the daemon's next request waits for. */
    public enum Limit {
        /** A cool-down after a failure. */
        COOL_DOWN,
        /** The most requests of a day. */
        REQUESTS_PER_DAY,
        /** The gap after the last request. */
        GAP;

        /** The name as scripts read it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How many requests are left within 24 hours. */
    public int left() {
        return Math.max(0, rule.maxPerPeriod() - used);
    }

    /** Which limit keeps the daemon from a request; empty if it may make one now. */
    public Optional<Limit> holding(Instant now) {
        if (!nextOfDaemon.isAfter(now)) {
            return Optional.empty();
        }
        if (coolDownUntil.isPresent() && !coolDownUntil.get().isBefore(nextOfDaemon)) {
            return Optional.of(Limit.COOL_DOWN);
        }
        return Optional.of(left() <= rule.manualReserve() ? Limit.REQUESTS_PER_DAY : Limit.GAP);
    }

    /** The limits for people. */
    public String limits() {
        return rule.maxPerPeriod() + " requests in " + Durations.text(rule.period())
                + (rule.manualReserve() > 0 ? ", " + rule.manualReserve() + " of them kept for requests by hand" : "")
                + "; " + rule.minGap().toMillis() / 1000.0 + " s between two"
                + (ofOthers ? " (another instance is stricter than this configuration)" : "");
    }

    /** For people: when the daemon may make its next request, and which limit holds until then. */
    public String nextRequest(Instant now) {
        if (!usable()) {
            return "none: "
                    + AccountNeed.of(account.alias(), state(), account.lastError())
                            .sentence();
        }
        return holding(now)
                .map(limit -> "not before " + Times.words(nextOfDaemon) + ": " + why(limit))
                .orElse("allowed now");
    }

    private String why(Limit limit) {
        return switch (limit) {
            case COOL_DOWN ->
                "it cools down"
                        + account.lastError().map(error -> " (" + error + ")").orElse("");
            case REQUESTS_PER_DAY -> "it has made its requests of " + Durations.text(rule.period());
            case GAP -> "the gap after its last request";
        };
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
    public boolean signedIn() {
        return account.session()
                .map(Secret::bytes)
                .filter(bytes -> !SessionCodec.isPending(bytes))
                .isPresent();
    }
}
