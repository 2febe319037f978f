package org.trackerreports.fetcher.operations;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trackerreports.fetcher.operations.Activity.Snapshot;

/**
 * Judges whether the daemon is well. It is judged by the daemon itself after each look around, from when things happened and against fixed
 * limits; whoever reads the judgement changes nothing, however often. Thread-safe.
 */
final class Health {

    private static final HealthReport STARTING =
            new HealthReport(List.of(HealthCheck.fail("start", "the daemon is starting", "Wait some seconds.")));

    private final Activity activity;
    private final LivenessChecks liveness;
    private final ReadinessChecks readiness;
    private final ProgressCheck work;
    private final HealthRules rules;
    private final Clock clock;
    private volatile Judgement latest = new Judgement(Optional.empty(), STARTING, STARTING);
    private volatile boolean stopping;

    private record Judgement(Optional<Sample> sample, HealthReport live, HealthReport ready) {}

    @Inject
    Health(Activity activity, HealthRules rules, Clock clock) {
        this.activity = activity;
        this.liveness = new LivenessChecks(rules);
        this.readiness = new ReadinessChecks(rules);
        this.work = new ProgressCheck(rules);
        this.rules = rules;
        this.clock = clock;
    }

    /** Judges what a look around showed; called by the one thread that looks. */
    void judge(Sample sample) {
        Instant now = clock.instant();
        Snapshot done = activity.snapshot();
        HealthCheck progress = work.stalled(sample, done, now);
        List<HealthCheck> live = new ArrayList<>(liveness.of(done, now));
        live.add(progress);
        List<HealthCheck> ready = new ArrayList<>(readiness.of(sample, done, now));
        ready.add(progress.level() == HealthCheck.Level.OK ? work.failingRequests(done, progress, now) : progress);
        latest = new Judgement(Optional.of(sample), new HealthReport(live), new HealthReport(ready));
    }

    /** The daemon is told to end: from now on it is not ready. */
    void stopping() {
        stopping = true;
    }

    /** What the latest look around showed; empty before the first. */
    Optional<Sample> latest() {
        return latest.sample();
    }

    /** Whether the loops of this process turn; if not, a restart helps. */
    HealthReport live() {
        Judgement judgement = latest;
        List<HealthCheck> checks = new ArrayList<>();
        checks.add(looks(judgement));
        if (judgement.sample().isPresent()) {
            checks.addAll(judgement.live().checks());
        }
        return new HealthReport(checks);
    }

    /** Whether the daemon can work and does. */
    HealthReport ready() {
        Judgement judgement = latest;
        List<HealthCheck> checks = new ArrayList<>(judgement.ready().checks());
        HealthCheck looks = looks(judgement);
        if (looks.level() != HealthCheck.Level.OK) {
            checks.add(looks);
        }
        if (stopping) {
            checks.add(HealthCheck.fail("stop", "the daemon is ending", "Nothing; it was told to."));
        }
        return new HealthReport(checks);
    }

    /** The one check that is made when it is read: who stands still judges nothing. */
    private HealthCheck looks(Judgement judgement) {
        Instant since =
                judgement.sample().map(Sample::at).orElse(activity.snapshot().begun());
        Duration limit = judgement.sample().isPresent() ? rules.lookLimit() : rules.startLimit();
        Duration age = Duration.between(since, clock.instant());
        if (age.compareTo(limit) > 0) {
            return HealthCheck.fail(
                    "loop",
                    "the daemon has not looked around for " + age.toSeconds() + " s",
                    "Restart it; its log says what it did last.");
        }
        return HealthCheck.ok("loop", "looked around " + age.toSeconds() + " s ago");
    }
}
