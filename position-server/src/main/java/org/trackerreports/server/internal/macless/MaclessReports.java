package org.trackerreports.server.internal.macless;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import org.trackerreports.server.route.Caller;
import org.trackerreports.store.view.KeyPayload;
import org.trackerreports.store.view.TrackerViews;

/** Answers the requests of macless-haystack's page from the database. */
public final class MaclessReports {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int USUAL_DAYS = 7;
    private static final int MOST_DAYS = 36_500;
    private static final int MOST_IDS = 10_000;

    private final TrackerViews views;
    private final Clock clock;
    private final int reportsOfKey;

    /** @param reportsOfKey the most reports of one key in an answer: the page decrypts them one after the other */
    public MaclessReports(TrackerViews views, Clock clock, int reportsOfKey) {
        this.views = views;
        this.clock = clock;
        this.reportsOfKey = reportsOfKey;
    }

    /** An answer. */
    record Result(int status, String json) {}

    /**
     * Answers a request.
     *
     * @throws JsonProcessingException if it is not JSON
     */
    Result answer(byte[] body, Caller caller) throws JsonProcessingException {
        JsonNode request = read(body);
        JsonNode ids = request.path("ids");
        JsonNode days = request.path("days");
        if (!ids.isArray()) {
            return error(400, "ids must be an array of hashed advertisement keys");
        }
        if (ids.size() > MOST_IDS) {
            return error(413, "ids has more than " + MOST_IDS + " keys");
        }
        boolean usual = days.isMissingNode() || days.isNull();
        if (!usual && !(days.isIntegralNumber() && days.asLong() >= 0 && days.asLong() <= MOST_DAYS)) {
            return error(400, "days must be a whole number, 0 or more; 0 means the newest report of each key");
        }
        int age = usual ? USUAL_DAYS : days.asInt();
        Set<String> keys = new LinkedHashSet<>();
        ids.forEach(id -> keys.add(id.asText()));
        Instant after = age == 0 ? Instant.EPOCH : clock.instant().minus(Duration.ofDays(age));
        ObjectNode answer = JSON.createObjectNode().put("statusCode", "200");
        ArrayNode results = answer.putArray("results");
        for (KeyPayload report : views.payloads(keys, caller.labels(), after, age == 0 ? 1 : reportsOfKey)) {
            // The page takes the time of publication for that of the sighting, and the service no longer tells the
            // former.
            results.addObject()
                    .put("id", report.hashedAdvKey())
                    .put("datePublished", report.timestamp().toEpochMilli())
                    .put(
                            "payload",
                            Base64.getEncoder().encodeToString(report.payload().bytes()))
                    .put("description", "found")
                    .put("statusCode", 0);
        }
        return new Result(200, answer.toString());
    }

    private static JsonNode read(byte[] body) throws JsonProcessingException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result error(int status, String reason) {
        return new Result(
                status,
                JSON.createObjectNode()
                        .put("statusCode", Integer.toString(status))
                        .put("error", reason)
                        .toString());
    }
}
