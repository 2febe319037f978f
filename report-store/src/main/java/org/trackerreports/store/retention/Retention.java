package org.trackerreports.store.retention;

import org.trackerreports.store.error.StoreException;

/**
 * Removes what a policy no longer keeps. Removal works in whole UTC days and, with TimescaleDB, in whole chunks (7 days of reports,
 * about 10 weeks of hours), so some rows stay a little longer.
 *
 * <p>The history is refreshed first, so every removed report is in the hours and days, and these are not made again from removed
 * reports. TimescaleDB's own retention policy guarantees neither. Its scheduler therefore runs a job of the store once a day, even if no
 * daemon runs. Without TimescaleDB, {@link #apply} deletes rows in batches. Compression is TimescaleDB's own policy. Thread-safe.
 */
public interface Retention {

    /** Counts what {@link #apply} would remove now. Changes nothing. */
    RetentionEffect preview(RetentionPolicy policy);

    /**
     * Makes this the policy of the database: removes what it does not keep, and with TimescaleDB sets up the scheduler for removal and
     * compression. A job that the policy does not ask for is deleted. Call this at start and about once a day.
     *
     * @return what was removed now
     * @throws StoreException worth repeating if another instance is refreshing the history now
     */
    RetentionEffect apply(RetentionPolicy policy);

    /**
     * Removes once what the policy does not keep. The jobs of the scheduler stay as they are.
     *
     * @return what was removed
     * @throws StoreException worth repeating if another instance is refreshing the history now
     */
    RetentionEffect removeOnce(RetentionPolicy policy);
}
