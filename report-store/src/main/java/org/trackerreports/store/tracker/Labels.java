package org.trackerreports.store.tracker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.trackerreports.store.error.StoreException;

/** Labels in the form in which the database keeps them. */
public final class Labels {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Labels() {}

    public static String toJson(Map<String, String> labels) {
        try {
            return JSON.writeValueAsString(labels);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts could not be written as JSON", e);
        }
    }

    /** Other programs may have put numbers or objects there; they are read as their text. */
    static Map<String, String> fromJson(String json) {
        try {
            Map<String, String> labels = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> label : JSON.readTree(json).properties()) {
                JsonNode value = label.getValue();
                labels.put(label.getKey(), value.isValueNode() ? value.asText() : value.toString());
            }
            return labels;
        } catch (JsonProcessingException e) {
            throw new StoreException("the labels of a tracker are not a JSON object", null, false);
        }
    }
}
