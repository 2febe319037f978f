package org.trackerreports.fetcher.daemon;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.lifecycle.StopSignal;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.feed.FeedListener;

/**
 * Waits until something is stored, or judged. A listener only makes that quick: it can be lost, and some poolers pass no notifications on, so the wait
 * ends after a while anyway. Used by one thread.
 */
final class FeedWait implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedWait.class);

    /** How long a notification that does not come can delay anything. */
    static final Duration LONGEST = Duration.ofSeconds(5);

    /** A listener cannot be interrupted. A stop waits for this, and each look wakes a small machine. */
    private static final Duration STOP_CHECK = Duration.ofSeconds(1);

    private static final Duration LISTEN_AGAIN = Duration.ofSeconds(30);

    private final Supplier<FeedListener> listening;
    private final StopSignal stop;
    private final Clock clock;
    private Optional<FeedListener> listener = Optional.empty();
    private Instant listenAgain = Instant.MIN;

    /** @param listening begins to listen for what ends a wait */
    FeedWait(Supplier<FeedListener> listening, StopSignal stop, Clock clock) {
        this.listening = listening;
        this.stop = stop;
        this.clock = clock;
    }

    /** Begins to listen if it does not: what commits from now on ends the next wait. */
    void listen() {
        if (listener.isPresent() || clock.instant().isBefore(listenAgain)) {
            return;
        }
        try {
            listener = Optional.of(listening.get());
        } catch (StoreException e) {
            lost(e);
        }
    }

    /** Waits for a commit, at most {@link #LONGEST} and until the daemon stops. */
    void await() {
        if (listener.isEmpty()) {
            stop.pause(LONGEST);
            return;
        }
        try {
            Instant end = clock.instant().plus(LONGEST);
            while (!stop.stopping() && clock.instant().isBefore(end)) {
                if (listener.get().await(STOP_CHECK)) {
                    return;
                }
            }
        } catch (StoreException e) {
            lost(e);
            stop.pause(STOP_CHECK);
        }
    }

    /** If the database itself is away, the next step says so. */
    private void lost(StoreException e) {
        LOG.debug("No notifications from the database; it is asked every {} s.", LONGEST.toSeconds(), e);
        close();
        listenAgain = clock.instant().plus(LISTEN_AGAIN);
    }

    @Override
    public void close() {
        try {
            listener.ifPresent(FeedListener::close);
        } catch (StoreException e) {
            LOG.debug("The listener did not close cleanly.", e);
        }
        listener = Optional.empty();
    }
}
