package org.trackerreports.fetcher.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.trackerreports.core.config.Role;
import org.trackerreports.fetcher.event.TurnEnded;
import org.trackerreports.fetcher.operations.Activity.At;
import org.trackerreports.fetcher.operations.Activity.Snapshot;

/** Checks whether the daemon's own tasks run, whatever their results. Thread-safe. */
final class LivenessChecks {

    private static final String RESTART = "Restart the daemon. Its log shows what it did last.";

    private final HealthRules rules;

    LivenessChecks(HealthRules rules) {
        this.rules = rules;
    }

    List<HealthCheck> of(Snapshot done, Instant now) {
        List<HealthCheck> checks = new ArrayList<>();
        if (rules.roles().contains(Role.FETCH)) {
            checks.add(heartbeat(done, now));
        }
        if (rules.roles().contains(Role.MOVE)) {
            checks.add(move(done, now));
        }
        checks.addAll(workers(done.workers(), now));
        return checks;
    }

    private List<HealthCheck> workers(Map<String, At<TurnEnded>> workers, Instant now) {
        boolean many = workers.size() > Sample.MOST_ACCOUNTS;
        SortedMap<String, At<TurnEnded>> shown = new TreeMap<>();
        workers.forEach((alias, turn) -> {
            if (!many || isLate(turn, now)) {
                shown.put(alias, turn);
            }
        });
        List<HealthCheck> checks = new ArrayList<>();
        if (many) {
            checks.add(HealthCheck.ok(
                    "workers", workers.size() - shown.size() + " of " + workers.size() + " take their turns"));
        }
        shown.forEach((alias, turn) -> checks.add(worker(alias, turn, now)));
        return checks;
    }

    private HealthCheck heartbeat(Snapshot done, Instant now) {
        Instant heartbeat = done.heartbeat().orElse(done.begun());
        Duration silent = Duration.between(heartbeat, now);
        return silent.compareTo(rules.heartbeatLimit()) > 0
                ? HealthCheck.fail("heartbeat", "no heartbeat was sent for " + silent.toSeconds() + " s", RESTART)
                : HealthCheck.ok("heartbeat", "a heartbeat was sent " + silent.toSeconds() + " s ago");
    }

    private HealthCheck move(Snapshot done, Instant now) {
        Duration since = Duration.between(done.move().orElse(done.begun()), now);
        return since.compareTo(rules.stepLimit()) > 0
                ? HealthCheck.fail("move", "no step of the judgement ended for " + since.toSeconds() + " s", RESTART)
                : HealthCheck.ok("move", "a step of the judgement ended " + since.toSeconds() + " s ago");
    }

    private boolean isLate(At<TurnEnded> turn, Instant now) {
        long since = now.toEpochMilli() - turn.at().toEpochMilli();
        return since > turn.what().next().toMillis() + rules.turnLimit().toMillis();
    }

    private HealthCheck worker(String alias, At<TurnEnded> turn, Instant now) {
        String name = "worker:" + alias;
        Duration since = Duration.between(turn.at(), now);
        if (isLate(turn, now)) {
            return HealthCheck.fail(
                    name,
                    "its last turn ended " + since.toSeconds() + " s ago, and the next one was due after "
                            + turn.what().next().toSeconds() + " s",
                    RESTART);
        }
        return HealthCheck.ok(name, "its last turn ended " + since.toSeconds() + " s ago");
    }
}
