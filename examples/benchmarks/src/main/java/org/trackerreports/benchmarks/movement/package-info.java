/** Judging reports. */
@NullMarked
package org.trackerreports.benchmarks.movement;

import org.jspecify.annotations.NullMarked;
