package org.trackerreports.store.internal.tracker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.trackerreports.store.error.StoreException;

/** Converts labels from and to the form that the database holds. */
public final class Labels {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Labels() {}

    public static String toJson(Map<String, String> labels) {
        try {
            return JSON.writeValueAsString(labels);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("labels could not be written as JSON", e);
        }
    }

    /** Numbers and objects that other programs stored are read as their text. */
    static Map<String, String> fromJson(String json) {
        try {
            Map<String, String> labels = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> label : JSON.readTree(json).properties()) {
                JsonNode value = label.getValue();
                labels.put(label.getKey(), value.isValueNode() ? value.asText() : value.toString());
            }
            return labels;
        } catch (JsonProcessingException e) {
            throw new StoreException("the labels of a tracker are not a JSON object");
        }
    }
}
