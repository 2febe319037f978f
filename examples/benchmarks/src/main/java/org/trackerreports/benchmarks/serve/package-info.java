/** Measures the API over HTTP. */
@NullMarked
package org.trackerreports.benchmarks.serve;

import org.jspecify.annotations.NullMarked;
