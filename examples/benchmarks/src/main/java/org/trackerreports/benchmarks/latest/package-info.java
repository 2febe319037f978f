/** Measures where all trackers of a fleet are. */
@NullMarked
package org.trackerreports.benchmarks.latest;

import org.jspecify.annotations.NullMarked;
