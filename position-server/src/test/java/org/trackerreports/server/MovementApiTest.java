package org.trackerreports.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trackerreports.server.support.BikeTest;
import org.trackerreports.server.support.BikeWorld;
import org.trackerreports.server.support.TestStore;
import org.trackerreports.store.report.NewReport;

/** Hours, days, stays, trips, gaps and transitions. */
class MovementApiTest extends BikeTest {

    @Test
    void tellsHoursDaysStaysTripsAndGaps() {
        JsonNode hours = world.server.json(world.path("/history?by=hour")).path("history");
        assertThat(hours).hasSize(5);
        assertThat(hours.get(0).path("start_time").asText()).isEqualTo("2026-11-29T04:00:00Z");
        assertThat(hours.get(0).path("reports").asInt()).isEqualTo(6);
        JsonNode days = world.server
                .json(world.path("/history?by=day&zone=Europe/Berlin"))
                .path("history");
        assertThat(days).hasSize(1);
        assertThat(days.get(0).path("start_time").asText()).isEqualTo("2026-11-28T23:00:00Z");
        assertThat(days.get(0).path("reports").asInt()).isEqualTo(26);

        JsonNode stays = world.server.json(world.path("/stays")).path("stays");
        assertThat(stays).hasSize(2);
        assertThat(stays.get(0).path("from").asText()).isEqualTo("2026-11-29T04:00:00Z");
        assertThat(stays.get(0).path("to").asText()).isEqualTo("2026-11-29T05:50:00Z");
        assertThat(stays.get(0).path("certain_seconds").asInt()).isEqualTo(6_600);
        assertThat(stays.get(0).path("assumed").asBoolean()).isFalse();
        assertThat(stays.get(0).path("nearest_city").asText()).isEqualTo("Berlin, DE");
        JsonNode trip = world.server.json(world.path("/trips")).path("trips").get(0);
        assertThat(trip.path("from").asText()).isEqualTo("2026-11-29T05:50:00Z");
        // 0.08 degrees are 8,896 m, of which twice 1.5 times the accuracies are taken.
        assertThat(trip.path("length_m").asInt()).isBetween(8_700, 8_896);

        JsonNode gaps = world.server.json(world.path("/gaps?min_gap_hours=3&from=8h"));
        assertThat(gaps.path("reports").asInt()).isEqualTo(26);
        assertThat(gaps.path("gaps")).hasSize(1);
        assertThat(gaps.path("gaps").get(0).path("from_time").asText()).isEqualTo("2026-11-29T08:50:00Z");
    }

    /** The items of all pages, two at a time. */
    private static List<JsonNode> paged(String path, String array) {
        List<JsonNode> items = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = world.server.json(path + (path.contains("?") ? "&" : "?") + "limit=2" + next);
            assertThat(page.path(array)).hasSizeBetween(1, 2);
            page.path(array).forEach(items::add);
            next = page.path("next").isNull()
                    ? ""
                    : "&after=" + page.path("next").asText();
        } while (!next.isEmpty());
        return items;
    }

    private static List<JsonNode> whole(String path, String array) {
        List<JsonNode> items = new ArrayList<>();
        JsonNode all = world.server.json(path);
        all.path(array).forEach(items::add);
        assertThat(all.path("next").isNull()).isTrue();
        return items;
    }

    @ParameterizedTest
    @CsvSource({
        "history?by=hour,history",
        "stays?from=9d,stays",
        "trips?from=9d,trips",
        "gaps?min_gap_hours=1&from=9d,gaps"
    })
    void pagesHaveWhatTheWholeHas(String route, String array) {
        String key = TestStore.newKey();
        long id = world.data.addTracker("shuttle", Map.of(), key);
        List<NewReport> reports = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            // Half an hour here, two hours on the way, half an hour there.
            Instant time =
                    BikeWorld.NOW.minus(Duration.ofHours(5L * (i / 2 + 1))).plus(Duration.ofMinutes(30L * (i % 2)));
            reports.add(TestStore.report(key, time, 50 + i / 2 % 2, 10));
        }
        world.data.insert(reports.toArray(NewReport[]::new));
        world.data.judge();
        world.data.store.history().refresh();
        String path = "/api/v1/trackers/" + id + "/" + route;

        assertThat(whole(path, array)).hasSizeGreaterThan(20).isEqualTo(paged(path, array));
        assertThat(world.server.get(path + "&after=YQ").statusCode()).isEqualTo(400);
        world.data.store.trackers().remove(id, true);
    }

    @Test
    void pagesOfTransitionsAreCompleteInBothOrders() {
        long other = world.data.addTracker("other", Map.of("client", "else"));
        world.data.execute(
                "INSERT INTO places (id, name, latitude, longitude, radius, confirm, dwell, max_lag, alert)"
                        + " VALUES (901, 'one', 1, 1, 100, 1, '0', '6 hours', true), (902, 'two', 2, 2, 100, 1, '0', '6 hours', true)");
        // Three at each time, of both trackers and at both places; one of them did not happen after all.
        world.data.execute("INSERT INTO place_transitions SELECT md5(n::text)::uuid, 1, CASE WHEN n % 3 = 0 THEN "
                + other + " ELSE "
                + world.bike + " END, 901 + n % 2, CASE WHEN n % 4 < 2 THEN 'entered' ELSE 'left' END,"
                + " timestamptz '2026-11-29T06:00:00Z' + n / 3 * interval '1 minute', '2026-11-29T07:00:00Z', md5(n::text)::uuid,"
                + " '2026-11-29T08:00:00Z', false, CASE WHEN n = 7 THEN timestamptz '2026-11-29T09:00:00Z' END"
                + " FROM generate_series(0, 20) n");

        List<JsonNode> all = whole("/api/v1/transitions", "transitions");
        assertThat(all).hasSize(20).isEqualTo(paged("/api/v1/transitions", "transitions"));
        assertThat(all).extracting(each -> each.path("event_time").asText()).isSorted();
        assertThat(all).extracting(each -> each.path("tracker").asText()).contains("Bike", "other");
        assertThat(paged("/api/v1/transitions?withdrawn=true", "transitions")).hasSize(21);
        List<JsonNode> newest = paged("/api/v1/transitions?sort=newest", "transitions");
        Collections.reverse(newest);
        assertThat(newest).isEqualTo(all);
        assertThat(paged("/api/v1/transitions?label=client=else", "transitions"))
                .isEqualTo(all.stream()
                        .filter(each -> each.path("tracker_id").asLong() == other)
                        .toList())
                .hasSize(7);
        assertThat(paged("/api/v1/trackers/" + world.bike + "/transitions", "transitions"))
                .isEqualTo(all.stream()
                        .filter(each -> each.path("tracker_id").asLong() == world.bike)
                        .toList())
                .hasSize(13);
        assertThat(paged("/api/v1/places/901/transitions", "transitions"))
                .isEqualTo(all.stream()
                        .filter(each -> each.path("place").asText().equals("one"))
                        .toList())
                .hasSize(11);
        assertThat(world.server.get("/api/v1/places/900/transitions").statusCode())
                .isEqualTo(404);
        assertThat(world.server.get("/api/v1/transitions?after=YQ").statusCode())
                .isEqualTo(400);
        world.data.store.trackers().remove(other, true);
        world.data.execute("DELETE FROM places");
    }
}
