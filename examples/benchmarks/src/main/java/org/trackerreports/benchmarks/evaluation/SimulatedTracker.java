package org.trackerreports.benchmarks.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.UUID;
import org.trackerreports.movement.Motion;
import org.trackerreports.movement.Report;
import org.trackerreports.simulator.world.FinderErrors;
import org.trackerreports.simulator.world.Finders;
import org.trackerreports.simulator.world.GeneratedTag;
import org.trackerreports.simulator.world.Journey;
import org.trackerreports.simulator.world.Position;
import org.trackerreports.simulator.world.Route;
import org.trackerreports.simulator.world.Sighting;
import org.trackerreports.simulator.world.TagSpec;
import org.trackerreports.simulator.world.World;

/**
 * A tracker whose reports are wrong in a known way.
 *
 * @param journey how it moves
 * @param home where it lives
 * @param reports in event order
 * @param truth where it was at each report
 * @param days for how long
 */
public record SimulatedTracker(Journey journey, Position home, List<Report> reports, List<Position> truth, int days) {

    /** When all simulated histories begin. */
    static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    private static final int[] MINUTES = {10, 20, 30};

    public SimulatedTracker {
        reports = List.copyOf(reports);
        truth = List.copyOf(truth);
    }

    /**
     * Trackers of all journeys. One sighting falls into each 10, 20 or 30 minutes.
     *
     * @param perJourney how many of each
     */
    public static List<SimulatedTracker> make(long seed, int perJourney, int days) {
        SplittableRandom random = new SplittableRandom(seed);
        List<GeneratedTag> tags = GeneratedTag.make(seed, perJourney * Journey.values().length);
        World world = new World(seed);
        List<SimulatedTracker> trackers = new ArrayList<>();
        for (Journey journey : Journey.values()) {
            for (int i = 0; i < perJourney; i++) {
                Position home = Position.ofDegrees(random.nextDouble(-45, 62), random.nextDouble(-180, 180));
                trackers.add(make(
                        world,
                        tags.get(trackers.size()),
                        journey,
                        home,
                        MINUTES[i % MINUTES.length],
                        days,
                        random.nextLong()));
            }
        }
        return trackers;
    }

    private static SimulatedTracker make(
            World world, GeneratedTag tag, Journey journey, Position home, int minutes, int days, long seed) {
        Route route = journey.route(home, START, days, seed);
        Finders finders = Finders.every(Duration.ofMinutes(minutes)).withErrors(FinderErrors.REALISTIC);
        String name = tag.spec().name();
        world.addTag(TagSpec.of(name, tag.spec().keys(), route, finders));
        List<Report> reports = new ArrayList<>();
        List<Position> truth = new ArrayList<>();
        for (Sighting sighting : world.truth(name, START, START.plus(Duration.ofDays(days)))) {
            reports.add(report(sighting, seed, reports.size()));
            truth.add(route.at(sighting.time()));
        }
        return new SimulatedTracker(journey, home, reports, truth, days);
    }

    private static Report report(Sighting sighting, long seed, int number) {
        return new Report(
                new UUID(new SplittableRandom(seed + number).nextLong(), number),
                sighting.hashedKey(),
                sighting.time(),
                sighting.uploadedAt(),
                sighting.latitudeE7() / 1e7,
                sighting.longitudeE7() / 1e7,
                OptionalDouble.of(sighting.horizontalAccuracy()),
                sighting.confidence());
    }

    /** Where it was at a report. */
    Position truthOf(Report report) {
        return truth.get((int) report.digest().getLeastSignificantBits());
    }

    /** The label that its owner would give it. */
    Motion label() {
        return switch (journey) {
            case STAY, WALK -> Motion.WALK;
            case BICYCLE -> Motion.BICYCLE;
            case CAR, VAN_ROUND, TRAIN -> Motion.CAR;
            case FLIGHT -> Motion.PLANE;
        };
    }
}
