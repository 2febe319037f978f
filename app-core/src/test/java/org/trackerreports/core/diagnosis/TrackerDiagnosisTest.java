package org.trackerreports.core.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trackerreports.core.diagnosis.Advice.Action;
import org.trackerreports.queue.BudgetRule;
import org.trackerreports.queue.QueueStatistics;
import org.trackerreports.queue.QueuedId;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.history.LatestPosition;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.tracker.Alignment;
import org.trackerreports.store.tracker.Tracker;

/** Every reason why a tracker has no new position is named, with what helps. */
class TrackerDiagnosisTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final int MAX_REQUESTS = 100;
    private static final int RESERVE = 10;

    private boolean enabled = true;
    private String kind = "list";
    private Map<String, String> labels = Map.of();
    private Map<String, Long> counters = Map.of();
    private Optional<Duration> age = Optional.empty();
    private Optional<Alignment> alignment = Optional.empty();
    private Optional<QueuedId> queued = Optional.of(queued(QueuedId.State.WAITING, Duration.ofMinutes(5), 0, 0));
    private boolean paused;
    private long workers = 1;
    private List<AccountStanding> accounts = List.of(account(AccountState.READY, 1, Duration.ZERO));

    private static QueuedId queued(QueuedId.State state, Duration until, int failures, int empties) {
        return new QueuedId(
                "1",
                state,
                0,
                NOW.plus(until),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.of(NOW.minusSeconds(60)),
                Optional.empty(),
                failures,
                empties,
                3,
                failures,
                0,
                1,
                failures > 0 ? Optional.of("no answer") : Optional.empty());
    }

    private static AccountStanding account(AccountState state, int used, Duration rest) {
        Optional<Instant> coolDown = rest.isZero() ? Optional.empty() : Optional.of(NOW.plus(rest));
        Account account = Account.create("my account")
                .withState(state)
                .withCoolDownUntil(coolDown)
                .withLastError(state == AccountState.READY ? Optional.empty() : Optional.of("HTTP 429"));
        BudgetRule rule = new BudgetRule(Duration.ofMinutes(5), MAX_REQUESTS, Duration.ofDays(1), RESERVE);
        Instant next = coolDown.orElse(NOW);
        return new AccountStanding(account, used, rule, false, Optional.empty(), coolDown, next, next);
    }

    private void assertConclusion(String sentence, Action action, String words) {
        QueueStatistics queue = new QueueStatistics(
                NOW,
                true,
                paused,
                NOW,
                Optional.empty(),
                1,
                1,
                0,
                0,
                0,
                0,
                0,
                workers,
                Optional.empty(),
                Optional.empty(),
                counters);
        Tracker tracker =
                new Tracker(1, "Käthe's bike", kind, Secret.of(new byte[1]), labels, enabled, alignment, NOW, NOW);
        Optional<LatestPosition> latest = age.map(before -> new LatestPosition(
                1,
                "Käthe's bike",
                NOW.minus(before),
                1,
                2,
                OptionalDouble.empty(),
                2,
                Optional.empty(),
                Set.of(),
                NOW));
        TrackerDiagnosis.Conclusion conclusion =
                new TrackerDiagnosis(tracker, latest, queued, queue, accounts, NOW).conclusion();
        assertThat(conclusion.sentence()).isEqualTo(sentence);
        assertThat(conclusion.advice().action()).isEqualTo(action);
        assertThat(conclusion.advice().words()).isEqualTo(words);
    }

    @Test
    void whatIsNotSetUpComesFirst() {
        enabled = false;
        accounts = List.of();
        assertConclusion("It is disabled, so no reports are fetched.", Action.ENABLE_TRACKER, "Enable it.");
        enabled = true;
        assertConclusion("There is no account.", Action.SIGN_IN, "Sign an account in.");
        accounts = List.of(account(AccountState.PAUSED, 0, Duration.ZERO));
        assertConclusion(
                "No account can be used: account my account is paused (HTTP 429).",
                Action.RESUME_ACCOUNT,
                "Resume the account.");
        accounts = List.of(account(AccountState.LOCKED, 0, Duration.ZERO));
        assertConclusion(
                "No account can be used: account my account is locked (HTTP 429).",
                Action.UNLOCK_ACCOUNT,
                "Unlock it at the service, then sign it in again.");
        accounts = List.of(account(AccountState.NEEDS_SECOND_FACTOR, 0, Duration.ZERO));
        assertConclusion(
                "No account can be used: account my account needs a verification code (HTTP 429).",
                Action.SIGN_IN,
                "Finish its sign-in.");
        accounts = List.of(account(AccountState.READY, 0, Duration.ZERO));
        paused = true;
        assertConclusion("The whole queue is paused.", Action.RESUME_QUEUE, "Resume the queue.");
    }

    @Test
    void thenWhatTheQueueKnows() {
        queued = Optional.empty();
        assertConclusion(
                "It is not in the queue yet.",
                Action.FILL_QUEUE,
                "Wait a moment; a process with the role fetch puts it there.");
        queued = Optional.of(queued(QueuedId.State.PARKED, Duration.ZERO, 20, 0));
        assertConclusion(
                "It failed 20 times in a row and was parked: no answer.",
                Action.REQUEUE_TRACKER,
                "Correct the cause, then put it back into the queue.");
        queued = Optional.of(queued(QueuedId.State.PAUSED, Duration.ZERO, 0, 0));
        assertConclusion("It is paused.", Action.RESUME_TRACKER, "Resume it.");
        queued = Optional.of(queued(QueuedId.State.LEASED, Duration.ZERO, 0, 0));
        assertConclusion("It is being requested right now.", Action.WAIT, "Look again in a minute.");
        workers = 0;
        assertConclusion("No daemon is running.", Action.START_FETCHING, "Start one with the role fetch.");
    }

    @Test
    void aTurnThatHasComeMayWaitForTheAccounts() {
        queued = Optional.of(queued(QueuedId.State.WAITING, Duration.ofMinutes(-10), 0, 0));
        accounts = List.of(account(AccountState.COOLING_DOWN, 1, Duration.ofMinutes(15)));
        assertConclusion(
                "It is due, but every account cools down; my account for another 15 min (HTTP 429).",
                Action.WAIT,
                "Wait; it continues by itself.");
        // Nor is it requested if its turn comes before the end of that.
        queued = Optional.of(queued(QueuedId.State.WAITING, Duration.ofMinutes(5), 0, 0));
        assertConclusion(
                "Every account cools down; my account for another 15 min (HTTP 429).",
                Action.WAIT,
                "Wait; it continues by itself.");
        queued = Optional.of(queued(QueuedId.State.WAITING, Duration.ofMinutes(20), 0, 0));
        assertConclusion(
                "All is well; the last request found reports.",
                Action.NOTHING,
                "You need not do anything; the next request is in 20 min.");
        queued = Optional.of(queued(QueuedId.State.WAITING, Duration.ofMinutes(-10), 0, 0));
        accounts = List.of(account(AccountState.READY, MAX_REQUESTS - RESERVE, Duration.ZERO));
        assertConclusion(
                "It is due, but every account has made its requests of the last 24 hours.",
                Action.PLAN,
                "Add an account, or request each tracker less often.");
        // A rest that is over counts no more, although it is still written down.
        accounts = List.of(account(AccountState.COOLING_DOWN, 1, Duration.ZERO));
        assertConclusion(
                "All is well; the last request found reports.",
                Action.NOTHING,
                "You need not do anything; the next request is due now.");
        queued = Optional.of(queued(QueuedId.State.WAITING, Duration.ofHours(-3), 0, 0));
        assertConclusion(
                "It has been overdue for 3 h: the accounts may not make as many requests as the trackers need.",
                Action.PLAN,
                "Add an account, or request each tracker less often.");
    }

    @Test
    void atLastWhatTheServiceAnswered() {
        String next = "You need not do anything; the next request is in 5 min.";
        assertConclusion("All is well; the last request found reports.", Action.NOTHING, next);
        queued = Optional.of(queued(QueuedId.State.WAITING, Duration.ofMinutes(5), 2, 0));
        assertConclusion("The last request failed: no answer.", Action.NOTHING, next);
        queued = Optional.of(queued(QueuedId.State.WAITING, Duration.ofMinutes(5), 0, 4));
        assertConclusion(
                "The service had no report 4 times in a row: probably no device was near it.", Action.NOTHING, next);
        alignment = Optional.of(new Alignment(NOW.minus(Duration.ofDays(8)), 5));
        assertConclusion(
                "The service had no report 4 times in a row: probably no device was near it, or its key has drifted"
                        + " since it was last seen.",
                Action.NOTHING,
                next);
    }

    /** Each is the first that holds of those after it. */
    @Test
    void forSilenceTheLikelyReasonIsNamed() {
        queued = Optional.of(queued(QueuedId.State.WAITING, Duration.ofMinutes(5), 0, 4));
        String silent = "The service had no report 4 times in a row: probably ";
        String next = "You need not do anything; the next request is in 5 min.";
        kind = "accessory";
        assertConclusion(
                silent + "no device was near it, or its owner was, beside whom it is not reported.",
                Action.NOTHING,
                next);
        kind = "static";
        assertConclusion(
                silent + "because it has one key that never changes: a device that has reported a key once hardly ever"
                        + " reports it again.",
                Action.OTHER,
                "Use firmware that changes between many keys, and import them all.");
        kind = "accessory";
        labels = Map.of("apple-device", "yes", "client", "acme");
        assertConclusion(
                silent + "because it is a device of Apple's own, which reports itself to another service and is seen"
                        + " through this one rarely and late.",
                Action.OTHER,
                "Look for it with Apple's own app.");
        counters = Map.of("nothingFound", 20L);
        assertConclusion(
                silent + "the service answers the address of this machine with nothing, as it is said to do for data"
                        + " centres: not one of 20 requests, for whatever tracker, found a report.",
                Action.OTHER_NETWORK,
                "Try it from another network, such as one at home.");
        counters = Map.of("nothingFound", 200L, "found", 1L);
        labels = Map.of();
        kind = "list";
        assertConclusion(silent + "no device was near it.", Action.NOTHING, next);
    }

    /** The service goes on answering with the same old report of a static key. */
    @Test
    void oldReportsAreNoGoodNews() {
        kind = "static";
        age = Optional.of(Duration.ofHours(23));
        assertConclusion(
                "All is well; the last request found reports.",
                Action.NOTHING,
                "You need not do anything; the next request is in 5 min.");
        age = Optional.of(Duration.ofHours(75));
        assertConclusion(
                "The newest report is 3 d 3 h old: probably because it has one key that never changes: a device that"
                        + " has reported a key once hardly ever reports it again.",
                Action.OTHER,
                "Use firmware that changes between many keys, and import them all.");
    }
}
