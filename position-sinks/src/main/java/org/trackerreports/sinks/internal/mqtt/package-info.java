/** A connection to an MQTT broker, with MQTT 5 or 3.1.1. */
@NullMarked
package org.trackerreports.sinks.internal.mqtt;

import org.jspecify.annotations.NullMarked;
