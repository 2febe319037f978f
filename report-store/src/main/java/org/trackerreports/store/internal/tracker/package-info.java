/** Trackers and their keys in PostgreSQL. */
@NullMarked
package org.trackerreports.store.internal.tracker;

import org.jspecify.annotations.NullMarked;
