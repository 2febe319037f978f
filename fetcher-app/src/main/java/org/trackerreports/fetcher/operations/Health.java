package org.trackerreports.fetcher.operations;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trackerreports.core.config.Role;
import org.trackerreports.core.wiring.ServerWait;
import org.trackerreports.fetcher.operations.Activity.Snapshot;

/**
 * The health of the daemon. It is evaluated after each sample, by fixed time limits; reading it changes nothing. Thread-safe.
 */
final class Health {

    private static final HealthReport STARTING =
            new HealthReport(List.of(HealthCheck.fail("start", "the daemon is starting", "Wait a few seconds.")));

    private final Activity activity;
    private final LivenessChecks liveness;
    private final ReadinessChecks readiness;
    private final ProgressCheck work;
    private final HealthRules rules;
    private final ServerWait wait;
    private final Clock clock;
    private volatile Evaluation latest = new Evaluation(Optional.empty(), STARTING, STARTING);
    private volatile boolean stopping;

    private record Evaluation(Optional<Sample> sample, HealthReport live, HealthReport ready) {}

    @Inject
    Health(Activity activity, HealthRules rules, ServerWait wait, Clock clock) {
        this.activity = activity;
        this.liveness = new LivenessChecks(rules);
        this.readiness = new ReadinessChecks(rules);
        this.work = new ProgressCheck(rules);
        this.rules = rules;
        this.wait = wait;
        this.clock = clock;
    }

    /** Evaluates a sample. Called by the one thread that takes samples. */
    void evaluate(Sample sample) {
        Instant now = clock.instant();
        Snapshot done = activity.snapshot();
        List<HealthCheck> live = new ArrayList<>(liveness.of(done, now));
        List<HealthCheck> ready = new ArrayList<>(readiness.of(sample, done, now));
        if (rules.roles().contains(Role.FETCH)) {
            HealthCheck progress = work.stalled(sample, done, now);
            live.add(progress);
            ready.add(progress.level() == HealthCheck.Level.OK ? work.failingRequests(done, progress) : progress);
        }
        latest = new Evaluation(Optional.of(sample), new HealthReport(live), new HealthReport(ready));
    }

    /** The daemon is stopping: from now on it is not ready. */
    void stopping() {
        stopping = true;
    }

    /** The latest sample; empty before the first. */
    Optional<Sample> latest() {
        return latest.sample();
    }

    /** Whether the tasks of this process run; if not, a restart helps. */
    HealthReport live() {
        Evaluation evaluation = latest;
        List<HealthCheck> checks = new ArrayList<>();
        checks.add(loop(evaluation));
        if (evaluation.sample().isPresent()) {
            checks.addAll(evaluation.live().checks());
        }
        return new HealthReport(checks);
    }

    /** Whether this instance can do its work. */
    HealthReport ready() {
        Evaluation evaluation = latest;
        List<HealthCheck> checks = new ArrayList<>(evaluation.ready().checks());
        HealthCheck loop = loop(evaluation);
        if (loop.level() != HealthCheck.Level.OK) {
            checks.add(loop);
        }
        if (stopping) {
            checks.add(HealthCheck.fail("stop", "the daemon is stopping", "Nothing. It was told to."));
        }
        return new HealthReport(checks);
    }

    /** The one check that is made on reading: a daemon that hangs evaluates nothing. */
    private HealthCheck loop(Evaluation evaluation) {
        Optional<String> server = wait.waitingFor();
        if (evaluation.sample().isEmpty() && server.isPresent()) {
            // However long that takes: a restart does not bring the server back.
            return HealthCheck.ok("loop", "the start waits for " + server.get());
        }
        Instant since =
                evaluation.sample().map(Sample::at).orElse(activity.snapshot().begun());
        Duration limit = evaluation.sample().isPresent() ? rules.sampleLimit() : rules.startLimit();
        Duration age = Duration.between(since, clock.instant());
        if (age.compareTo(limit) > 0) {
            return HealthCheck.fail(
                    "loop",
                    "the daemon has not checked itself for " + age.toSeconds() + " s",
                    "Restart the daemon. Its log shows what it did last.");
        }
        return HealthCheck.ok("loop", "checked itself " + age.toSeconds() + " s ago");
    }
}
