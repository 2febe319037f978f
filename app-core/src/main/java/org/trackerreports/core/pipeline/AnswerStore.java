package org.trackerreports.core.pipeline;

import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.event.BatchStored;
import org.trackerreports.core.event.FetchListener;
import org.trackerreports.core.event.Listeners;
import org.trackerreports.core.pipeline.ReportWriter.Written;
import org.trackerreports.store.error.StoreException;

/** Brings the reports of one answer into the database, and tells so. Thread-safe. */
public record AnswerStore(ReportWriter writer, Listeners<FetchListener> listeners) {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerStore.class);

    @Inject
    public AnswerStore {}

    /**
     * Stores each part in a transaction of its own, so that an answer of any size needs the memory of a part.
     *
     * @param account the alias of the account that asked
     * @param parts the reports, read once from beginning to end
     * @param answered the trackers that the answer is for, also those without reports
     * @param receivedAt when the answer came
     * @param delayed whether it had to wait on disk
     * @return what was written of all parts
     * @throws org.trackerreports.store.error.StoreException if the database is away; the same may be stored again
     */
    public Written store(
            String account,
            Stream<List<DecodedReport>> parts,
            Collection<Long> answered,
            Instant receivedAt,
            boolean delayed) {
        Written written = parts.map(part -> writer.write(part, receivedAt)).reduce(Written.NOTHING, Written::and);
        noteAnswered(account, answered, receivedAt);
        if (written.refused() > 0) {
            LOG.warn("Account {}: the store refused {} reports.", account, written.refused());
        }
        listeners.tell(
                FetchListener::batchStored,
                new BatchStored(
                        account,
                        written.received(),
                        written.stored(),
                        written.duplicates(),
                        written.undecryptable(),
                        written.refused(),
                        written.flagged(),
                        written.lags(),
                        delayed));
        return written;
    }

    /** The reports are stored. Without this note a silent tracker is told later, after the next answer. */
    private void noteAnswered(String account, Collection<Long> trackers, Instant receivedAt) {
        try {
            writer.store().reports().answered(trackers, receivedAt);
        } catch (StoreException e) {
            LOG.debug("Account {}: could not note for which trackers the service answered.", account, e);
        }
    }
}
