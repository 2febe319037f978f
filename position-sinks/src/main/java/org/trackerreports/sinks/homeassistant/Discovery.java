package org.trackerreports.sinks.homeassistant;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import org.trackerreports.sinks.SightedTracker;
import org.trackerreports.sinks.internal.text.Json;

/**
 * The message that makes a tracker a device with its entities. Source: Home Assistant of 2026, {@code mqtt/schemas.py}, {@code
 * mqtt/device_tracker.py}, {@code mqtt/sensor.py}. It refuses a message with members of the device that it does not know, and ignores such members
 * of a component without a word.
 */
final class Discovery {

    static final List<String> BATTERY_CLASSES = List.of("full", "medium", "low", "critical", "unknown");

    /** What Home Assistant shows as the maker of a device and as the program that announced it. */
    private static final String PRODUCT = "Tracker report fetching";

    private static final String DIAGNOSTIC = "diagnostic";

    private final HomeAssistantSettings settings;
    private final Topics topics;

    Discovery(HomeAssistantSettings settings, Topics topics) {
        this.settings = settings;
        this.topics = topics;
    }

    byte[] of(SightedTracker tracker) {
        ObjectNode config = Json.object();
        ObjectNode device = config.putObject("dev");
        device.putArray("ids").add(topics.deviceId(tracker.id()));
        device.put("name", tracker.name());
        device.put("mf", PRODUCT);
        ObjectNode origin = config.putObject("o");
        origin.put("name", PRODUCT);
        origin.put("sw", settings.version());
        ArrayNode availability = config.putArray("avty");
        availability.addObject().put("t", topics.bridge());
        availability.addObject().put("t", topics.heard(tracker.id()));
        config.put("avty_mode", "all");
        config.put("qos", 1);
        ObjectNode components = config.putObject("cmps");
        position(tracker, components.putObject("position"));
        lastSeen(tracker, components.putObject("last_seen"));
        accuracy(tracker, components.putObject("accuracy"));
        battery(tracker, components.putObject("battery"));
        return Json.bytes(config);
    }

    /** No state topic: Home Assistant finds the zone of the coordinates itself. */
    private void position(SightedTracker tracker, ObjectNode component) {
        component.put("p", "device_tracker");
        component.put("unique_id", topics.deviceId(tracker.id()) + "_position");
        // The name of the device.
        component.putNull("name");
        component.put("source_type", "gps");
        component.put("json_attr_t", topics.state(tracker.id()));
        component.put("default_entity_id", "device_tracker." + entity(tracker));
    }

    /** Stays readable while the tracker counts as unavailable. */
    private void lastSeen(SightedTracker tracker, ObjectNode component) {
        sensor(tracker, component, "last_seen", "Last seen");
        component.put("device_class", "timestamp");
        component.put("val_tpl", "{{ value_json.last_seen }}");
        component.putArray("avty").addObject().put("t", topics.bridge());
    }

    private void accuracy(SightedTracker tracker, ObjectNode component) {
        sensor(tracker, component, "accuracy", "Accuracy");
        component.put("device_class", "distance");
        component.put("unit_of_meas", "m");
        component.put("val_tpl", "{{ value_json.gps_accuracy }}");
    }

    private void battery(SightedTracker tracker, ObjectNode component) {
        sensor(tracker, component, "battery", "Battery");
        component.put("device_class", "enum");
        BATTERY_CLASSES.forEach(component.putArray("options")::add);
        component.put("val_tpl", "{{ value_json.battery }}");
    }

    private void sensor(SightedTracker tracker, ObjectNode component, String id, String name) {
        component.put("p", "sensor");
        component.put("unique_id", topics.deviceId(tracker.id()) + "_" + id);
        component.put("name", name(tracker, name));
        component.put("stat_t", topics.state(tracker.id()));
        component.put("entity_category", DIAGNOSTIC);
    }

    /** The name of a component must not begin with that of its device. */
    private static String name(SightedTracker tracker, String name) {
        boolean same =
                name.toLowerCase(Locale.ROOT).startsWith(tracker.name().strip().toLowerCase(Locale.ROOT));
        return same ? "Report: " + name.toLowerCase(Locale.ROOT) : name;
    }

    private static String entity(SightedTracker tracker) {
        String plain = Normalizer.normalize(tracker.name(), Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_+|_+$", "");
        return plain.isEmpty() ? "tracker_" + tracker.id() : plain;
    }
}
