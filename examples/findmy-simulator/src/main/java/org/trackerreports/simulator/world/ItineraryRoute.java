package org.trackerreports.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A route with a timetable: at given moments at given places, and in between on the great circle at constant speed. */
final class ItineraryRoute implements Route {
    private final long[] seconds;
    private final Position[] places;

    private ItineraryRoute(List<Long> seconds, List<Position> places) {
        this.seconds = seconds.stream().mapToLong(Long::longValue).toArray();
        this.places = places.toArray(Position[]::new);
    }

    @Override
    public Position at(Instant time) {
        long second = time.getEpochSecond();
        int at = Arrays.binarySearch(seconds, second);
        int next = at >= 0 ? at : -at - 1;
        if (next == 0) {
            return places[0];
        }
        if (next == seconds.length) {
            return places[next - 1];
        }
        double part = (double) (second - seconds[next - 1]) / (seconds[next] - seconds[next - 1]);
        return Earth.between(places[next - 1], places[next], part);
    }

    /** Writes a timetable. */
    static final class Builder {
        private final List<Long> seconds = new ArrayList<>();
        private final List<Position> places = new ArrayList<>();
        private final SplittableRandom random;

        Builder(Position start, Instant time, SplittableRandom random) {
            this.random = random;
            seconds.add(time.getEpochSecond());
            places.add(start);
        }

        Position here() {
            return places.get(places.size() - 1);
        }

        private long now() {
            return seconds.get(seconds.size() - 1);
        }

        private Builder add(long second, Position place) {
            if (second > now()) {
                seconds.add(second);
                places.add(place);
            }
            return this;
        }

        /** Waits here until a moment, unless it has passed. */
        Builder until(Instant time) {
            return add(time.getEpochSecond(), here());
        }

        Builder stay(Duration duration) {
            return add(now() + duration.toSeconds(), here());
        }

        /** Goes somewhere, as roads go: over some points beside the straight way. */
        Builder byRoad(Position to, double metresPerSecond) {
            Position from = here();
            double way = Earth.metres(from, to);
            int bends = (int) Math.min(6, 1 + way / 1_500);
            for (int i = 1; i <= bends; i++) {
                Position straight = Earth.between(from, to, i / (bends + 1.0));
                straightTo(
                        Earth.from(
                                straight, random.nextDouble(2 * Math.PI), random.nextDouble(0.25) * way / (bends + 1)),
                        metresPerSecond);
            }
            return straightTo(to, metresPerSecond);
        }

        Builder straightTo(Position to, double metresPerSecond) {
            return add(now() + Math.max(1, Math.round(Earth.metres(here(), to) / metresPerSecond)), to);
        }

        ItineraryRoute build() {
            return new ItineraryRoute(seconds, places);
        }
    }
}
