package org.trackerreports.server.internal.map;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.history.GeoBox;
import org.trackerreports.store.view.Cluster;
import org.trackerreports.store.view.PositionTaker;
import org.trackerreports.store.view.PositionsRead;
import org.trackerreports.store.view.TrackerViews;

/**
 * Where all trackers of a large fleet are. To count a million positions by the cells of a grid takes a database most of a second, and a process that
 * has them in its memory some milliseconds. They are read once, and followed by the feed: on a thread, so that little is left to read when somebody
 * asks, and again then, so that an answer is never older than the feed. A small fleet is not kept: it costs the database nothing. Thread-safe.
 */
public final class FleetPositions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FleetPositions.class);

    /** Others are counted by the database at once. */
    private static final int LEAST = 2_000;

    private static final Duration FOLLOW_EVERY = Duration.ofSeconds(2);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

    private record Kept(PositionColumns columns, PositionsRead read) {}

    private final TrackerViews views;
    private final int least;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "web-positions");
    private Optional<Kept> kept = Optional.empty();

    public FleetPositions(TrackerViews views) {
        this(views, LEAST);
    }

    /** @param least the smallest fleet that is kept */
    FleetPositions(TrackerViews views, int least) {
        this.views = views;
        this.least = least;
        thread.setDaemon(true);
    }

    /** Begins to read. */
    public void start() {
        thread.start();
    }

    /**
     * All latest positions in a box, grouped by a grid.
     *
     * @param cellDegrees the side of a cell, more than 0 and at least a thousandth of the longer side of the box
     * @return empty if the positions are not kept, or not read yet
     */
    public Optional<List<Cluster>> clusters(GeoBox box, double cellDegrees) {
        if (!follow()) {
            return Optional.empty();
        }
        lock.readLock().lock();
        try {
            return kept.map(all -> all.columns().group(box, cellDegrees).clusters());
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Reads all positions, if there are enough of them. Returns whether they are kept. */
    boolean readAll() {
        PositionColumns columns = new PositionColumns();
        Optional<PositionsRead> read = views.allPositions(least, new PositionTaker() {
            @Override
            public void isAt(long trackerId, double latitude, double longitude, Instant time) {
                columns.append(trackerId, new PositionColumns.Point(latitude, longitude, time));
            }

            @Override
            public void hasNone(long trackerId) {
                // Only those that have one are read.
            }
        });
        lock.writeLock().lock();
        try {
            kept = read.map(place -> new Kept(columns, place));
            return kept.isPresent();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Reads what changed; false if the positions are not kept. */
    private boolean follow() {
        lock.writeLock().lock();
        try {
            if (kept.isEmpty()) {
                return false;
            }
            PositionColumns columns = kept.get().columns();
            SortedMap<Long, Optional<PositionColumns.Point>> changes = new TreeMap<>();
            Optional<PositionsRead> read = views.changedPositions(kept.get().read(), new PositionTaker() {
                @Override
                public void isAt(long trackerId, double latitude, double longitude, Instant time) {
                    changes.put(trackerId, Optional.of(new PositionColumns.Point(latitude, longitude, time)));
                }

                @Override
                public void hasNone(long trackerId) {
                    changes.put(trackerId, Optional.empty());
                }
            });
            columns.apply(changes);
            kept = read.map(place -> new Kept(columns, place));
            return kept.isPresent();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void run() {
        boolean end = false;
        while (!end) {
            boolean followed = false;
            try {
                followed = follow() || readAll();
            } catch (StoreException e) {
                LOG.debug("The positions for the map could not be read; they are tried again.", e);
            } catch (RuntimeException e) {
                LOG.error("The positions for the map could not be read, unexpectedly.", e);
            }
            end = await(followed ? FOLLOW_EVERY : LOOK_EVERY);
        }
    }

    private boolean await(Duration time) {
        try {
            return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Ends the reading. */
    @Override
    public void close() {
        closed.countDown();
    }
}
