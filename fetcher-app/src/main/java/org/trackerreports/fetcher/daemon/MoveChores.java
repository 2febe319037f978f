package org.trackerreports.fetcher.daemon;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.movement.Judging;
import org.trackerreports.store.movement.JudgingBacklog;

/**
 * What the role {@code move} does now and then: looks for silent trackers, removes what is old from the feed, and tells how far the reports
 * are that were stored before there was a judgement. Used by one thread.
 */
final class MoveChores {

    private static final Logger LOG = LoggerFactory.getLogger(MoveChores.class);
    private static final Duration SILENCE_PERIOD = Duration.ofMinutes(5);
    private static final Duration PROGRESS_PERIOD = Duration.ofSeconds(30);

    /** A report that is stored but not judged does not count as heard, so nobody is called silent while many of them wait. */
    private static final Duration MAX_LAG = Duration.ofMinutes(1);

    private final FeedPurge purge;
    private final Judging judging;
    private final MoveSettings settings;
    private final Clock clock;
    private Instant nextSilence = Instant.MIN;
    private Instant nextProgress = Instant.MIN;
    private boolean anyStoredBefore;

    MoveChores(Feed feed, Judging judging, MoveSettings settings, Clock clock) {
        this.purge = new FeedPurge(feed, settings.feedRetention(), clock);
        this.judging = judging;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Does what is due.
     *
     * @return how many trackers have fallen silent
     */
    int run() {
        Instant now = clock.instant();
        if (!now.isBefore(nextProgress)) {
            nextProgress = tellProgress() ? now.plus(PROGRESS_PERIOD) : Instant.MAX;
        }
        purge.run();
        return now.isBefore(nextSilence) ? 0 : findSilent(now);
    }

    /** Whether there is more to tell later. */
    private boolean tellProgress() {
        long left = judging.backlog().storedBefore();
        if (left > 0) {
            LOG.info(
                    "{} trackers are left with reports that were stored before an upgrade, or while nobody judged.",
                    left);
        } else if (anyStoredBefore) {
            LOG.info("All reports from before are judged.");
        }
        anyStoredBefore = left > 0;
        return anyStoredBefore;
    }

    private int findSilent(Instant now) {
        JudgingBacklog backlog = judging.backlog();
        if (backlog.lag().age().compareTo(MAX_LAG) > 0) {
            nextSilence = now.plus(MAX_LAG);
            return 0;
        }
        int found = judging.findSilent(settings.silentAfter());
        // One call finds some of many.
        nextSilence = found > 0 ? now : now.plus(SILENCE_PERIOD);
        return found;
    }
}
