package org.trackerreports.server.internal.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.server.internal.http.AsyncRouteHandler.Exchange;
import org.trackerreports.server.settings.ServerListener;
import org.trackerreports.server.settings.ServerSettings;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.feed.FeedCursor;
import org.trackerreports.store.feed.FeedListener;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.feed.FeedReading;

/**
 * Reads the feed once for all streams, on one thread, and only while there are streams: a listener holds a connection to the database.
 */
final class EventReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);
    private static final int ITEMS = 500;
    private static final int PAST_ITEMS = 200;
    private static final Duration COMMENT_EVERY = Duration.ofSeconds(15);
    private static final Duration CHECK_EVERY = Duration.ofMinutes(1);

    /** How long a notification that does not come can delay anything. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /** A listener cannot be interrupted. */
    private static final Duration STOP_CHECK = Duration.ofMillis(500);

    private final Feed feed;
    private final ReportStore store;
    private final boolean unjudged;
    private final int mostStreams;
    private final ServerListener listener;
    private final StreamPermissions permissions;
    private final Clock clock;
    private final EventFormat format;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread = new Thread(this::run, "web-events");
    private Optional<FeedPlace> place = Optional.empty();
    private Optional<FeedListener> notifications = Optional.empty();
    private Instant nextComment = Instant.MIN;
    private Instant nextCheck = Instant.MIN;
    private volatile boolean closed;

    EventReader(ReportStore store, ServerSettings settings, ServerListener listener, Clock clock) {
        this.store = store;
        this.feed = store.feed();
        this.unjudged = settings.unjudged();
        this.mostStreams = settings.eventStreams();
        this.listener = listener;
        this.clock = clock;
        this.format = new EventFormat(store);
        this.permissions = new StreamPermissions(store.tokens(), clock);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * Opens a stream.
     *
     * @param after where the reader was; empty for from now on
     * @return false if there are too many
     */
    boolean open(Exchange exchange, EventStream.Reader reader, Optional<FeedPlace> after) {
        EventStream stream;
        boolean past;
        boolean lost;
        lock.lock();
        try {
            if (streams.size() >= mostStreams || closed) {
                return false;
            }
            if (place.isEmpty()) {
                place = Optional.of(beginning());
            }
            FeedPlace now = place.get();
            // A place that the feed has not reached is of another database.
            lost = after.filter(each -> each.compareTo(now) > 0
                            && each.position() > feed.end().position())
                    .isPresent();
            FeedPlace told = lost ? now : after.orElse(now);
            past = told.compareTo(now) < 0;
            stream = new EventStream(exchange, reader, told, this::ended);
            streams.add(stream);
            stream.begin(past);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        listener.streamsOpen(streams.size());
        if (lost) {
            stream.send(LiveEvent.reset(stream.told()));
        }
        if (past) {
            catchUp(stream);
        }
        return true;
    }

    /** What is judged already was in the answers that the page has loaded. */
    private FeedPlace beginning() {
        if (unjudged) {
            return feed.end();
        }
        return feed.cursor(Feed.JUDGE).map(FeedCursor::place).orElseGet(feed::end);
    }

    private void ended(EventStream.End end) {
        streams.remove(end.stream());
        listener.streamsOpen(streams.size());
        if (end.tooSlow()) {
            listener.streamCut();
        }
    }

    /** Tells a stream the next part of what it missed. The rest follows when its reader has taken that. */
    private void catchUp(EventStream stream) {
        try {
            FeedReading reading = read(stream.told(), PAST_ITEMS);
            if (reading instanceof FeedReading.Items items && !items.items().isEmpty()) {
                stream.past(new EventFormat(store).events(items.items()), () -> catchUp(stream));
                return;
            }
            if (reading instanceof FeedReading.TooFarBehind behind) {
                stream.send(LiveEvent.reset(behind.oldest()));
            }
            stream.endCatchUp();
        } catch (StoreException e) {
            LOG.debug("A stream of events could not catch up; its reader tries again.", e);
            stream.close();
        }
    }

    private FeedReading read(FeedPlace after, int limit) {
        return unjudged ? feed.readUnjudged(after, limit) : feed.read(after, limit);
    }

    private void run() {
        while (!closed) {
            try {
                if (awaitStreams()) {
                    lookAfterStreams();
                    listen();
                    if (!step()) {
                        awaitChange();
                    }
                }
            } catch (StoreException e) {
                LOG.debug("The feed could not be read for the streams of events.", e);
                stopListening();
                pause();
            } catch (RuntimeException e) {
                LOG.error("The feed could not be read for the streams of events, unexpectedly.", e);
                stopListening();
                pause();
            }
        }
        stopListening();
    }

    /** Waits until there is a stream. Until then nothing is read. */
    private boolean awaitStreams() {
        if (!streams.isEmpty()) {
            return true;
        }
        stopListening();
        lock.lock();
        try {
            if (streams.isEmpty()) {
                place = Optional.empty();
            }
            long left = LONGEST_WAIT.toNanos();
            while (streams.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            lock.unlock();
        }
        return !streams.isEmpty() && !closed;
    }

    /** @return whether there may be more at once */
    private boolean step() {
        FeedPlace from;
        lock.lock();
        try {
            if (place.isEmpty()) {
                return true;
            }
            from = place.get();
        } finally {
            lock.unlock();
        }
        FeedReading reading = read(from, ITEMS);
        List<LiveEvent> events = reading instanceof FeedReading.Items items ? format.events(items.items()) : List.of();
        FeedPlace next = reading instanceof FeedReading.Items items
                ? items.next()
                : ((FeedReading.TooFarBehind) reading).oldest();
        lock.lock();
        try {
            // Under the lock, so that a stream that opens gets either all of this or catches up with it.
            place = Optional.of(next);
            for (EventStream stream : streams) {
                events.forEach(stream::live);
                if (reading.kind() == FeedReading.Kind.TOO_FAR_BEHIND) {
                    stream.send(LiveEvent.reset(next));
                }
            }
        } finally {
            lock.unlock();
        }
        return !next.equals(from);
    }

    private void lookAfterStreams() {
        Instant now = clock.instant();
        if (!now.isBefore(nextComment)) {
            nextComment = now.plus(COMMENT_EVERY);
            streams.forEach(stream -> stream.send(LiveEvent.comment()));
        }
        if (!now.isBefore(nextCheck)) {
            nextCheck = now.plus(CHECK_EVERY);
            permissions.ended(streams).forEach(EventStream::close);
        }
    }

    private void listen() {
        if (notifications.isEmpty()) {
            notifications = Optional.of(unjudged ? feed.listen() : feed.listenJudged());
        }
    }

    private void awaitChange() {
        Instant end = clock.instant().plus(LONGEST_WAIT);
        while (!closed && !streams.isEmpty() && clock.instant().isBefore(end)) {
            if (notifications.isEmpty() || notifications.get().await(STOP_CHECK)) {
                return;
            }
        }
    }

    private void stopListening() {
        try {
            notifications.ifPresent(FeedListener::close);
        } catch (StoreException e) {
            LOG.debug("The listener did not close cleanly.", e);
        }
        notifications = Optional.empty();
    }

    private void pause() {
        lock.lock();
        try {
            long left = LONGEST_WAIT.toNanos();
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        streams.forEach(EventStream::close);
    }
}
