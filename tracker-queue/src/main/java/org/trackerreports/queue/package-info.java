/**
 * A queue of due work on Redis that many workers share, with request budgets and locks that many processes share.
 *
 * <p>The queue schedules ids and knows nothing about the work. Redis is a cache of due work: {@link
 * org.trackerreports.queue.TrackerQueue#reconcile} tells it which ids exist, and it can be rebuilt at any time. All times are those of
 * Redis, so the clocks of the processes do not matter.
 */
@NullMarked
package org.trackerreports.queue;

import org.jspecify.annotations.NullMarked;
