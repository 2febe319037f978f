/** What is told to programs that want every position, and the port that each of them is told through. */
@NullMarked
package org.trackerreports.sinks;

import org.jspecify.annotations.NullMarked;
