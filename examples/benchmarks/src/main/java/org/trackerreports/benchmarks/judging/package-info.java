/** Measures what the feed, latest positions and movement cost for each report. */
@NullMarked
package org.trackerreports.benchmarks.judging;

import org.jspecify.annotations.NullMarked;
