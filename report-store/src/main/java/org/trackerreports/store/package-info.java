/**
 * Trackers, accounts, location reports and their history in PostgreSQL.
 *
 * <p>Start with {@link org.trackerreports.store.migration.Schema#migrate} and {@link org.trackerreports.store.ReportStore#open}. The
 * caller brings the {@link javax.sql.DataSource}; every call takes one connection from it and gives it back. Failures of the
 * database are {@link org.trackerreports.store.error.StoreException}s that say whether repeating the call is worth it; outcomes that
 * a caller has to tell apart are sealed types.
 */
@NullMarked
package org.trackerreports.store;

import org.jspecify.annotations.NullMarked;
