/** Where trackers are and were: latest positions, reports, hours and days. */
@NullMarked
package org.trackerreports.store.history;

import org.jspecify.annotations.NullMarked;
