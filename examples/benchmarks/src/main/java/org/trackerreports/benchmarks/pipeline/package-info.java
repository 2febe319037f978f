/** The whole system, as processes. */
@NullMarked
package org.trackerreports.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
