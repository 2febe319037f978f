/** The whole system on a small machine. */
@NullMarked
package org.trackerreports.benchmarks.board;

import org.jspecify.annotations.NullMarked;
