/** OwnTracks, by HTTP or by MQTT. */
@NullMarked
package org.trackerreports.sinks.owntracks;

import org.jspecify.annotations.NullMarked;
