/** The database. */
@NullMarked
package org.trackerreports.benchmarks.store;

import org.jspecify.annotations.NullMarked;
