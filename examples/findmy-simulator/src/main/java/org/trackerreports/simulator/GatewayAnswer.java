package org.trackerreports.simulator;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trackerreports.simulator.world.EncryptedReport;

/** The reports of one answer of the gateway, and how either version writes them. Used by one thread. */
final class GatewayAnswer {
    private final List<Item> items = new ArrayList<>();

    /** Adds reports and returns their number. */
    int add(List<EncryptedReport> reports) {
        for (EncryptedReport report : reports) {
            items.add(new Item(report.sighting().hashedKey(), report.sighting().uploadedAt(), report.payload()));
        }
        return reports.size();
    }

    List<Item> items() {
        return items;
    }

    byte[] v2() {
        Map<String, List<byte[]>> byId = new LinkedHashMap<>();
        for (Item item : items) {
            byId.computeIfAbsent(item.id(), id -> new ArrayList<>(1)).add(item.payload());
        }
        return written(items.size() * 220, json -> {
            json.writeObjectFieldStart("acsnLocations");
            json.writeStringField("statusCode", "200");
            json.writeNumberField("configVersion", 1);
            json.writeArrayFieldStart("locationPayload");
            for (Map.Entry<String, List<byte[]>> reports : byId.entrySet()) {
                json.writeStartObject();
                json.writeStringField("id", reports.getKey());
                json.writeArrayFieldStart("locationInfo");
                for (byte[] payload : reports.getValue()) {
                    json.writeBinary(payload);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    byte[] v1() {
        return written(items.size() * 270, json -> {
            json.writeArrayFieldStart("results");
            for (Item item : items) {
                json.writeStartObject();
                json.writeNumberField("datePublished", item.uploadedAt().toEpochMilli());
                json.writeBinaryField("payload", item.payload());
                json.writeStringField("description", "found");
                json.writeStringField("id", item.id());
                json.writeNumberField("statusCode", 0);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringField("statusCode", "200");
        });
    }

    static byte[] v2Refusal(String statusCode) {
        return Json.bytes(Json.object().set("acsnLocations", Json.object().put("statusCode", statusCode)));
    }

    static byte[] v1Refusal(String statusCode) {
        return Json.bytes(Json.object().put("statusCode", statusCode));
    }

    private static byte[] written(int expectedSize, Members members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256 + expectedSize);
        try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory cannot fail.", e);
        }
        return out.toByteArray();
    }

    /** One report. */
    record Item(String id, Instant uploadedAt, byte[] payload) {}

    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }
}
