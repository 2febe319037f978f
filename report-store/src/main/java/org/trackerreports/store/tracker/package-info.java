/** Trackers and their keys. */
package org.trackerreports.store.tracker;
