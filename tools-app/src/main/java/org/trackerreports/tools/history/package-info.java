/** Where trackers were. */
package org.trackerreports.tools.history;
