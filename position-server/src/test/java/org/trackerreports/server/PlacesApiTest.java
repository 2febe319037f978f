package org.trackerreports.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trackerreports.server.support.BikeTest;
import org.trackerreports.server.support.TestServer;

/** Places and shares. */
class PlacesApiTest extends BikeTest {

    @Test
    void placesAreMadeChangedAndRemoved() {
        HttpResponse<String> made = world.server.write(
                "POST",
                "/api/v1/places",
                "{\"name\":\"Home\",\"lat\":52.6,\"lon\":13.4,\"radius_m\":150,\"labels\":{\"client\":\"acme\"}}");
        assertThat(made.statusCode()).isEqualTo(201);
        JsonNode place = TestServer.parsed(made.body());
        long id = place.path("id").asLong();
        assertThat(place.path("confirm").asInt()).isEqualTo(1);
        assertThat(place.path("max_lag_seconds").asInt()).isEqualTo(21_600);
        assertThat(world.server.json(world.path("")).path("place").asText()).isEqualTo("Home");
        assertThat(world.server.json(world.path("")).path("places").toString())
                .isEqualTo("[{\"id\":" + id + ",\"name\":\"Home\",\"alert\":true}]");
        assertThat(world.server
                        .json(world.path("/stays"))
                        .path("stays")
                        .get(1)
                        .path("place")
                        .asText())
                .isEqualTo("Home");

        HttpResponse<String> polygon = world.server.write(
                "PUT",
                "/api/v1/places/" + id,
                "{\"name\":\"Yard\",\"corners\":[{\"lat\":1,\"lon\":1},{\"lat\":1,\"lon\":2},{\"lat\":2,\"lon\":2}],\"alert\":false}");
        assertThat(TestServer.parsed(polygon.body()).path("corners")).hasSize(3);
        assertThat(world.server
                        .json("/api/v1/places?format=geojson")
                        .path("features")
                        .get(0)
                        .path("geometry")
                        .toString())
                .isEqualTo("{\"type\":\"Polygon\",\"coordinates\":[[[1.0,1.0],[2.0,1.0],[2.0,2.0],[1.0,1.0]]]}");
        for (String wrong : List.of(
                "{}",
                "[]",
                "nonsense",
                "{\"name\":\"x\",\"lat\":1}",
                "{\"name\":\"x\",\"lat\":1,\"lon\":1,\"radius_m\":1}",
                "{\"name\":\"x\",\"lat\":1,\"lon\":1,\"radius_m\":100,\"colour\":\"red\"}")) {
            assertThat(world.server.write("PUT", "/api/v1/places/" + id, wrong).statusCode())
                    .as(wrong)
                    .isIn(400, 422);
        }
        assertThat(world.server.write("DELETE", "/api/v1/places/" + id, "").statusCode())
                .isEqualTo(204);
        assertThat(world.server.write("DELETE", "/api/v1/places/" + id, "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aShareShowsWhatWasSharedAndNothingElse() {
        HttpResponse<String> made = world.server.write(
                "POST",
                "/api/v1/shares",
                "{\"trackers\":[" + world.bike + "],\"from\":\"2026-11-29T07:00:00Z\",\"to\":\"2026-11-29T08:00:00Z\","
                        + "\"expires\":\"2100-01-01T00:00:00Z\",\"precision_m\":1000}");
        assertThat(made.statusCode()).isEqualTo(201);
        JsonNode share = TestServer.parsed(made.body());
        assertThat(share.path("path").asText()).matches("s/trs_[a-z2-9]{8}_[A-Za-z0-9_-]{43}");
        String path = "/" + share.path("path").asText();

        HttpResponse<String> opened = world.server.get(path + "/data", "X-Forwarded-For", "192.0.2.1");
        assertThat(opened.statusCode()).isEqualTo(200);
        JsonNode shown = TestServer.parsed(opened.body());
        assertThat(shown.path("trackers")).hasSize(1);
        JsonNode tracker = shown.path("trackers").get(0);
        assertThat(tracker.path("id").asInt()).isEqualTo(1);
        assertThat(tracker.path("reports")).hasSize(6);
        assertThat(tracker.path("position").isNull()).isTrue();
        assertThat(tracker.path("reports").get(0).path("accuracy_m").asInt()).isEqualTo(1_000);
        double latitude = tracker.path("reports").get(0).path("lat").asDouble();
        assertThat(latitude).isNotEqualTo(52.60).isBetween(52.59, 52.61);
        assertThat(opened.body()).doesNotContain("acme", "hashed", "Berlin");

        String id = share.path("id").asText();
        assertThat(world.server
                        .json("/api/v1/shares")
                        .path("shares")
                        .get(0)
                        .path("id")
                        .asText())
                .isEqualTo(id);
        assertThat(world.server.json("/api/v1/shares").toString()).doesNotContain("trs_");
        assertThat(world.server
                        .get("/s/trs_aaaaaaaa_" + "A".repeat(43) + "/data")
                        .statusCode())
                .isEqualTo(404);
        assertThat(world.server.write("DELETE", "/api/v1/shares/" + id, "").statusCode())
                .isEqualTo(204);
        assertThat(world.server.get(path + "/data").statusCode()).isEqualTo(404);
    }

    @Test
    void aLiveShareShowsWhereTheTrackerIs() {
        HttpResponse<String> made = world.server.write(
                "POST", "/api/v1/shares", "{\"trackers\":[" + world.bike + "],\"expires\":\"2100-01-01T00:00:00Z\"}");
        JsonNode shown = world.server.json(
                "/" + TestServer.parsed(made.body()).path("path").asText() + "/data");

        assertThat(shown.path("to").isNull()).isTrue();
        assertThat(shown.path("trackers").get(0).path("position").path("lat").asDouble())
                .isEqualTo(52.60);
        assertThat(world.server
                        .write(
                                "POST",
                                "/api/v1/shares",
                                "{\"trackers\":[" + world.bike + "],\"expires\":\"2020-01-01T00:00:00Z\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(world.server
                        .write("POST", "/api/v1/shares", "{\"trackers\":[],\"expires\":\"2100-01-01T00:00:00Z\"}")
                        .statusCode())
                .isEqualTo(400);
    }
}
