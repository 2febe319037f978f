package org.trackerreports.sinks.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What Home Assistant makes of what is published. The rules are those of its MQTT integration, read from its development branch of 2026 (the one
 * that announces the end of {@code state_topic} of trackers for 2027.1; {@code device_tracker.py} at commit 00337504): {@code discovery.py}, {@code
 * schemas.py}, whose schema of a device takes no member that it does not know, {@code device_tracker.py}, {@code sensor.py} and {@code entity.py},
 * which drop members of a component that they do not know without a word. Both are faults here.
 */
final class DiscoveryRules {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "[A-Za-z0-9_-]+";

    private static final Set<String> TOP = Set.of("dev", "o", "avty", "avty_mode", "qos", "cmps");
    private static final Set<String> DEVICE =
            Set.of("ids", "cns", "name", "mf", "mdl", "mdl_id", "sw", "hw", "sn", "sa", "cu");
    private static final Set<String> ORIGIN = Set.of("name", "sw", "url");
    private static final Set<String> COMMON =
            Set.of("p", "unique_id", "name", "default_entity_id", "entity_category", "avty", "json_attr_t");
    private static final Map<String, Set<String>> COMPONENT = Map.of(
            "device_tracker", Set.of("source_type"),
            "sensor", Set.of("stat_t", "val_tpl", "device_class", "unit_of_meas", "options"));

    /** {@code MQTT_ATTRIBUTES_BLOCKED}: what a message with attributes cannot set. */
    private static final Set<String> BLOCKED = Set.of(
            "assumed_state",
            "available",
            "device_class",
            "device_info",
            "entity_category",
            "entity_picture",
            "entity_registry_enabled_default",
            "extra_state_attributes",
            "force_update",
            "icon",
            "friendly_name",
            "should_poll",
            "state",
            "supported_features",
            "unique_id",
            "unit_of_measurement");

    private DiscoveryRules() {}

    /** Checks a message to {@code PREFIX/device/ID/config}, and returns its components by id. */
    static Map<String, JsonNode> check(String topic, String message) throws JsonProcessingException {
        assertThat(topic).matches("homeassistant/device/" + ID + "/config");
        JsonNode config = JSON.readTree(message);
        assertThat(TOP).containsAll(names(config));
        assertThat(names(config)).contains("dev", "o", "cmps");
        JsonNode device = config.path("dev");
        assertThat(DEVICE).containsAll(names(device));
        assertThat(device.path("ids").size() + device.path("cns").size()).isPositive();
        assertThat(device.path("name").asText())
                .as("without it, Home Assistant complains")
                .isNotBlank();
        assertThat(ORIGIN).containsAll(names(config.path("o")));
        assertThat(config.path("o").path("name").asText()).isNotBlank();
        assertThat(config.path("qos").asInt()).isBetween(0, 2);
        assertThat(config.path("avty_mode").asText()).isIn("all", "any", "latest");
        checkAvailability(config.path("avty"));
        Map<String, JsonNode> components = new TreeMap<>();
        config.path("cmps").properties().forEach(entry -> components.put(entry.getKey(), entry.getValue()));
        assertThat(components).isNotEmpty();
        components.forEach((id, component) ->
                checkComponent(id, component, device.path("name").asText()));
        assertThat(components.values().stream()
                        .map(c -> c.path("unique_id").asText())
                        .distinct())
                .hasSize(components.size());
        return components;
    }

    private static void checkComponent(String id, JsonNode component, String device) {
        assertThat(id).matches(ID);
        String platform = component.path("p").asText();
        List<String> allowed = new ArrayList<>(COMMON);
        allowed.addAll(COMPONENT.get(platform));
        assertThat(allowed).containsAll(names(component));
        assertThat(component.path("unique_id").asText()).matches(ID);
        assertThat(component.has("name")).isTrue();
        if (!component.path("name").isNull()) {
            assertThat(component.path("name").asText().toLowerCase()).doesNotStartWith(device.toLowerCase());
        }
        if (component.has("entity_category")) {
            assertThat(component.path("entity_category").asText()).isEqualTo("diagnostic");
        }
        if (component.has("default_entity_id")) {
            assertThat(component.path("default_entity_id").asText()).matches(platform + "\\.[a-z0-9_]+");
        }
        if (component.has("avty")) {
            checkAvailability(component.path("avty"));
        }
        if (platform.equals("device_tracker")) {
            assertThat(component.path("source_type").asText()).isEqualTo("gps");
            assertThat(component.path("json_attr_t").asText()).isNotBlank();
        } else {
            assertThat(component.path("stat_t").asText()).isNotBlank();
            assertThat(component.path("val_tpl").asText()).matches("\\{\\{ value_json\\.\\w+ }}");
        }
        if (component.path("device_class").asText().equals("enum")) {
            assertThat(component.has("unit_of_meas")).isFalse();
            assertThat(component.path("options").size()).isPositive();
        } else {
            assertThat(component.has("options")).isFalse();
        }
    }

    private static void checkAvailability(JsonNode topics) {
        assertThat(topics.isArray()).isTrue();
        topics.forEach(topic -> {
            assertThat(names(topic)).containsExactly("t");
            assertThat(topic.path("t").asText()).matches("[^+#\\s]+");
        });
    }

    /** Checks the message to the topic of states against the components that read it. */
    static void checkState(String message, Map<String, JsonNode> components) throws JsonProcessingException {
        JsonNode state = JSON.readTree(message);
        assertThat(state.path("latitude").isNumber()).isTrue();
        assertThat(state.path("longitude").isNumber()).isTrue();
        assertThat(state.path("gps_accuracy").isNumber()).isTrue();
        assertThat(state.path("gps_accuracy").asDouble()).isPositive();
        assertThat(names(state)).doesNotContainAnyElementsOf(BLOCKED);
        for (JsonNode component : components.values()) {
            if (component.path("p").asText().equals("sensor")) {
                String template = component.path("val_tpl").asText();
                JsonNode value = state.path(template.replaceAll("\\W*value_json\\.(\\w+).*", "$1"));
                assertThat(value.isValueNode() && !value.isNull()).as(template).isTrue();
                checkValue(component, value);
            }
        }
    }

    private static void checkValue(JsonNode component, JsonNode value) {
        switch (component.path("device_class").asText()) {
            case "timestamp" -> assertThat(OffsetDateTime.parse(value.asText())).isNotNull();
            case "enum" -> {
                List<String> options = new ArrayList<>();
                component.path("options").forEach(option -> options.add(option.asText()));
                assertThat(options).contains(value.asText());
            }
            case "distance" -> assertThat(value.isNumber()).isTrue();
            default -> throw new AssertionError("an unknown class of a device: " + component);
        }
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
