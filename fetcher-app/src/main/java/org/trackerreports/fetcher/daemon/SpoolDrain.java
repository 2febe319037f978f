package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.failure.Failures;
import org.trackerreports.core.lifecycle.StopSignal;
import org.trackerreports.core.pipeline.AnswerStore;
import org.trackerreports.core.pipeline.ReportWriter.Written;
import org.trackerreports.fetcher.spool.Spool;
import org.trackerreports.fetcher.spool.Spool.Kept;
import org.trackerreports.fetcher.spool.SpooledAnswerReader;
import org.trackerreports.fetcher.spool.SpooledAnswerReader.Decoded;
import org.trackerreports.store.error.StoreException;

/** Stores the answers that wait on disk, the oldest first, when the database is available again. Used by one thread. */
record SpoolDrain(Spool spool, SpooledAnswerReader reader, AnswerStore store, Outages outages, StopSignal stop) {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolDrain.class);

    @Inject
    SpoolDrain {}

    /** Stores answers until none waits, the database is unavailable, or the daemon stops. Called periodically. */
    void drain() {
        while (!stop.stopping()
                && !spool.isEmpty()
                && outages.database().untilNextAttempt().isZero()) {
            Optional<Kept> oldest = spool.oldest();
            if (oldest.isEmpty() || !stored(oldest.get())) {
                return;
            }
        }
    }

    /** Whether no answer waits. */
    boolean isDone() {
        return spool.isEmpty();
    }

    private boolean stored(Kept kept) {
        try {
            Decoded decoded = reader.decode(kept.answer());
            Written written = store.store(
                    kept.answer().account(),
                    decoded.parts(),
                    kept.answer().answered(),
                    kept.answer().receivedAt(),
                    true);
            LOG.info(
                    "Account {}: stored an answer of {}: {} new reports, {} known, {} undecryptable.",
                    kept.answer().account(),
                    kept.answer().receivedAt(),
                    written.stored(),
                    written.duplicates(),
                    written.undecryptable());
            if (decoded.unreadable() > 0) {
                spool.setAside(kept.name(), "the keys of " + decoded.unreadable() + " of its trackers cannot be read");
            } else {
                spool.remove(kept.name());
            }
            return true;
        } catch (StoreException e) {
            if (e.worthRepeating()) {
                outages.failed(e);
                return false;
            }
            spool.setAside(kept.name(), Failures.message(e));
            return true;
        }
    }
}
