/** Charts of what was measured, as pictures beside the tables. */
@NullMarked
package org.trackerreports.benchmarks.chart;

import org.jspecify.annotations.NullMarked;
