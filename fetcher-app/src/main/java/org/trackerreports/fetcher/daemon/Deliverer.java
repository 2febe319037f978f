package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.lifecycle.DaemonThreads;
import org.trackerreports.core.lifecycle.GuardedTimer;
import org.trackerreports.core.lifecycle.StopSignal;
import org.trackerreports.core.sink.SinkFile;
import org.trackerreports.core.sink.SinkFiles;
import org.trackerreports.core.text.FileProblems;
import org.trackerreports.core.time.Times;
import org.trackerreports.fetcher.deliver.DeliverSettings;
import org.trackerreports.fetcher.deliver.SinkThread;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.feed.Feed;

/**
 * The role {@code deliver}: a thread for each sink that has a file, and one that wakes them when there may be something to deliver. The files are
 * read again when they change. Start it once; {@link #end} and {@link #readAgain} may be called from any thread.
 */
public final class Deliverer {

    private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);
    private static final Duration LOOK_AT_FILES = Duration.ofSeconds(10);
    private static final Duration SAY_UNJUDGED = Duration.ofMinutes(10);
    /** Who judges may just be starting, in this process, for example. */
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(1);

    private final SinkFiles files;
    private final ReportStore store;
    private final Feed feed;
    private final DeliverSettings settings;
    private final StopSignal stop;
    private final Clock clock;
    private final FeedWait wait;
    private final FeedPurge purge;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, SinkThread> running = new TreeMap<>();
    private final Thread thread = DaemonThreads.named("deliver").newThread(this::run);
    private final GuardedTimer timer = new GuardedTimer("deliver-claims", 1, e -> LOG.debug("A claim failed.", e));
    private String fingerprint = "";
    private Instant nextLook = Instant.MIN;
    private Instant nextWord;
    private volatile boolean asked;

    @Inject
    Deliverer(SinkFiles files, ReportStore store, DeliverSettings settings, StopSignal stop, Clock clock) {
        this.files = files;
        this.store = store;
        this.feed = store.feed();
        this.settings = settings;
        this.stop = stop;
        this.clock = clock;
        this.nextWord = clock.instant().plus(STARTS_WITHIN);
        // What is stored can be delivered only after it was judged.
        this.wait = new FeedWait(settings.unjudged() ? feed::listen : feed::listenJudged, stop, clock);
        this.purge = new FeedPurge(feed, settings.feedRetention(), clock);
    }

    /** Starts. Returns at once. */
    void start() {
        timer.every(settings.claim().dividedBy(3), this::keepClaims);
        thread.start();
    }

    /** Looks at the files again without waiting for its turn. Also a secret that is elsewhere may have changed. */
    public void readAgain() {
        asked = true;
    }

    private void run() {
        while (!stop.stopping()) {
            try {
                lookAtFiles();
                if (nothingToTell()) {
                    wait.close();
                    stop.pause(FeedWait.LONGEST);
                    continue;
                }
                wait.listen();
                if (settings.unjudged()) {
                    // Perhaps nobody else does.
                    feed.number();
                    purge.run();
                } else {
                    sayIfNobodyJudges();
                }
                wakeAll();
                wait.await();
            } catch (StoreException e) {
                if (e.worthRepeating()) {
                    LOG.debug("The database is away.", e);
                } else {
                    LOG.error("Sinks cannot be served as they should: {}", e.getMessage());
                }
                stop.pause(FeedWait.LONGEST);
            } catch (RuntimeException e) {
                LOG.error("Sinks cannot be served, unexpectedly.", e);
                stop.pause(FeedWait.LONGEST);
            }
        }
        wait.close();
    }

    private void lookAtFiles() {
        if (!asked && clock.instant().isBefore(nextLook)) {
            return;
        }
        nextLook = clock.instant().plus(LOOK_AT_FILES);
        try {
            String now = files.fingerprint();
            if (asked || !now.equals(fingerprint)) {
                asked = false;
                fingerprint = now;
                use(files.read());
            }
        } catch (IOException e) {
            LOG.error("The sinks in {} cannot be read: {}.", files.directory(), FileProblems.reason(e));
        }
    }

    private synchronized void use(SinkFiles.Found found) {
        found.problems()
                .forEach((name, problems) -> LOG.error(
                        "Sink {} is not served, because its file {} is wrong: {}.",
                        name,
                        files.file(name),
                        String.join("; ", problems)));
        List<SinkThread> ended = running.values().stream()
                .filter(old -> stop.stopping()
                        || !Optional.ofNullable(found.sinks().get(old.file().name()))
                                .map(SinkFile::digest)
                                .equals(Optional.of(old.file().digest())))
                .toList();
        ended.forEach(SinkThread::stop);
        Map<String, SinkThread> former = new TreeMap<>();
        ended.forEach(old -> former.put(old.file().name(), old));
        running.keySet().removeAll(former.keySet());
        for (SinkFile file : found.sinks().values()) {
            if (!stop.stopping() && !running.containsKey(file.name())) {
                SinkThread next = new SinkThread(file, store, settings, clock, random);
                running.put(file.name(), next);
                Optional.ofNullable(former.get(file.name())).ifPresentOrElse(next::startAfter, next::start);
            }
        }
        LOG.info("Sinks served: {}.", running.isEmpty() ? "none" : String.join(", ", running.keySet()));
    }

    /** Without sinks, neither a connection to the database nor a look at it is needed. */
    private synchronized boolean nothingToTell() {
        return running.isEmpty() && !settings.unjudged();
    }

    private synchronized void wakeAll() {
        running.values().forEach(SinkThread::wake);
    }

    private synchronized void keepClaims() {
        running.values().forEach(SinkThread::keepClaim);
    }

    private void sayIfNobodyJudges() {
        if (clock.instant().isBefore(nextWord) || feed.isJudged()) {
            return;
        }
        nextWord = clock.instant().plus(SAY_UNJUDGED);
        LOG.warn("Nobody judges reports, so sinks are told nothing new. Start a daemon with the role move, or set"
                + " DELIVER_UNJUDGED=true.");
    }

    /** Ends deliveries that run. Whoever is next does them again. */
    synchronized void end(Instant deadline) {
        timer.close();
        running.values().forEach(SinkThread::stop);
        running.values().forEach(each -> each.join(Times.until(deadline, clock.instant())));
    }
}
