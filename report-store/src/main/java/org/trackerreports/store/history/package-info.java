/** Where trackers are and were: latest positions, reports, hours and days. */
package org.trackerreports.store.history;
