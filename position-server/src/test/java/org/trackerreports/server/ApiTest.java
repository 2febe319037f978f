package org.trackerreports.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trackerreports.server.support.TestServer;
import org.trackerreports.server.support.TestStore;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.testsupport.MovableClock;

/** What the API answers. */
class ApiTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final MovableClock CLOCK = new MovableClock(NOW);
    private static final String KEY = TestStore.newKey();

    private static TestStore data;
    private static TestServer server;
    private static long bike;

    /** Bike: two hours at 52.52, 13.40, an hour away, two hours at 52.60, 13.40; one report every ten minutes. */
    @BeforeAll
    static void start() {
        data = new TestStore(CLOCK);
        bike = data.addTracker("Bike", Map.of("client", "acme", "room", "a"), KEY);
        data.addTracker("car", Map.of("client", "acme"));
        data.addTracker("Zebra", Map.of());
        List<NewReport> reports = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            reports.add(TestStore.report(KEY, at(i * 10), 52.52, 13.40 + i * 1e-5));
            reports.add(TestStore.report(KEY, at(180 + i * 10), 52.60, 13.40 + i * 1e-5));
        }
        reports.add(TestStore.report(KEY, at(150), 52.56, 13.40));
        reports.add(TestStore.report(KEY, at(150), 52.56, 13.40, 12, 0xa0));
        data.insert(reports.toArray(NewReport[]::new));
        data.judge();
        data.store.history().refresh();
        server = new TestServer(data.dataSource(), CLOCK);
    }

    private static Instant at(int minutes) {
        return NOW.minus(Duration.ofHours(8)).plus(Duration.ofMinutes(minutes));
    }

    @AfterAll
    static void stop() {
        server.close();
        data.close();
    }

    private static String path(String rest) {
        return "/api/v1/trackers/" + bike + rest;
    }

    @Test
    void listsTrackersWithTheirLatestPositions() {
        JsonNode list = server.json("/api/v1/trackers?label=client=acme");

        assertThat(list.path("trackers")).hasSize(2);
        assertThat(list.path("next").isNull()).isTrue();
        assertThat(list.path("total").asInt()).isEqualTo(2);
        assertThat(list.path("feed").asText()).matches("\\d+-\\d+");
        JsonNode first = list.path("trackers").get(0);
        assertThat(first.path("id").asLong()).isEqualTo(bike);
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
            JsonNode page = server.json("/api/v1/trackers?limit=1&sort=" + sort + "&after=" + next);
            found.add(page.path("trackers").get(0).path("name").asText());
            next = page.path("next").asText("");
        } while (!next.equals("null") && !next.isEmpty() && found.size() < 10);

        assertThat(found).containsExactly(names.split(","));
    }

    @Test
    void aPageNamesTheNextOneInAHeader() {
        HttpResponse<String> page = server.get("/api/v1/trackers?limit=1&q=zebra");
        String link = page.headers().firstValue("Link").orElse("");
        assertThat(server.get("/api/v1/trackers?limit=1")
                        .headers()
                        .firstValue("Link")
                        .orElseThrow())
                .matches("<\\?limit=1&after=[A-Za-z0-9_-]+>; rel=\"next\"");
        assertThat(link).isEmpty();
    }

    @Test
    void searchesInNamesAndLabelsWhateverTheCase() {
        assertThat(server.json("/api/v1/trackers?q=BIK").path("trackers")).hasSize(1);
        assertThat(server.json("/api/v1/trackers?q=Acme").path("trackers")).hasSize(2);
        assertThat(server.json("/api/v1/trackers?q=%25").path("trackers")).isEmpty();
        assertThat(server.json("/api/v1/trackers?label=client=acme&label=client=other")
                        .path("trackers"))
                .isEmpty();
    }

    @Test
    void countsLabels() {
        assertThat(server.json("/api/v1/labels").path("labels").toString())
                .isEqualTo("[{\"key\":\"client\",\"value\":\"acme\",\"trackers\":2},"
                        + "{\"key\":\"room\",\"value\":\"a\",\"trackers\":1}]");
    }

    @Test
    void changesNameLabelsAndWhetherATrackerIsFetched() {
        long id = data.addTracker("before", Map.of("keep", "1", "gone", "2"));

        HttpResponse<String> answer = server.write(
                "PATCH",
                "/api/v1/trackers/" + id,
                "{\"name\":\"after\",\"labels\":{\"gone\":null,\"new\":\"3\"},\"enabled\":false}");

        JsonNode changed = TestServer.parsed(answer.body());
        assertThat(changed.path("name").asText()).isEqualTo("after");
        assertThat(changed.path("labels").toString()).isEqualTo("{\"keep\":\"1\",\"new\":\"3\"}");
        assertThat(changed.path("enabled").asBoolean()).isFalse();
        assertThat(server.write("PATCH", "/api/v1/trackers/" + id, "{\"name\":\"Bike\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(server.write("PATCH", "/api/v1/trackers/" + id, "{\"nam\":\"x\"}")
                        .statusCode())
                .isEqualTo(400);
        data.store.trackers().remove(id, true);
    }

    @Test
    void anEtagChangesWhenTheAnswerDoes() {
        String first =
                server.get("/api/v1/trackers").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = server.get("/api/v1/trackers", "If-None-Match", first);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();

        Set<String> tags = new HashSet<>(Set.of(first));
        long id = data.addTracker("tagged", Map.of());
        tags.add(tag());
        data.store.trackers().rename(id, "tagged again");
        tags.add(tag());
        data.judge();
        tags.add(tag());
        data.store.trackers().changeLabels(id, Map.of("a", "b"), List.of());
        tags.add(tag());
        assertThat(server.write("POST", "/api/v1/places", "{\"name\":\"tag\",\"lat\":1,\"lon\":1,\"radius_m\":100}")
                        .statusCode())
                .isEqualTo(201);
        tags.add(tag());
        assertThat(tags).hasSize(6);
        long place =
                server.json("/api/v1/places").path("places").get(0).path("id").asLong();
        assertThat(server.write("DELETE", "/api/v1/places/" + place, "").statusCode())
                .isEqualTo(204);
        data.store.trackers().remove(id, true);
        assertThat(tag()).isNotIn(tags);
        assertThat(server.get("/api/v1/trackers?sort=last_seen").headers().firstValue("ETag"))
                .isNotEqualTo(server.get("/api/v1/trackers").headers().firstValue("ETag"));
    }

    private static String tag() {
        return server.get("/api/v1/trackers").headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void pagesOfReportsAreCompleteAndInOrder() {
        List<String> ids = new ArrayList<>();
        List<String> times = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = server.json(path("/reports?limit=7&after=" + next));
            page.path("reports").forEach(report -> {
                ids.add(report.path("id").asText());
                times.add(report.path("event_time").asText());
            });
            next = page.path("next").asText("");
        } while (!next.equals("null") && !next.isEmpty());

        assertThat(ids).hasSize(26).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{32}"));
        assertThat(times).isSorted();
    }

    @Test
    void twinsCanBeCollapsed() {
        assertThat(server.json(path("/reports")).path("reports")).hasSize(26);
        JsonNode collapsed = server.json(path("/reports?twins=collapse")).path("reports");
        assertThat(collapsed).hasSize(25);
        assertThat(collapsed.findValuesAsText("accuracy_m")).contains("12.0");
        assertThat(collapsed.findValuesAsText("battery")).contains("low");
    }

    @Test
    void theRangeIsThatOfTheQuery() {
        assertThat(server.json(path("/reports?from=2026-11-29T07:00:00Z&to=2026-11-29T07:30:00Z"))
                        .path("reports"))
                .hasSize(3);
        assertThat(server.json(path("/reports?from=2026-11-29T08:00:00%2B01:00&to=2026-11-29T08:30:00+01:00"))
                        .path("reports"))
                .hasSize(3);
        assertThat(server.json(path("/reports?from=5h&to=270m")).path("reports"))
                .hasSize(3);
        assertThat(server.json(path("/reports?from=2026-11-29&to=2026-11-29")).path("reports"))
                .hasSize(26);
        assertThat(server.json(path("/reports?to=2026-11-28")).path("reports")).isEmpty();
        assertThat(server.json(path("/reports?min_confidence=3")).path("reports"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=yesterdays",
                "from=2026-13-01",
                "from=now&to=7d",
                "zone=Mars",
                "limit=0",
                "limit=x",
                "min_confidence=256",
                "flags=some",
                "format=pdf",
                "after=nonsense",
                "after=YQ"
            })
    void aWrongQueryIsExplained(String query) {
        HttpResponse<String> answer = server.get(path("/reports?" + query));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = TestServer.parsed(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(400);
        assertThat(problem.path("title").asText()).isEqualTo("Bad request");
        assertThat(problem.path("detail").asText()).contains(query.substring(0, query.indexOf('=')));
    }

    @Test
    void answersInTheFormatThatIsAskedFor() {
        String csv = server.get(path("/reports"), "Accept", "text/csv").body();
        assertThat(csv.lines())
                .hasSize(27)
                .startsWith(
                        "tracker,event_time,published_time,received_time,lat,lon,accuracy_m,confidence,status,flags");
        assertThat(csv.lines().skip(1).findFirst())
                .hasValue("Bike,2026-11-29T04:00:00Z,,2026-11-29T04:20:00Z,52.52,13.4,34,2,96,");

        JsonNode collection = server.json(path("/reports?format=geojson"));
        assertThat(collection.path("type").asText()).isEqualTo("FeatureCollection");
        assertThat(collection.path("features")).hasSize(26);
        assertThat(collection.path("features").get(0).path("geometry").toString())
                .isEqualTo("{\"type\":\"Point\",\"coordinates\":[13.4,52.52]}");

        HttpResponse<String> sequence = server.get(path("/reports"), "Accept", "application/geo+json-seq");
        assertThat(sequence.headers().firstValue("Content-Type")).hasValue("application/geo+json-seq");
        assertThat(sequence.body().split("\u001e")).hasSize(27);

        String gpx = server.get(path("/reports?format=gpx&twins=collapse")).body();
        assertThat(gpx).contains("<trkpt lat=\"52.52\" lon=\"13.4\">").endsWith("</gpx>\n");
        assertThat(gpx.split("<trkpt", -1)).hasSize(26);
        assertThat(server.get(path("/reports?format=geojson&from=1m")).body())
                .isEqualTo("{\"type\":\"FeatureCollection\",\"features\":[\n]}\n");
        assertThat(server.get(path("/reports?format=csv&limit=5")).body().lines())
                .hasSize(6);
    }

    @Test
    void tellsHoursDaysStaysTripsAndGaps() {
        JsonNode hours = server.json(path("/history?by=hour")).path("history");
        assertThat(hours).hasSize(5);
        assertThat(hours.get(0).path("start_time").asText()).isEqualTo("2026-11-29T04:00:00Z");
        assertThat(hours.get(0).path("reports").asInt()).isEqualTo(6);
        JsonNode days = server.json(path("/history?by=day&zone=Europe/Berlin")).path("history");
        assertThat(days).hasSize(1);
        assertThat(days.get(0).path("start_time").asText()).isEqualTo("2026-11-28T23:00:00Z");
        assertThat(days.get(0).path("reports").asInt()).isEqualTo(26);

        JsonNode stays = server.json(path("/stays")).path("stays");
        assertThat(stays).hasSize(2);
        assertThat(stays.get(0).path("from").asText()).isEqualTo("2026-11-29T04:00:00Z");
        assertThat(stays.get(0).path("to").asText()).isEqualTo("2026-11-29T05:50:00Z");
        assertThat(stays.get(0).path("certain_seconds").asInt()).isEqualTo(6_600);
        assertThat(stays.get(0).path("assumed").asBoolean()).isFalse();
        assertThat(stays.get(0).path("nearest_city").asText()).isEqualTo("Berlin, DE");
        JsonNode trip = server.json(path("/trips")).path("trips").get(0);
        assertThat(trip.path("from").asText()).isEqualTo("2026-11-29T05:50:00Z");
        // 0.08 degrees are 8,896 m, of which twice 1.5 times the accuracies are taken.
        assertThat(trip.path("length_m").asInt()).isBetween(8_700, 8_896);

        JsonNode gaps = server.json(path("/gaps?min_gap_hours=3&from=8h"));
        assertThat(gaps.path("reports").asInt()).isEqualTo(26);
        assertThat(gaps.path("gaps")).hasSize(1);
        assertThat(gaps.path("gaps").get(0).path("from_time").asText()).isEqualTo("2026-11-29T08:50:00Z");
    }

    @Test
    void groupsPositionsInClustersAndLeavesFewAsTheyAre() {
        JsonNode few = server.json("/api/v1/positions?bbox=13,52,14,53&zoom=10");
        assertThat(few.path("features")).hasSize(1);
        assertThat(few.path("clustered").asBoolean()).isFalse();
        assertThat(few.path("features").get(0).path("properties").path("name").asText())
                .isEqualTo("Bike");
        assertThat(server.json("/api/v1/positions?bbox=14,52,15,53").path("features"))
                .isEmpty();
        assertThat(server.json("/api/v1/positions?bbox=-200,-90,200,90").path("features"))
                .hasSize(1);
        assertThat(server.get("/api/v1/positions?bbox=1,2,3").statusCode()).isEqualTo(400);
        assertThat(server.get("/api/v1/positions?bbox=1,20,3,10").statusCode()).isEqualTo(400);
    }

    @Test
    void clustersCountEveryTracker() {
        try (TestStore many = new TestStore(CLOCK);
                TestServer crowded = new TestServer(many.dataSource(), CLOCK)) {
            many.execute(
                    "INSERT INTO trackers (name, kind, key_material, key_id)"
                            + " SELECT 't' || i, 'static', '', (SELECT key_id FROM master_keys) FROM generate_series(1, 2500) i");
            many.execute(
                    "INSERT INTO latest_positions (tracker_id, \"timestamp\", digest, hashed_adv_key, location, confidence, received_at)"
                            + " SELECT id, '2026-11-29T10:00:00Z', gen_random_uuid(), name, location_of(50 + id % 10, id % 5), 2, now() FROM trackers");
            many.judge();

            JsonNode world = crowded.json("/api/v1/positions?zoom=3");

            assertThat(world.path("clustered").asBoolean()).isTrue();
            assertThat(world.path("total").asInt()).isEqualTo(2_500);
            int sum = 0;
            for (JsonNode feature : world.path("features")) {
                sum += feature.path("properties").path("count").asInt();
                assertThat(feature.path("properties").path("bbox")).hasSize(4);
            }
            assertThat(sum).isEqualTo(2_500);
            assertThat(crowded.json("/api/v1/positions?bbox=-0.5,49,0.5,70").path("features"))
                    .hasSize(500);
            assertThat(crowded.json("/api/v1/trackers?limit=10").path("trackers"))
                    .hasSize(10);
        }
    }

    @Test
    void placesAreMadeChangedAndRemoved() {
        HttpResponse<String> made = server.write(
                "POST",
                "/api/v1/places",
                "{\"name\":\"Home\",\"lat\":52.6,\"lon\":13.4,\"radius_m\":150,\"labels\":{\"client\":\"acme\"}}");
        assertThat(made.statusCode()).isEqualTo(201);
        JsonNode place = TestServer.parsed(made.body());
        long id = place.path("id").asLong();
        assertThat(place.path("confirm").asInt()).isEqualTo(1);
        assertThat(place.path("max_lag_seconds").asInt()).isEqualTo(21_600);
        assertThat(server.json(path("")).path("place").asText()).isEqualTo("Home");
        assertThat(server.json(path("")).path("places").toString())
                .isEqualTo("[{\"id\":" + id + ",\"name\":\"Home\",\"alert\":true}]");
        assertThat(server.json(path("/stays"))
                        .path("stays")
                        .get(1)
                        .path("place")
                        .asText())
                .isEqualTo("Home");

        HttpResponse<String> polygon = server.write(
                "PUT",
                "/api/v1/places/" + id,
                "{\"name\":\"Yard\",\"corners\":[{\"lat\":1,\"lon\":1},{\"lat\":1,\"lon\":2},{\"lat\":2,\"lon\":2}],\"alert\":false}");
        assertThat(TestServer.parsed(polygon.body()).path("corners")).hasSize(3);
        assertThat(server.json("/api/v1/places?format=geojson")
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
            assertThat(server.write("PUT", "/api/v1/places/" + id, wrong).statusCode())
                    .as(wrong)
                    .isIn(400, 422);
        }
        assertThat(server.write("DELETE", "/api/v1/places/" + id, "").statusCode())
                .isEqualTo(204);
        assertThat(server.write("DELETE", "/api/v1/places/" + id, "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aShareShowsWhatWasSharedAndNothingElse() {
        HttpResponse<String> made = server.write(
                "POST",
                "/api/v1/shares",
                "{\"trackers\":[" + bike + "],\"from\":\"2026-11-29T07:00:00Z\",\"to\":\"2026-11-29T08:00:00Z\","
                        + "\"expires\":\"2100-01-01T00:00:00Z\",\"precision_m\":1000}");
        assertThat(made.statusCode()).isEqualTo(201);
        JsonNode share = TestServer.parsed(made.body());
        assertThat(share.path("path").asText()).matches("s/trs_[a-z2-9]{8}_[A-Za-z0-9_-]{43}");
        String path = "/" + share.path("path").asText();

        HttpResponse<String> opened = server.get(path + "/data", "X-Forwarded-For", "192.0.2.1");
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
        assertThat(server.json("/api/v1/shares")
                        .path("shares")
                        .get(0)
                        .path("id")
                        .asText())
                .isEqualTo(id);
        assertThat(server.json("/api/v1/shares").toString()).doesNotContain("trs_");
        assertThat(server.get("/s/trs_aaaaaaaa_" + "A".repeat(43) + "/data").statusCode())
                .isEqualTo(404);
        assertThat(server.write("DELETE", "/api/v1/shares/" + id, "").statusCode())
                .isEqualTo(204);
        assertThat(server.get(path + "/data").statusCode()).isEqualTo(404);
    }

    @Test
    void aLiveShareShowsWhereTheTrackerIs() {
        HttpResponse<String> made = server.write(
                "POST", "/api/v1/shares", "{\"trackers\":[" + bike + "],\"expires\":\"2100-01-01T00:00:00Z\"}");
        JsonNode shown =
                server.json("/" + TestServer.parsed(made.body()).path("path").asText() + "/data");

        assertThat(shown.path("to").isNull()).isTrue();
        assertThat(shown.path("trackers").get(0).path("position").path("lat").asDouble())
                .isEqualTo(52.60);
        assertThat(server.write(
                                "POST",
                                "/api/v1/shares",
                                "{\"trackers\":[" + bike + "],\"expires\":\"2020-01-01T00:00:00Z\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.write("POST", "/api/v1/shares", "{\"trackers\":[],\"expires\":\"2100-01-01T00:00:00Z\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void whatIsNotThereIsSaid() {
        for (String path : List.of("/api/v1/trackers/999999", "/api/v1/trackers/x", "/api/v1/nothing", "/nothing.js")) {
            assertThat(server.get(path).statusCode()).as(path).isEqualTo(404);
        }
        HttpResponse<String> wrongMethod = server.write("DELETE", "/api/v1/trackers", "");
        assertThat(wrongMethod.statusCode()).isEqualTo(405);
        assertThat(wrongMethod.headers().firstValue("Allow")).hasValue("GET");
    }

    @Test
    void aDatabaseThatIsAwayIsSaid() {
        TestStore gone = new TestStore(CLOCK);
        gone.dataSource().setConnectionTimeout(300);
        try (TestServer alone = new TestServer(gone.dataSource(), CLOCK)) {
            gone.close();
            HttpResponse<String> answer = alone.get("/api/v1/trackers");
            assertThat(answer.statusCode()).isIn(500, 503);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
    }
}
