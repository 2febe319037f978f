/** Home Assistant, by MQTT discovery. */
@NullMarked
package org.trackerreports.sinks.homeassistant;

import org.jspecify.annotations.NullMarked;
