package org.trackerreports.store.place;

import java.util.List;
import java.util.Objects;
import org.trackerreports.store.report.Position;

/** What a place covers. */
public sealed interface Area {

    /**
     * Everything within a distance of a centre.
     *
     * @param radius metres
     */
    record Circle(Position centre, double radius) implements Area {

        public Circle {
            Objects.requireNonNull(centre, "centre");
        }
    }

    /** Everything within a line that ends where it began. */
    record Polygon(List<Position> corners) implements Area {

        public Polygon {
            corners = List.copyOf(corners);
        }
    }
}
