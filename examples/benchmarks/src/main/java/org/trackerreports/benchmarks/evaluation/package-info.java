/** How well wrong positions are found, beside the rules of other programs. The table is in {@code docs/movement.md}. */
@NullMarked
package org.trackerreports.benchmarks.evaluation;

import org.jspecify.annotations.NullMarked;
