package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.config.Role;
import org.trackerreports.core.event.Listeners;
import org.trackerreports.core.lifecycle.DaemonThreads;
import org.trackerreports.core.lifecycle.StopSignal;
import org.trackerreports.core.movement.MovementJudge;
import org.trackerreports.core.time.Times;
import org.trackerreports.fetcher.event.DaemonListener;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.movement.Judge;
import org.trackerreports.store.movement.Judging;
import org.trackerreports.store.movement.JudgingResult;

/**
 * The role {@code move}: judges what is stored, as soon as it is. Any number of instances may run; the database lets one work at a time, and
 * each step is one transaction, so that one that ends anywhere leaves nothing half done. Start it once; {@link #end} may be called from any thread.
 */
final class Mover {

    private static final Logger LOG = LoggerFactory.getLogger(Mover.class);

    /** How soon the daemon notices that it is to stop, and the watchdog that this works, during an outage. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** After what does not end by itself: a missing right in the database, or a fault of this program. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);

    private final Feed feed;
    private final Judging judging;
    private final Judge judge = new MovementJudge();
    private final MoveSettings settings;
    private final Set<Role> roles;
    private final Outages outages;
    private final Listeners<DaemonListener> listeners;
    private final StopSignal stop;
    private final Clock clock;
    private final FeedWait wait;
    private final MoveChores chores;
    private final Thread thread = DaemonThreads.named("move").newThread(this::run);

    @Inject
    Mover(
            ReportStore store,
            MoveSettings settings,
            Set<Role> roles,
            Outages outages,
            Listeners<DaemonListener> listeners,
            StopSignal stop,
            Clock clock) {
        this.feed = store.feed();
        this.judging = store.judging();
        this.settings = settings;
        this.roles = roles;
        this.outages = outages;
        this.listeners = listeners;
        this.stop = stop;
        this.clock = clock;
        this.wait = new FeedWait(feed::listen, stop, clock);
        this.chores = new MoveChores(feed, judging, settings, clock);
    }

    /** Starts. Returns at once. */
    void start() {
        thread.start();
    }

    private void run() {
        Instant next = Instant.MIN;
        while (!stop.stopping()) {
            Duration pause = Times.max(outages.database().untilNextAttempt(), Times.until(next, clock.instant()));
            if (pause.isZero()) {
                next = clock.instant().plus(turn());
            } else {
                stop.pause(Times.min(pause, LONGEST_PAUSE));
            }
            listeners.tell(DaemonListener::moverTurnEnded);
        }
        wait.close();
        release();
    }

    /** So that other programs know at once that this one no longer judges. They notice it after three minutes anyway. */
    private void release() {
        if (!outages.database().untilNextAttempt().isZero()) {
            return;
        }
        try {
            feed.release(Feed.JUDGE, settings.judging().instance());
        } catch (StoreException e) {
            LOG.debug("The database was not told of the end.", e);
        }
    }

    /**
     * Judges what there is, and then waits for more.
     *
     * @return how long to pause
     */
    private Duration turn() {
        try {
            // Before the step, so that nothing can be stored unnoticed between the two.
            wait.listen();
            boolean more = step();
            chores();
            if (!more) {
                wait.await();
            }
            return Duration.ZERO;
        } catch (StoreException e) {
            if (stop.stopping()) {
                LOG.debug("A step was ended. The next process does it again.", e);
            } else if (e.worthRepeating()) {
                return outages.failed(e);
            } else {
                LOG.error("Stored reports cannot be judged: {}", e.getMessage());
            }
        } catch (RuntimeException e) {
            LOG.error("Stored reports cannot be judged, unexpectedly.", e);
        }
        return PAUSE_AFTER_FAILURE;
    }

    /** Whether there may be more to do at once. */
    private boolean step() {
        JudgingResult result = judging.step(judge, settings.judging());
        // Besides this role, only the role fetch knows whether what failed works again.
        if (!roles.contains(Role.FETCH)) {
            outages.database().over();
        }
        listeners.tell(DaemonListener::judged, result);
        result.failed()
                .forEach((tracker, mistake) -> LOG.error(
                        "The reports of tracker {} cannot be judged. They are tried again in an hour.",
                        tracker,
                        mistake));
        return result.more();
    }

    private void chores() {
        int silent = chores.run();
        if (silent > 0) {
            listeners.tell(DaemonListener::trackersFellSilent, silent);
        }
    }

    /** Waits for the step that runs, and leaves it to the database to undo it if it takes longer than that. */
    void end(Instant deadline) {
        try {
            thread.join(Math.max(1, Times.until(deadline, clock.instant()).toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.info("A step of the judgement is ended. The next process does it again.");
        }
    }
}
