/** The queue. */
@NullMarked
package org.trackerreports.benchmarks.queue;

import org.jspecify.annotations.NullMarked;
