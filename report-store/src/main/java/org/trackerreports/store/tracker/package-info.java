/** Trackers and their keys. */
@NullMarked
package org.trackerreports.store.tracker;

import org.jspecify.annotations.NullMarked;
