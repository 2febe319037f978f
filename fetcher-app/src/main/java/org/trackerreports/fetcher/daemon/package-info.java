/**
 * The daemon: a worker for each account, the reconciliation of the queue, and the maintenance of the history.
 */
@NullMarked
package org.trackerreports.fetcher.daemon;

import org.jspecify.annotations.NullMarked;
