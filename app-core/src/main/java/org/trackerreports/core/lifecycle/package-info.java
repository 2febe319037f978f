/** Threads, timers and the signal to stop. */
@NullMarked
package org.trackerreports.core.lifecycle;

import org.jspecify.annotations.NullMarked;
