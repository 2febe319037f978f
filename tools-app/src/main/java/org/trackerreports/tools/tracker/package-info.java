/** Trackers: importing, listing, changing. */
@NullMarked
package org.trackerreports.tools.tracker;

import org.jspecify.annotations.NullMarked;
