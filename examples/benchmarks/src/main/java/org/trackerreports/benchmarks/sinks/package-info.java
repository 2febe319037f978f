/** Measures how fast other programs are told, and in how much memory. */
@NullMarked
package org.trackerreports.benchmarks.sinks;

import org.jspecify.annotations.NullMarked;
