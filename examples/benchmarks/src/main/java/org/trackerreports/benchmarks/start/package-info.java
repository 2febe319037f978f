/** Starting. */
@NullMarked
package org.trackerreports.benchmarks.start;

import org.jspecify.annotations.NullMarked;
