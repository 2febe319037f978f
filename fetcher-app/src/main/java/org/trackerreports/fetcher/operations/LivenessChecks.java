package org.trackerreports.fetcher.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
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
        Instant heartbeat = done.heartbeat().orElse(done.begun());
        Duration silent = Duration.between(heartbeat, now);
        checks.add(
                silent.compareTo(rules.heartbeatLimit()) > 0
                        ? HealthCheck.fail(
                                "heartbeat", "no heartbeat was sent for " + silent.toSeconds() + " s", RESTART)
                        : HealthCheck.ok("heartbeat", "a heartbeat was sent " + silent.toSeconds() + " s ago"));
        new TreeMap<>(done.workers()).forEach((alias, turn) -> checks.add(worker(alias, turn, now)));
        return checks;
    }

    private HealthCheck worker(String alias, At<TurnEnded> turn, Instant now) {
        String name = "worker:" + alias;
        Duration since = Duration.between(turn.at(), now);
        Duration limit = turn.what().next().plus(rules.turnLimit());
        if (since.compareTo(limit) > 0) {
            return HealthCheck.fail(
                    name,
                    "its last turn ended " + since.toSeconds() + " s ago, and the next one was due after "
                            + turn.what().next().toSeconds() + " s",
                    RESTART);
        }
        return HealthCheck.ok(name, "its last turn ended " + since.toSeconds() + " s ago");
    }
}
