/** Helpers for durations and instants. */
@NullMarked
package org.trackerreports.core.time;

import org.jspecify.annotations.NullMarked;
