package org.trackerreports.sinks.homeassistant;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.trackerreports.sinks.SightingEvent.Report;
import org.trackerreports.sinks.internal.text.Json;

/** The message with a position and all that stands beside it, in one, so that nothing is half new. */
final class State {

    /** Home Assistant reads a missing accuracy as 0 metres. */
    private static final int UNKNOWN_ACCURACY = 255;

    private static final DateTimeFormatter WITH_OFFSET = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    private State() {}

    static String of(Report report) {
        ObjectNode state = Json.object();
        state.put("latitude", report.latitude());
        state.put("longitude", report.longitude());
        state.put("gps_accuracy", (int) Math.ceil(report.accuracy().orElse(UNKNOWN_ACCURACY)));
        state.put("last_seen", WITH_OFFSET.format(report.eventTime().atOffset(ZoneOffset.UTC)));
        state.put(
                "battery",
                report.battery().filter(Discovery.BATTERY_CLASSES::contains).orElse("unknown"));
        state.put("confidence", report.confidence());
        report.nearestCity().ifPresent(city -> state.put("nearest_city", city));
        return new String(Json.bytes(state), UTF_8);
    }
}
