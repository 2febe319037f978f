/** Another program that does the same. */
@NullMarked
package org.trackerreports.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
