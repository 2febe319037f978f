/** Where all trackers of a large fleet are, kept in memory for the clusters of the map. */
@NullMarked
package org.trackerreports.server.internal.map;

import org.jspecify.annotations.NullMarked;
