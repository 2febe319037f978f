package org.trackerreports.server.internal.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.trackerreports.store.history.GeoBox;
import org.trackerreports.store.view.Cluster;
import org.trackerreports.store.view.TrackerSelection;
import org.trackerreports.store.view.TrackerViews;

/**
 * Keeps the clusters of parts of a fleet that were asked for last, and of all of it while it is not in memory. The database groups them, which takes
 * longer than anybody wants to wait, and while some positions change all the time, the picture hardly does: so clusters may be some seconds old. They
 * are grouped once for all who ask at the same time. Thread-safe.
 */
final class ClusterCache {

    private static final Duration OLDEST = Duration.ofSeconds(10);

    private static final int MOST = 100;

    private record Key(GeoBox box, TrackerSelection selection, double cell) {}

    private record Made(List<Cluster> clusters, Instant at) {}

    private final TrackerViews views;
    private final Clock clock;
    private final Map<Key, CompletableFuture<Made>> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, CompletableFuture<Made>> eldest) {
            return size() > MOST;
        }
    };

    ClusterCache(TrackerViews views, Clock clock) {
        this.views = views;
        this.clock = clock;
    }

    List<Cluster> get(GeoBox box, TrackerSelection selection, double cell) {
        Key key = new Key(box, selection, cell);
        CompletableFuture<Made> mine = new CompletableFuture<>();
        Optional<CompletableFuture<Made>> found = found(key, mine);
        if (found.isPresent()) {
            return made(found.get());
        }
        try {
            mine.complete(new Made(views.clusters(box, selection, cell), clock.instant()));
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
        }
        return made(mine);
    }

    /** What is there or on its way; if nothing is, the caller has to make it. */
    private synchronized Optional<CompletableFuture<Made>> found(Key key, CompletableFuture<Made> mine) {
        Optional<CompletableFuture<Made>> there =
                Optional.ofNullable(kept.get(key)).filter(this::isUsable);
        if (there.isPresent()) {
            return there;
        }
        kept.put(key, mine);
        return Optional.empty();
    }

    private boolean isUsable(CompletableFuture<Made> there) {
        return !there.isCompletedExceptionally()
                && (!there.isDone()
                        || clock.instant().isBefore(there.join().at().plus(OLDEST)));
    }

    private static List<Cluster> made(CompletableFuture<Made> made) {
        try {
            return made.join().clusters();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
