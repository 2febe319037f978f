package org.trackerreports.server.internal.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trackerreports.server.internal.map.PositionColumns.Point;
import org.trackerreports.store.history.GeoBox;
import org.trackerreports.store.view.Cluster;

/** Positions in columns against a map of objects, and the clusters against the simplest way to count them. */
class PositionColumnsTest {

    private static final GeoBox WORLD = new GeoBox(-90, -180, 90, 180);

    private final Random random = new Random(11);

    private Point point() {
        return new Point(
                random.nextInt(-900_000_000, 900_000_001) / 1e7,
                random.nextInt(-1_800_000_000, 1_800_000_001) / 1e7,
                Instant.ofEpochSecond(random.nextInt(2_000_000_000), random.nextInt(1_000_000) * 1_000L));
    }

    @Test
    void hasWhatAMapOfObjectsHasAfterAnyChanges() {
        PositionColumns columns = new PositionColumns();
        SortedMap<Long, Point> expected = new TreeMap<>();
        for (long id = 1; id <= 10_000; id += 2) {
            Point point = point();
            columns.append(id, point);
            expected.put(id, point);
        }
        for (int round = 0; round < 200; round++) {
            SortedMap<Long, Optional<Point>> changes = new TreeMap<>();
            for (int i = 0; i < random.nextInt(200); i++) {
                changes.put(random.nextLong(12_000), random.nextInt(4) == 0 ? Optional.empty() : Optional.of(point()));
            }
            columns.apply(changes);
            changes.forEach(
                    (id, point) -> point.ifPresentOrElse(at -> expected.put(id, at), () -> expected.remove(id)));
            assertThat(columns.size()).isEqualTo(expected.size());
        }

        // Cells so small that nearly each position has one of its own: every time and place is compared.
        assertThat(columns.group(WORLD, 0.3).clusters())
                .containsExactlyInAnyOrderElementsOf(counted(expected.values(), WORLD, 0.3));
    }

    @ParameterizedTest
    @CsvSource({
        "-90, -180, 90, 180, 9",
        "47.1, 5.9, 55.05, 15.04, 0.35",
        "-20, 100, 60, -100, 4.5",
        "10, 179.5, 20, -179.5, 0.25",
        "-90, 0, 90, 0.5, 4.5",
        "12.5, 13.5, 12.5, 13.5, 0.001"
    })
    void countsWhatIsInABoxByTheCellsOfTheEarth(double south, double west, double north, double east, double cell) {
        PositionColumns columns = new PositionColumns();
        List<Point> points = new ArrayList<>();
        GeoBox box = new GeoBox(south, west, north, east);
        for (int i = 0; i < 20_000; i++) {
            points.add(point());
        }
        // On the edges, and at the corners of the earth.
        for (double latitude : new double[] {south, north, -90, 0, 90}) {
            for (double longitude : new double[] {west, east, -180, 0, 180}) {
                points.add(new Point(latitude, longitude, Instant.EPOCH));
            }
        }
        for (int i = 0; i < points.size(); i++) {
            columns.append(i, points.get(i));
        }

        assertThat(columns.group(box, cell).clusters())
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(counted(points, box, cell));
    }

    @Test
    void refusesAGridThatIsTooFine() {
        assertThatThrownBy(() -> new PositionColumns().group(WORLD, 0.01)).isInstanceOf(IllegalArgumentException.class);
    }

    private record Cell(boolean beyondDateLine, double row, double column) {}

    private static Collection<Cluster> counted(Collection<Point> points, GeoBox box, double size) {
        Map<Cell, Cluster> clusters = new HashMap<>();
        for (Point point : points) {
            boolean crosses = box.west() > box.east();
            boolean fromWest = point.longitude() >= box.west();
            boolean toEast = point.longitude() <= box.east();
            if (point.latitude() >= box.south()
                    && point.latitude() <= box.north()
                    && (crosses ? fromWest || toEast : fromWest && toEast)) {
                clusters.merge(
                        new Cell(
                                crosses && toEast,
                                Math.floor(point.latitude() / size),
                                Math.floor(point.longitude() / size)),
                        new Cluster(
                                1,
                                new GeoBox(point.latitude(), point.longitude(), point.latitude(), point.longitude()),
                                point.time()),
                        PositionColumnsTest::together);
            }
        }
        return clusters.values();
    }

    private static Cluster together(Cluster one, Cluster other) {
        return new Cluster(
                one.trackers() + other.trackers(),
                new GeoBox(
                        Math.min(one.box().south(), other.box().south()),
                        Math.min(one.box().west(), other.box().west()),
                        Math.max(one.box().north(), other.box().north()),
                        Math.max(one.box().east(), other.box().east())),
                one.newest().isAfter(other.newest()) ? one.newest() : other.newest());
    }
}
