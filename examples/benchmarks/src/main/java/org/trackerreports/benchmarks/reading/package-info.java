/** Measures what users read of many reports. */
@NullMarked
package org.trackerreports.benchmarks.reading;

import org.jspecify.annotations.NullMarked;
