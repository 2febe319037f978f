/** Traccar, by its OsmAnd protocol. */
@NullMarked
package org.trackerreports.sinks.traccar;

import org.jspecify.annotations.NullMarked;
