package org.trackerreports.fetcher.deliver;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.lifecycle.DaemonThreads;
import org.trackerreports.core.sink.SinkFile;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.error.StoreException;

/** Works for one sink, so that one that is slow or down delays only itself. Start it once; the other methods may be called from any thread. */
public final class SinkThread {

    private static final Logger LOG = LoggerFactory.getLogger(SinkThread.class);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    /** Longer than anything that a sink waits for. */
    private static final Duration LONGEST_END = Duration.ofMinutes(1);

    private final SinkPump pump;
    private final BlockingQueue<Boolean> wake = new ArrayBlockingQueue<>(1);
    private final Thread thread;
    private volatile Optional<SinkThread> former = Optional.empty();
    private volatile boolean stopping;

    public SinkThread(SinkFile file, ReportStore store, DeliverSettings settings, Clock clock, RandomGenerator random) {
        this.pump = new SinkPump(file, store, settings, clock, random);
        this.thread = DaemonThreads.named("sink-" + file.name()).newThread(this::run);
    }

    /** What the sink's file says. */
    public SinkFile file() {
        return pump.file();
    }

    /** Starts. Returns at once. */
    public void start() {
        thread.start();
    }

    /** Starts as soon as another one for the same sink has ended. Returns at once. */
    public void startAfter(SinkThread former) {
        this.former = Optional.of(former);
        thread.start();
    }

    /** Says that there may be something to do. */
    public void wake() {
        if (!wake.offer(true)) {
            LOG.trace("It is awake.");
        }
    }

    /** Extends the claim; call it every few seconds. */
    public void keepClaim() {
        try {
            pump.keepClaim();
        } catch (StoreException e) {
            LOG.debug("The claim of sink {} was not extended.", file().name(), e);
        }
    }

    private void run() {
        former.ifPresent(each -> each.join(LONGEST_END));
        former = Optional.empty();
        while (!stopping) {
            Duration pause = turn();
            try {
                if (!pause.isZero() && wake.poll(pause.toMillis(), TimeUnit.MILLISECONDS) != null) {
                    LOG.trace("Woken.");
                }
            } catch (InterruptedException e) {
                break;
            }
        }
        try {
            pump.release();
        } catch (StoreException e) {
            LOG.debug("The database was not told of the end.", e);
        }
    }

    private Duration turn() {
        try {
            return pump.turn();
        } catch (StoreException e) {
            if (stopping || e.worthRepeating()) {
                LOG.debug("Sink {} waits for the database.", file().name(), e);
                return SinkPump.LOOK_AGAIN;
            }
            LOG.error("Sink {} cannot be served: {}", file().name(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Sink {} cannot be served, unexpectedly.", file().name(), e);
        }
        return AFTER_FAILURE;
    }

    /** Begins nothing more, and ends a delivery that runs. It is done again by whoever is next. Returns at once. */
    public void stop() {
        stopping = true;
        wake();
        // To take leave of a broker that does not answer takes a while, and the other sinks must not wait for that.
        DaemonThreads.named("sink-" + file().name() + "-end")
                .newThread(pump::interrupt)
                .start();
    }

    /** Waits until it has ended, at most so long. */
    public void join(Duration limit) {
        try {
            thread.join(Math.max(1, limit.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
