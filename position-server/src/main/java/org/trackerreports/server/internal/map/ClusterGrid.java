package org.trackerreports.server.internal.map;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.trackerreports.store.history.GeoBox;
import org.trackerreports.store.view.Cluster;

/** The cells of a grid that lie in a box, and what is in each. The grid is that of the whole earth, so clusters stay where they are as a map moves. */
final class ClusterGrid {

    private static final int MOST_CELLS = 1_000_000;

    private final GeoBox box;
    private final double cell;
    private final boolean crossesDateLine;
    private final long firstRow;
    private final long firstColumn;

    /** The columns between the west of the box and the date line, if it crosses that. */
    private final long columnsBefore;

    private final int columns;
    private final long[] counts;
    private final double[] souths;
    private final double[] wests;
    private final double[] norths;
    private final double[] easts;
    private final long[] newest;

    ClusterGrid(GeoBox box, double cell) {
        this.box = box;
        this.cell = cell;
        this.crossesDateLine = box.west() > box.east();
        this.firstRow = index(box.south());
        this.firstColumn = index(box.west());
        this.columnsBefore = crossesDateLine ? index(180) - firstColumn + 1 - index(-180) : -firstColumn;
        long rows = index(box.north()) - firstRow + 1;
        long width = index(box.east()) + columnsBefore + 1;
        if (rows * width > MOST_CELLS) {
            throw new IllegalArgumentException("the cells are too small for the box");
        }
        this.columns = (int) width;
        int cells = (int) (rows * width);
        counts = new long[cells];
        souths = new double[cells];
        wests = new double[cells];
        norths = new double[cells];
        easts = new double[cells];
        newest = new long[cells];
        Arrays.fill(souths, Double.MAX_VALUE);
        Arrays.fill(wests, Double.MAX_VALUE);
        Arrays.fill(norths, -Double.MAX_VALUE);
        Arrays.fill(easts, -Double.MAX_VALUE);
        Arrays.fill(newest, Long.MIN_VALUE);
    }

    private long index(double degrees) {
        return (long) Math.floor(degrees / cell);
    }

    /** Counts a position, if it is in the box. */
    void add(double latitude, double longitude, long micros) {
        if (latitude < box.south() || latitude > box.north()) {
            return;
        }
        boolean fromWest = longitude >= box.west();
        boolean toEast = longitude <= box.east();
        if (crossesDateLine ? !fromWest && !toEast : !fromWest || !toEast) {
            return;
        }
        long column = index(longitude) + (fromWest ? -firstColumn : columnsBefore);
        int place = (int) ((index(latitude) - firstRow) * columns + column);
        counts[place]++;
        souths[place] = Math.min(souths[place], latitude);
        wests[place] = Math.min(wests[place], longitude);
        norths[place] = Math.max(norths[place], latitude);
        easts[place] = Math.max(easts[place], longitude);
        newest[place] = Math.max(newest[place], micros);
    }

    List<Cluster> clusters() {
        List<Cluster> clusters = new ArrayList<>();
        for (int place = 0; place < counts.length; place++) {
            if (counts[place] > 0) {
                clusters.add(new Cluster(
                        counts[place],
                        new GeoBox(souths[place], wests[place], norths[place], easts[place]),
                        Instant.EPOCH.plus(newest[place], ChronoUnit.MICROS)));
            }
        }
        return clusters;
    }
}
