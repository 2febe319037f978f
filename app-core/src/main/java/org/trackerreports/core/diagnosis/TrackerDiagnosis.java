package org.trackerreports.core.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.trackerreports.core.diagnosis.Advice.Action;
import org.trackerreports.core.keyfile.LabelledKeys;
import org.trackerreports.core.pipeline.TrackerKeyMaterial;
import org.trackerreports.core.text.Durations;
import org.trackerreports.queue.QueueStatistics;
import org.trackerreports.queue.QueuedId;
import org.trackerreports.store.history.LatestPosition;
import org.trackerreports.store.tracker.Tracker;

/** Everything that decides whether a tracker gets a new position. */
public record TrackerDiagnosis(
        Tracker tracker,
        Optional<LatestPosition> latest,
        Optional<QueuedId> queued,
        QueueStatistics queue,
        List<AccountStanding> accounts,
        Instant now) {

    private static final Duration MAX_OVERDUE = Duration.ofHours(1);
    private static final Duration OLD_ALIGNMENT = Duration.ofDays(7);
    private static final Duration OLD_POSITION = Duration.ofDays(1);

    private static final String MORE_ACCOUNTS = "Add an account, or request each tracker less often.";

    /** So many requests without any report are no chance. */
    private static final int MANY_REQUESTS = 20;

    /**
     * What the diagnosis comes to.
     *
     * @param sentence the reason, in one sentence
     * @param advice what to do
     */
    public record Conclusion(String sentence, Advice advice) {}

    /** The first reason why the tracker gets no new position, or that all is well. */
    public Conclusion conclusion() {
        return setUp().or(this::inQueue).orElseGet(this::outcome);
    }

    private Optional<Conclusion> setUp() {
        if (!tracker.enabled()) {
            return is("It is disabled, so no reports are fetched.", Action.ENABLE_TRACKER, "Enable it.");
        }
        if (accounts.isEmpty()) {
            return is("There is no account.", Action.SIGN_IN, "Sign an account in.");
        }
        if (accounts.stream().noneMatch(AccountStanding::usable)) {
            AccountStanding first = accounts.get(0);
            AccountNeed need = AccountNeed.of(
                    first.account().alias(), first.state(), first.account().lastError());
            return Optional.of(new Conclusion("No account can be used: " + need.sentence() + ".", need.advice()));
        }
        if (queue.paused()) {
            return is("The whole queue is paused.", Action.RESUME_QUEUE, "Resume the queue.");
        }
        return Optional.empty();
    }

    private Optional<Conclusion> inQueue() {
        if (queued.isEmpty()) {
            return is(
                    "It is not in the queue yet.",
                    Action.FILL_QUEUE,
                    "Wait a moment; a process with the role fetch puts it there.");
        }
        QueuedId id = queued.get();
        if (id.state() == QueuedId.State.PARKED) {
            return is(
                    "It failed " + id.consecutiveFailures() + " times in a row and was parked"
                            + id.lastError().map(error -> ": " + error).orElse("") + ".",
                    Action.REQUEUE_TRACKER,
                    "Correct the cause, then put it back into the queue.");
        }
        if (id.state() == QueuedId.State.PAUSED) {
            return is("It is paused.", Action.RESUME_TRACKER, "Resume it.");
        }
        if (queue.workers() == 0) {
            return is("No daemon is running.", Action.START_FETCHING, "Start one with the role fetch.");
        }
        if (id.state() == QueuedId.State.LEASED) {
            return is("It is being requested right now.", Action.WAIT, "Look again in a minute.");
        }
        return budgets(id.due());
    }

    /** Why a tracker is not requested when its turn comes: accounts that cool down, or that have made all requests of the day. */
    private Optional<Conclusion> budgets(Instant due) {
        boolean isDue = !due.isAfter(now);
        List<AccountStanding> usable =
                accounts.stream().filter(AccountStanding::usable).toList();
        boolean nobodyAsks = usable.stream()
                .allMatch(each -> each.coolDownUntil().filter(due::isBefore).isPresent()
                        || isDue && each.left() <= each.rule().manualReserve());
        if (!nobodyAsks) {
            return Optional.empty();
        }
        AccountStanding first =
                usable.stream().min(Comparator.comparing(AccountStanding::next)).orElseThrow();
        String reason =
                first.account().lastError().map(error -> " (" + error + ")").orElse("");
        return is(
                (isDue ? "It is due, but every account " : "Every account ")
                        + (first.coolDownUntil().isPresent()
                                ? "cools down; " + first.account().alias() + " for another "
                                        + Durations.text(Duration.between(
                                                now, first.coolDownUntil().get()))
                                        + reason
                                : "has made its requests of the last 24 hours")
                        + ".",
                first.coolDownUntil().isPresent() ? Action.WAIT : Action.PLAN,
                first.coolDownUntil().isPresent() ? "Wait; it continues by itself." : MORE_ACCOUNTS);
    }

    private Conclusion outcome() {
        QueuedId id = queued.orElseThrow();
        Advice next = Advice.of(
                Action.NOTHING,
                "You need not do anything; the next request is "
                        + (id.due().isAfter(now) ? "in " + Durations.text(Duration.between(now, id.due())) : "due now")
                        + ".");
        // Of a failure that is not its own fault, only the error is noted.
        if (id.consecutiveFailures() > 0 || id.lastError().isPresent()) {
            return new Conclusion(
                    "The last request failed"
                            + id.lastError().map(error -> ": " + error).orElse("") + ".",
                    next);
        }
        Duration overdue = Duration.between(id.due(), now);
        if (overdue.compareTo(MAX_OVERDUE) > 0) {
            return new Conclusion(
                    "It has been overdue for " + Durations.text(overdue)
                            + ": the accounts may not make as many requests as the trackers need.",
                    Advice.of(Action.PLAN, MORE_ACCOUNTS));
        }
        if (id.lastAttempt().isEmpty()) {
            return new Conclusion("The daemon has not requested it yet; its first request is to come.", next);
        }
        if (id.consecutiveEmpty() > 0) {
            return likely(
                    "The service had no report " + id.consecutiveEmpty()
                            + (id.consecutiveEmpty() == 1 ? " time" : " times in a row"),
                    next);
        }
        Optional<Duration> age = latest.map(seen -> Duration.between(seen.timestamp(), now))
                .filter(each -> each.compareTo(OLD_POSITION) > 0);
        if (age.isPresent()) {
            return likely("The newest report is " + Durations.text(age.get()) + " old", next);
        }
        return new Conclusion("All is well; the last request found reports.", next);
    }

    private Conclusion likely(String observed, Advice otherwise) {
        Silence silence = silence();
        return new Conclusion(
                observed + ": probably " + silence.reason() + ".",
                silence.advice().orElse(otherwise));
    }

    /** @param advice what to do, if there is something to do */
    private record Silence(String reason, Optional<Advice> advice) {}

    /** The first likely reason for a tracker that is requested and not seen. */
    private Silence silence() {
        long found = queue.counters().getOrDefault("found", 0L);
        long nothingFound = queue.counters().getOrDefault("nothingFound", 0L);
        if (found == 0 && nothingFound >= MANY_REQUESTS) {
            return new Silence(
                    "the service answers the address of this machine with nothing, as it is said to do for data"
                            + " centres: not one of " + nothingFound
                            + " requests, for whatever tracker, found a report",
                    Optional.of(Advice.of(Action.OTHER_NETWORK, "Try it from another network, such as one at home.")));
        }
        if (LabelledKeys.isAppleDevice(tracker.labels())) {
            return new Silence(
                    "because it is a device of Apple's own, which reports itself to another service and is seen through"
                            + " this one rarely and late",
                    Optional.of(Advice.of(Action.OTHER, "Look for it with Apple's own app.")));
        }
        if (tracker.kind().equals(TrackerKeyMaterial.STATIC)) {
            return new Silence(
                    "because it has one key that never changes: a device that has reported a key once hardly ever"
                            + " reports it again",
                    Optional.of(Advice.of(
                            Action.OTHER, "Use firmware that changes between many keys, and import them all.")));
        }
        boolean accessory = tracker.kind().equals(TrackerKeyMaterial.ACCESSORY);
        return new Silence(
                "no device was near it"
                        + (accessory ? ", or its owner was, beside whom it is not reported" : "")
                        + (oldAlignment() ? ", or its key has drifted since it was last seen" : ""),
                Optional.empty());
    }

    private boolean oldAlignment() {
        return tracker.alignment()
                .filter(alignment -> Duration.between(alignment.time(), now).compareTo(OLD_ALIGNMENT) > 0)
                .isPresent();
    }

    private static Optional<Conclusion> is(String sentence, Action action, String words) {
        return Optional.of(new Conclusion(sentence, Advice.of(action, words)));
    }
}
