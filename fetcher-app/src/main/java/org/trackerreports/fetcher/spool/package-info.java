/**
 * Answers that wait on disk until the database is available. On disk they are encrypted, as they came from the service.
 */
@NullMarked
package org.trackerreports.fetcher.spool;

import org.jspecify.annotations.NullMarked;
