/** The command line for everything that the daemon does not do by itself: sign in, import trackers, ask now, look. */
package org.trackerreports.tools;
