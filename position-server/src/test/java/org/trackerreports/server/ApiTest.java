package org.trackerreports.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trackerreports.server.support.BikeTest;
import org.trackerreports.server.support.BikeWorld;
import org.trackerreports.server.support.TestServer;
import org.trackerreports.server.support.TestStore;

/** What the API says of trackers, and of mistakes. */
class ApiTest extends BikeTest {

    @Test
    void listsTrackersWithTheirLatestPositions() {
        JsonNode list = world.server.json("/api/v1/trackers?label=client=acme");

        assertThat(list.path("trackers")).hasSize(2);
        assertThat(list.path("next").isNull()).isTrue();
        assertThat(list.path("total").asInt()).isEqualTo(2);
        assertThat(list.path("feed").asText()).matches("\\d+-\\d+");
        JsonNode first = list.path("trackers").get(0);
        assertThat(first.path("id").asLong()).isEqualTo(world.bike);
        assertThat(first.path("name").asText()).isEqualTo("Bike");
        assertThat(first.path("labels").toString()).isEqualTo("{\"client\":\"acme\",\"room\":\"a\"}");
        assertThat(first.path("battery").asText()).isEqualTo("full");
        JsonNode position = first.path("position");
        assertThat(position.path("event_time").asText()).isEqualTo("2026-11-29T08:50:00Z");
        assertThat(position.path("received_time").asText()).isEqualTo("2026-11-29T09:10:00Z");
        assertThat(position.path("lat").asDouble()).isEqualTo(52.60);
        assertThat(position.path("accuracy_m").asDouble()).isEqualTo(34);
        assertThat(position.path("confidence").asInt()).isEqualTo(2);
        assertThat(position.path("nearest_city").asText()).isEqualTo("Berlin, DE");
        assertThat(position.path("flags")).isEmpty();
        assertThat(list.path("trackers").get(1).path("position").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"name,'Bike,Zebra,car'", "last_seen,'Bike,Zebra,car'"})
    void pagesOfTrackersAreComplete(String sort, String names) {
        List<String> found = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = world.server.json("/api/v1/trackers?limit=1&sort=" + sort + "&after=" + next);
            found.add(page.path("trackers").get(0).path("name").asText());
            next = page.path("next").asText("");
        } while (!next.equals("null") && !next.isEmpty() && found.size() < 10);

        assertThat(found).containsExactly(names.split(","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "last_seen"})
    void trackersAreCountedForTheFirstPage(String sort) {
        Map<String, String> labels = Map.of("counted", sort);
        Set<Long> ids = new HashSet<>();
        for (int number = 0; number < 5; number++) {
            ids.add(world.data.addTracker("counted by " + sort + number, labels));
        }
        String query = "/api/v1/trackers?limit=2&label=counted=" + sort + "&sort=" + sort;
        JsonNode first = world.server.json(query);
        assertThat(first.path("total").asInt()).isEqualTo(5);
        ids.add(world.data.addTracker("counted by " + sort + " afterwards", labels));

        JsonNode second =
                world.server.json(query + "&after=" + first.path("next").asText());
        assertThat(second.path("total").asInt()).isEqualTo(5);
        assertThat(world.server.json(query).path("total").asInt()).isEqualTo(6);
        assertThat(world.server
                        .json("/api/v1/trackers?limit=6&label=counted=" + sort)
                        .path("total")
                        .asInt())
                .as("all on one page")
                .isEqualTo(6);
        assertThat(world.server
                        .get(query + "&after=" + cursor("Bike\n2026-11-29T08:50:00Z\nmany"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(world.server.get(query + "&after=" + cursor("Bike\nmany")).statusCode())
                .isEqualTo(400);
        ids.forEach(id -> world.data.store.trackers().remove(id, true));
    }

    private static String cursor(String parts) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(parts.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPageNamesTheNextOneInAHeader() {
        HttpResponse<String> page = world.server.get("/api/v1/trackers?limit=1&q=zebra");
        String link = page.headers().firstValue("Link").orElse("");
        assertThat(world.server
                        .get("/api/v1/trackers?limit=1")
                        .headers()
                        .firstValue("Link")
                        .orElseThrow())
                .matches("<\\?limit=1&after=[A-Za-z0-9_-]+>; rel=\"next\"");
        assertThat(link).isEmpty();
    }

    @Test
    void searchesInNamesAndLabelsWhateverTheCase() {
        assertThat(world.server.json("/api/v1/trackers?q=BIK").path("trackers")).hasSize(1);
        assertThat(world.server.json("/api/v1/trackers?q=Acme").path("trackers"))
                .hasSize(2);
        assertThat(world.server.json("/api/v1/trackers?q=%25").path("trackers")).isEmpty();
        assertThat(world.server
                        .json("/api/v1/trackers?label=client=acme&label=client=other")
                        .path("trackers"))
                .isEmpty();
    }

    @Test
    void countsLabels() {
        assertThat(world.server.json("/api/v1/labels").path("labels").toString())
                .isEqualTo("[{\"key\":\"client\",\"value\":\"acme\",\"trackers\":2},"
                        + "{\"key\":\"room\",\"value\":\"a\",\"trackers\":1}]");
    }

    @Test
    void changesNameLabelsAndWhetherATrackerIsFetched() {
        long id = world.data.addTracker("before", Map.of("keep", "1", "gone", "2"));

        HttpResponse<String> answer = world.server.write(
                "PATCH",
                "/api/v1/trackers/" + id,
                "{\"name\":\"after\",\"labels\":{\"gone\":null,\"new\":\"3\"},\"enabled\":false}");

        JsonNode changed = TestServer.parsed(answer.body());
        assertThat(changed.path("name").asText()).isEqualTo("after");
        assertThat(changed.path("labels").toString()).isEqualTo("{\"keep\":\"1\",\"new\":\"3\"}");
        assertThat(changed.path("enabled").asBoolean()).isFalse();
        assertThat(world.server
                        .write("PATCH", "/api/v1/trackers/" + id, "{\"name\":\"Bike\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(world.server
                        .write("PATCH", "/api/v1/trackers/" + id, "{\"nam\":\"x\"}")
                        .statusCode())
                .isEqualTo(400);
        world.data.store.trackers().remove(id, true);
    }

    @Test
    void anEtagChangesWhenTheAnswerDoes() {
        String first = world.server
                .get("/api/v1/trackers")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        HttpResponse<String> again = world.server.get("/api/v1/trackers", "If-None-Match", first);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();

        Set<String> tags = new HashSet<>(Set.of(first));
        long id = world.data.addTracker("tagged", Map.of());
        tags.add(tag());
        world.data.store.trackers().rename(id, "tagged again");
        tags.add(tag());
        world.data.judge();
        tags.add(tag());
        world.data.store.trackers().changeLabels(id, Map.of("a", "b"), List.of());
        tags.add(tag());
        assertThat(world.server
                        .write("POST", "/api/v1/places", "{\"name\":\"tag\",\"lat\":1,\"lon\":1,\"radius_m\":100}")
                        .statusCode())
                .isEqualTo(201);
        tags.add(tag());
        assertThat(tags).hasSize(6);
        long place = world.server
                .json("/api/v1/places")
                .path("places")
                .get(0)
                .path("id")
                .asLong();
        assertThat(world.server.write("DELETE", "/api/v1/places/" + place, "").statusCode())
                .isEqualTo(204);
        world.data.store.trackers().remove(id, true);
        assertThat(tag()).isNotIn(tags);
        assertThat(world.server.get("/api/v1/trackers?sort=last_seen").headers().firstValue("ETag"))
                .isNotEqualTo(world.server.get("/api/v1/trackers").headers().firstValue("ETag"));
    }

    private static String tag() {
        return world.server.get("/api/v1/trackers").headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void whatIsNotThereIsSaid() {
        for (String path : List.of("/api/v1/trackers/999999", "/api/v1/trackers/x", "/api/v1/nothing", "/nothing.js")) {
            assertThat(world.server.get(path).statusCode()).as(path).isEqualTo(404);
        }
        HttpResponse<String> wrongMethod = world.server.write("DELETE", "/api/v1/trackers", "");
        assertThat(wrongMethod.statusCode()).isEqualTo(405);
        assertThat(wrongMethod.headers().firstValue("Allow")).hasValue("GET");
    }

    @Test
    void aDatabaseThatIsAwayIsSaid() {
        TestStore gone = new TestStore(BikeWorld.CLOCK);
        gone.dataSource().setConnectionTimeout(300);
        try (TestServer alone = new TestServer(gone.dataSource(), BikeWorld.CLOCK)) {
            gone.close();
            HttpResponse<String> answer = alone.get("/api/v1/trackers");
            assertThat(answer.statusCode()).isIn(500, 503);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
    }
}
