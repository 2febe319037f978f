package org.trackerreports.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Journeys and the errors of finders: whether they are what they say. */
class JourneyTest {

    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final Position HOME = Position.ofDegrees(52.5, 13.4);

    @ParameterizedTest
    @CsvSource({"STAY,0", "WALK,1.3", "BICYCLE,5", "CAR,25", "TRAIN,45", "FLIGHT,240", "VAN_ROUND,8"})
    void movesAtItsSpeed(Journey journey, double metresPerSecond) {
        Route route = journey.route(HOME, START, 14, 3);
        double fastest = 0;
        for (int minute = 0; minute < 14 * 1_440; minute++) {
            Instant time = START.plusSeconds(60L * minute);
            fastest = Math.max(fastest, Earth.metres(route.at(time), route.at(time.plusSeconds(60))) / 60);
        }
        assertThat(fastest).isBetween(0.9 * metresPerSecond, 1.05 * metresPerSecond);
        assertThat(route.at(START.minusSeconds(9))).isEqualTo(HOME);
    }

    @ParameterizedTest
    @EnumSource(Journey.class)
    void equalSeedsGiveEqualRoutes(Journey journey) {
        Route one = journey.route(HOME, START, 7, 3);
        Route same = journey.route(HOME, START, 7, 3);
        for (int hour = 0; hour < 7 * 24; hour++) {
            Instant time = START.plus(Duration.ofHours(hour));
            assertThat(one.at(time)).isEqualTo(same.at(time));
        }
    }

    @Test
    void errorsAndDelaysHaveTheirDistribution() {
        World world = new World(11);
        GeneratedTag tag = GeneratedTag.make(11, 1).get(0);
        Finders finders = Finders.every(Duration.ofMinutes(1)).withErrors(FinderErrors.REALISTIC);
        world.addTag(TagSpec.of("bag", tag.spec().keys(), Route.stayingAt(HOME), finders));
        List<Double> errors = new ArrayList<>();
        List<Long> delays = new ArrayList<>();
        int gross = 0;
        for (Sighting sighting : world.truth("bag", START, START.plus(Duration.ofDays(30)))) {
            double error = Earth.metres(HOME, new Position(sighting.latitudeE7(), sighting.longitudeE7()));
            errors.add(error);
            gross += error > 1_900 ? 1 : 0;
            assertThat(error).isLessThan(202_000);
            if (error < 150 && error > 20) {
                assertThat(sighting.horizontalAccuracy()).isBetween((int) (0.4 * error) - 1, (int) (1.5 * error) + 1);
            }
            delays.add(Duration.between(sighting.time(), sighting.uploadedAt()).toSeconds());
        }
        Collections.sort(errors);
        Collections.sort(delays);
        assertThat(errors).hasSize(43_200);
        assertThat(errors.get(21_600)).isBetween(14.5, 16.0);
        // One standard deviation of a normal distribution: 84.13 %.
        assertThat(errors.get((int) (0.8413 * 43_200 * 0.987))).isBetween(38.0, 43.5);
        assertThat(gross / 43_200.0).isBetween(0.0115, 0.0145);
        assertThat(delays.get(21_600)).isBetween(1_150L, 1_250L);
        assertThat(delays.get(43_199)).isLessThanOrEqualTo(48 * 3_600);
    }
}
