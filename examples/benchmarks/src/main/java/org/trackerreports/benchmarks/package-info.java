/** The command that measures, its rounds and its table. A package below for each topic. */
@NullMarked
package org.trackerreports.benchmarks;

import org.jspecify.annotations.NullMarked;
