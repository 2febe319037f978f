/** The command line for everything that the daemon does not do by itself: sign in, import trackers, ask now, look. */
@NullMarked
package org.trackerreports.tools;

import org.jspecify.annotations.NullMarked;
