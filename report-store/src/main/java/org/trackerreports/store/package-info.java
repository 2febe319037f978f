/**
 * Trackers, accounts, location reports and their history in PostgreSQL.
 *
 * <p>Start with {@link org.trackerreports.store.Schema#migrate} and {@link org.trackerreports.store.ReportStore#open}. The caller provides
 * the {@link javax.sql.DataSource}; every call borrows one connection from it and returns it. If the database fails, a call throws a
 * {@link org.trackerreports.store.error.StoreException}, which says whether repeating the call can help. Outcomes that a caller has to
 * distinguish are sealed types.
 */
@NullMarked
package org.trackerreports.store;

import org.jspecify.annotations.NullMarked;
