package org.trackerreports.store.internal.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.trackerreports.store.error.StoreException;

/** Converts labels from and to the form that the database holds. */
public final class Labels {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Labels() {}

    /** The labels in the one normal form of their letters. */
    public static String toJson(Map<String, String> labels) {
        return json(labels, Names::normal);
    }

    /**
     * A condition that a row has all of these labels, in whatever form their letters are stored.
     *
     * @param column where the labels are; the parameters are {@link #forms}
     */
    public static String condition(String column, Map<String, String> labels) {
        return "(" + String.join(" OR ", Collections.nCopies(forms(labels).length, column + " @> ?::jsonb")) + ")";
    }

    /** The forms in which the labels may be stored: one, unless there are letters that can be decomposed. */
    public static Object[] forms(Map<String, String> labels) {
        return Stream.<UnaryOperator<String>>of(
                        Names::normal, UnaryOperator.identity(), text -> Normalizer.normalize(text, Form.NFD))
                .map(form -> json(labels, form))
                .distinct()
                .toArray();
    }

    private static String json(Map<String, String> given, UnaryOperator<String> form) {
        Map<String, String> labels = new LinkedHashMap<>();
        given.forEach((name, value) -> labels.put(form.apply(name), form.apply(value)));
        try {
            return JSON.writeValueAsString(labels);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("labels could not be written as JSON", e);
        }
    }

    /** Numbers and objects that other programs stored are read as their text. */
    public static Map<String, String> fromJson(String json) {
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
