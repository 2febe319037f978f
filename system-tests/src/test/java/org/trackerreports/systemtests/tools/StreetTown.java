package org.trackerreports.systemtests.tools;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An invented town with streets, a river and a park, as Mapbox Vector Tiles, version 2, in the layers of Protomaps.
 *
 * @param west degrees, as the others
 */
record StreetTown(double west, double south, double east, double north) {

    private static final int EXTENT = 4096;
    private static final int STREETS = 24;
    private static final int RIVER_STEPS = 40;
    private static final int POINT = 1;
    private static final int LINE = 2;
    private static final int POLYGON = 3;
    private static final int MOVE_TO = 1;
    private static final int LINE_TO = 2;
    private static final int CLOSE = 7;

    /** One point of the town, both between 0 and 1 from its north-western corner. */
    private record Point(double x, double y) {}

    private record Feature(int type, Map<String, String> tags, List<Point> points) {}

    static double mercatorX(double longitude) {
        return (longitude + 180) / 360;
    }

    static double mercatorY(double latitude) {
        double sine = Math.sin(Math.toRadians(latitude));
        return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
    }

    /** One tile. What lies beside it is not cut off, which readers allow. */
    byte[] tile(int zoom, int column, int row) {
        Map<String, List<Feature>> layers = new LinkedHashMap<>();
        layers.put("earth", List.of(new Feature(POLYGON, Map.of("kind", "earth"), box(0, 0, 1, 1))));
        layers.put("landuse", List.of(new Feature(POLYGON, Map.of("kind", "park"), box(0.1, 0.55, 0.3, 0.8))));
        layers.put("water", List.of(new Feature(POLYGON, Map.of("kind", "water"), river())));
        layers.put("roads", streets());
        layers.put(
                "places",
                List.of(new Feature(
                        POINT,
                        Map.of("kind", "locality", "kind_detail", "city", "name", "Testow", "min_zoom", "7"),
                        List.of(new Point(0.5, 0.42)))));
        Protobuf tile = new Protobuf();
        layers.forEach((name, features) -> tile.message(3, layer(name, features, zoom, column, row)));
        return tile.bytes();
    }

    private static List<Point> box(double left, double top, double right, double bottom) {
        return List.of(new Point(left, top), new Point(right, top), new Point(right, bottom), new Point(left, bottom));
    }

    private static List<Point> river() {
        List<Point> bank = new ArrayList<>();
        for (int step = 0; step <= RIVER_STEPS; step++) {
            bank.add(new Point((double) step / RIVER_STEPS, middle(step) - 0.012));
        }
        for (int step = RIVER_STEPS; step >= 0; step--) {
            bank.add(new Point((double) step / RIVER_STEPS, middle(step) + 0.012));
        }
        return bank;
    }

    private static double middle(int step) {
        return 0.5 + 0.08 * Math.sin(step * 2 * Math.PI / RIVER_STEPS);
    }

    private static List<Feature> streets() {
        List<Feature> streets = new ArrayList<>();
        for (int number = 1; number < STREETS; number++) {
            double at = (double) number / STREETS;
            boolean major = number % 6 == 0;
            Map<String, String> tags = Map.of(
                    "kind", major ? "major_road" : "minor_road",
                    "kind_detail", major ? "primary" : "residential",
                    "name", (major ? "Allee " : "Gasse ") + number,
                    "min_zoom", major ? "7" : "12");
            streets.add(new Feature(LINE, tags, List.of(new Point(0, at), new Point(1, at))));
            streets.add(new Feature(LINE, tags, List.of(new Point(at, 0), new Point(at, 1))));
        }
        return streets;
    }

    private Protobuf layer(String name, List<Feature> features, int zoom, int column, int row) {
        List<String> keys = new ArrayList<>();
        List<String> values = new ArrayList<>();
        Protobuf layer = new Protobuf().number(15, 2).text(1, name);
        for (Feature feature : features) {
            Protobuf tags = new Protobuf();
            feature.tags().forEach((key, value) -> tags.varint(index(keys, key)).varint(index(values, value)));
            layer.message(
                    2,
                    new Protobuf()
                            .message(2, tags)
                            .number(3, feature.type())
                            .message(4, geometry(feature, zoom, column, row)));
        }
        keys.forEach(key -> layer.text(3, key));
        values.forEach(value -> layer.message(4, value(value)));
        return layer.number(5, EXTENT);
    }

    private static Protobuf value(String value) {
        return value.chars().allMatch(Character::isDigit)
                ? new Protobuf().number(5, Long.parseLong(value))
                : new Protobuf().text(1, value);
    }

    private static int index(List<String> words, String word) {
        if (!words.contains(word)) {
            words.add(word);
        }
        return words.indexOf(word);
    }

    private Protobuf geometry(Feature feature, int zoom, int column, int row) {
        Protobuf commands = new Protobuf();
        int x = 0;
        int y = 0;
        for (int index = 0; index < feature.points().size(); index++) {
            if (index == 0) {
                commands.varint(1 << 3 | MOVE_TO);
            } else if (index == 1) {
                commands.varint((long) feature.points().size() - 1 << 3 | LINE_TO);
            }
            Point point = feature.points().get(index);
            int left = onTile(mercatorX(west + point.x() * (east - west)), zoom, column);
            int top = onTile(mercatorY(north) + point.y() * (mercatorY(south) - mercatorY(north)), zoom, row);
            commands.zigzag(left - x).zigzag(top - y);
            x = left;
            y = top;
        }
        return feature.type() == POLYGON ? commands.varint(1 << 3 | CLOSE) : commands;
    }

    private static int onTile(double mercator, int zoom, int number) {
        return (int) Math.round((mercator * (1 << zoom) - number) * EXTENT);
    }
}
