package org.trackerreports.sinks.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trackerreports.sinks.SightingEvent;
import org.trackerreports.sinks.SightingEvent.PlaceTransition;
import org.trackerreports.sinks.SightingEvent.Report;
import org.trackerreports.sinks.SightingEvent.TrackerChange;
import org.trackerreports.sinks.SightingEvent.TrackerCondition;

/** Writes an event as a text for people. */
final class EventText {

    private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

    private EventText() {}

    static byte[] bytes(String template, SightingEvent event) {
        Map<String, String> values = values(event);
        // A value is not searched for further names.
        return NAME.matcher(template)
                .replaceAll(name -> Matcher.quoteReplacement(values.getOrDefault(name.group(1), name.group())))
                .getBytes(UTF_8);
    }

    private static Map<String, String> values(SightingEvent event) {
        Map<String, String> values = new TreeMap<>(Map.of("place", "", "city", "", "battery", ""));
        values.put("tracker", event.tracker().name());
        values.put("type", event.type());
        values.put("time", event.eventTime().toString());
        switch (event.kind()) {
            case REPORT -> {
                Report report = (Report) event;
                values.put("city", report.nearestCity().orElse(""));
                values.put("battery", report.battery().orElse(""));
                values.put(
                        "event",
                        "was seen"
                                + report.nearestCity()
                                        .map(city -> " near " + city)
                                        .orElse(""));
            }
            case TRANSITION -> {
                PlaceTransition transition = (PlaceTransition) event;
                values.put("place", transition.placeName());
                String did = transition.entered() ? "entered " : "left ";
                values.put(
                        "event",
                        (transition.withdrawn() ? "has not " : "")
                                + did
                                + transition.placeName()
                                + (transition.withdrawn() ? " after all" : ""));
            }
            case CONDITION -> {
                TrackerCondition condition = (TrackerCondition) event;
                String battery = condition.data().getOrDefault("battery", "");
                values.put("battery", battery);
                values.put(
                        "event",
                        switch (condition.condition()) {
                            case SILENT -> "is silent";
                            case HEARD_AGAIN -> "was heard again";
                            case BATTERY_CHANGED -> "has the battery " + battery;
                        });
            }
            case TRACKER -> values.put("event", ((TrackerChange) event).gone() ? "was removed" : "was changed");
        }
        return values;
    }
}
