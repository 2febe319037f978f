/**
 * A queue of due work on Redis that many workers share, and request budgets that many processes keep together.
 *
 * <p>The queue schedules ids; it knows nothing of what the work is. Redis is a cache of due work: which ids exist is told
 * to it by {@link org.trackerreports.queue.TrackerQueue#reconcile}, and it can be rebuilt at any time. All times are those
 * of Redis, so no process' clock matters.
 */
@NullMarked
package org.trackerreports.queue;

import org.jspecify.annotations.NullMarked;
