/**
 * Answers that cost budget and wait on disk until the database takes them. What is on disk is as encrypted as it came from the
 * service.
 */
@NullMarked
package org.trackerreports.fetcher.spool;

import org.jspecify.annotations.NullMarked;
