package org.trackerreports.simulator.world;

import java.time.Instant;
import java.util.List;

/** Where a tag is at any moment. Implementations are pure functions and safe for use by many threads. */
@FunctionalInterface
public interface Route {
    /** The place at the given moment. */
    Position at(Instant time);

    /** A tag that never moves. */
    static Route stayingAt(Position position) {
        return time -> position;
    }

    /**
     * A tag that moves from point to point at constant speed and, having reached the last one, back again, for ever.
     * Before {@code start} it waits at the first point. Legs that cross the date line take the short way.
     *
     * @param points at least two, no two neighbours equal
     * @param start when it leaves the first point
     * @param metresPerSecond above zero
     */
    static Route along(List<Position> points, Instant start, double metresPerSecond) {
        return new PolylineRoute(points, start, metresPerSecond);
    }
}
