/** Trackers: importing, listing, changing. */
package org.trackerreports.tools.tracker;
