/**
 * What runs for months: a worker for each account, the keeper of the queue, and the daemon that starts and ends them.
 */
@NullMarked
package org.trackerreports.fetcher.daemon;

import org.jspecify.annotations.NullMarked;
