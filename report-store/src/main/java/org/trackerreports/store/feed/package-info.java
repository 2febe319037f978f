/** The feed: every change of stored reports and trackers, once, in the order of commits. */
@NullMarked
package org.trackerreports.store.feed;

import org.jspecify.annotations.NullMarked;
