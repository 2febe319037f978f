package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.lifecycle.StopSignal;
import org.trackerreports.core.pipeline.AnswerStore;
import org.trackerreports.core.pipeline.FetchTarget;
import org.trackerreports.core.pipeline.ReportDecoder;
import org.trackerreports.core.pipeline.ReportWriter.Written;
import org.trackerreports.fetcher.spool.Spool;
import org.trackerreports.fetcher.spool.SpooledAnswer;
import org.trackerreports.findmy.fetch.FetchOutcome.Answered;
import org.trackerreports.findmy.fetch.FetchPlan;
import org.trackerreports.store.error.StoreException;

/**
 * Takes answers, which cost budget, so that none is lost: stores them in the database, or on disk while it is unavailable. Thread-safe.
 *
 * @param pause waits; returns false if the daemon stops
 */
record AnswerSink(ReportDecoder decoder, AnswerStore store, Spool spool, Outages outages, Predicate<Duration> pause) {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerSink.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    @Inject
    AnswerSink(ReportDecoder decoder, AnswerStore store, Spool spool, Outages outages, StopSignal stop) {
        this(decoder, store, spool, outages, stop::pause);
    }

    /** Whether another answer could be kept on disk. Must be checked before budget is taken. */
    boolean hasRoom() {
        return spool.hasRoom();
    }

    /**
     * Takes an answer. When this returns, the answer is in the database or on disk. While both fail, this waits, at most until the daemon
     * stops.
     *
     * @return the result of storing it; empty if it is on disk
     */
    Optional<Written> take(String alias, FetchPlan<FetchTarget> plan, Answered answer, Instant receivedAt) {
        boolean told = false;
        do {
            try {
                return Optional.of(store.store(alias, decoder.parts(plan, answer), answered(plan), receivedAt, false));
            } catch (StoreException e) {
                outages.failed(e);
            }
            try {
                spool.keep(SpooledAnswer.of(alias, plan, answer, receivedAt));
                LOG.info("Account {}: an answer with {} reports waits on disk.", alias, answer.count());
                return Optional.empty();
            } catch (IOException e) {
                if (!told) {
                    told = true;
                    LOG.error(
                            "Account {}: an answer can be stored neither in the database nor on disk ({}) and is held in"
                                    + " memory. Free space under SPOOL_DIR.",
                            alias,
                            e.getMessage());
                }
            }
        } while (pause.test(RETRY));
        LOG.error(
                "Account {}: {} reports are lost. They are requested again after the next start.",
                alias,
                answer.count());
        return Optional.empty();
    }

    /** None while earlier answers wait on disk: their reports would come after the note, and the tracker would be called silent. */
    private List<Long> answered(FetchPlan<FetchTarget> plan) {
        return spool.isEmpty()
                ? plan.included().stream().map(FetchTarget::trackerId).toList()
                : List.of();
    }
}
