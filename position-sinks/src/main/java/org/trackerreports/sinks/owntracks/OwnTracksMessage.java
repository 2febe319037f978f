package org.trackerreports.sinks.owntracks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trackerreports.sinks.SightedTracker;
import org.trackerreports.sinks.SightingEvent.Report;
import org.trackerreports.sinks.internal.text.Json;

/** Messages and names as OwnTracks has them. Source: OwnTracks booklet, "JSON"; recorder 1.0.1, {@code recorder.c}. */
final class OwnTracksMessage {

    private static final int TID_LENGTH = 2;

    private OwnTracksMessage() {}

    static byte[] of(Report report) {
        ObjectNode message = Json.object();
        message.put("_type", "location");
        message.put("lat", report.latitude());
        message.put("lon", report.longitude());
        message.put("tst", report.eventTime().getEpochSecond());
        report.accuracy().ifPresent(metres -> message.put("acc", (long) Math.ceil(metres)));
        message.put("tid", tid(report.tracker()));
        message.put("created_at", report.receivedTime().getEpochSecond());
        return Json.bytes(message);
    }

    /** Two characters that stand on the map. */
    static String tid(SightedTracker tracker) {
        String characters = tracker.name().replaceAll("[^A-Za-z0-9]", "") + tracker.id() + "00";
        return characters.substring(0, TID_LENGTH);
    }

    /**
     * The name of the device: that of the tracker, if it can be part of a topic. Otherwise what can, and the id of the tracker, so that two
     * trackers do not become one device.
     */
    static String device(SightedTracker tracker) {
        String device = tracker.name().replaceAll("[^\\p{L}\\p{N}._-]+", "-");
        return device.equals(tracker.name()) ? device : device + "-" + tracker.id();
    }
}
