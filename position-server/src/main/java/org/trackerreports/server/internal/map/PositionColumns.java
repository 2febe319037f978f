package org.trackerreports.server.internal.map;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.trackerreports.store.history.GeoBox;

/**
 * One position for each tracker, sorted by their ids, in columns: 24 bytes for each, and reading all of them takes some milliseconds for a million.
 * Coordinates are kept as reports have them, in units of 10⁻⁷ degrees. Not thread-safe.
 */
final class PositionColumns {

    private static final double UNITS = 1e7;
    private static final int FIRST_ROOM = 4_096;

    /**
     * Where a tracker was.
     *
     * @param latitude in degrees
     * @param longitude in degrees
     */
    record Point(double latitude, double longitude, Instant time) {}

    private long[] ids;
    private int[] latitudes;
    private int[] longitudes;

    /** In microseconds. */
    private long[] times;

    private int size;

    PositionColumns() {
        this(FIRST_ROOM);
    }

    private PositionColumns(int room) {
        ids = new long[room];
        latitudes = new int[room];
        longitudes = new int[room];
        times = new long[room];
    }

    int size() {
        return size;
    }

    /** Adds a tracker, whose id is higher than all that are there. */
    void append(long id, Point point) {
        if (size == ids.length) {
            grow(size + size / 2);
        }
        ids[size] = id;
        set(size++, point);
    }

    private void grow(int room) {
        ids = Arrays.copyOf(ids, room);
        latitudes = Arrays.copyOf(latitudes, room);
        longitudes = Arrays.copyOf(longitudes, room);
        times = Arrays.copyOf(times, room);
    }

    private void set(int row, Point point) {
        latitudes[row] = (int) Math.round(point.latitude() * UNITS);
        longitudes[row] = (int) Math.round(point.longitude() * UNITS);
        times[row] = ChronoUnit.MICROS.between(Instant.EPOCH, point.time());
    }

    /** Moves, adds and removes trackers. Those that only moved cost no copy of the rest. */
    void apply(SortedMap<Long, Optional<Point>> changes) {
        boolean merge = false;
        for (Map.Entry<Long, Optional<Point>> change : changes.entrySet()) {
            int row = Arrays.binarySearch(ids, 0, size, change.getKey());
            if (row >= 0 && change.getValue().isPresent()) {
                set(row, change.getValue().get());
            } else {
                merge |= row >= 0 || change.getValue().isPresent();
            }
        }
        if (merge) {
            merge(changes);
        }
    }

    private void merge(SortedMap<Long, Optional<Point>> changes) {
        PositionColumns merged = new PositionColumns(Math.max(FIRST_ROOM, size + changes.size()));
        int row = 0;
        for (Map.Entry<Long, Optional<Point>> change : changes.entrySet()) {
            int place = Arrays.binarySearch(ids, row, size, change.getKey());
            int end = place < 0 ? -place - 1 : place;
            merged.copy(this, row, end);
            row = place < 0 ? end : end + 1;
            change.getValue().ifPresent(point -> merged.append(change.getKey(), point));
        }
        merged.copy(this, row, size);
        ids = merged.ids;
        latitudes = merged.latitudes;
        longitudes = merged.longitudes;
        times = merged.times;
        size = merged.size;
    }

    private void copy(PositionColumns from, int begin, int end) {
        int length = end - begin;
        System.arraycopy(from.ids, begin, ids, size, length);
        System.arraycopy(from.latitudes, begin, latitudes, size, length);
        System.arraycopy(from.longitudes, begin, longitudes, size, length);
        System.arraycopy(from.times, begin, times, size, length);
        size += length;
    }

    /** Counts the positions in a box by the cells of a grid. */
    ClusterGrid group(GeoBox box, double cellDegrees) {
        ClusterGrid grid = new ClusterGrid(box, cellDegrees);
        for (int row = 0; row < size; row++) {
            grid.add(latitudes[row] / UNITS, longitudes[row] / UNITS, times[row]);
        }
        return grid;
    }
}
