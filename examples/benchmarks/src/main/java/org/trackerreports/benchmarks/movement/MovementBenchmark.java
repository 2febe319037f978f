package org.trackerreports.benchmarks.movement;

import java.time.Instant;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.trackerreports.benchmarks.evaluation.SimulatedTracker;
import org.trackerreports.movement.Circle;
import org.trackerreports.movement.Judgement;
import org.trackerreports.movement.Judgements;
import org.trackerreports.movement.Motion;
import org.trackerreports.movement.OutlierFilter;
import org.trackerreports.movement.Place;
import org.trackerreports.movement.PlaceState;
import org.trackerreports.movement.Report;
import org.trackerreports.movement.StayFinder;
import org.trackerreports.movement.Timeline;
import org.trackerreports.movement.TransitionFold;

/** Judges the reports of trackers of all journeys, and finds stays and transitions in them. */
@State(Scope.Benchmark)
public class MovementBenchmark {

    /** A sighting falls into each ten minutes, so these are the reports of seven trackers in a week. */
    private static final int REPORTS = 7 * 7 * 144;

    private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
    private static final OutlierFilter FILTER = new OutlierFilter(Motion.PLANE);

    private List<List<Report>> trackers = List.of();
    private List<List<Judgement>> judged = List.of();

    /** Makes the reports, with the simulator. */
    @Setup
    public void make() {
        trackers = SimulatedTracker.make(1, 1, 7).stream()
                .map(SimulatedTracker::reports)
                .toList();
        if (trackers.stream().mapToInt(List::size).sum() != REPORTS) {
            throw new IllegalStateException("expected " + REPORTS + " reports");
        }
        judged = trackers.stream().map(each -> FILTER.judge(each, NOW).all()).toList();
    }

    /** Flags. */
    @Benchmark
    @OperationsPerInvocation(REPORTS)
    public List<Judgements> flags() {
        return trackers.stream().map(reports -> FILTER.judge(reports, NOW)).toList();
    }

    /** Stays and trips. */
    @Benchmark
    @OperationsPerInvocation(REPORTS)
    public List<Timeline> stays() {
        return judged.stream().map(each -> StayFinder.find(each, 1)).toList();
    }

    /** Transitions of three places. */
    @Benchmark
    @OperationsPerInvocation(REPORTS)
    public List<TransitionFold> transitions() {
        return judged.stream()
                .flatMap(each -> List.of(1, 2, 3).stream()
                        .map(place -> TransitionFold.of(
                                1,
                                Place.of(place, "place", new Circle(10 * place, 10, 150)),
                                PlaceState.BEGINNING,
                                each,
                                1)))
                .toList();
    }
}
