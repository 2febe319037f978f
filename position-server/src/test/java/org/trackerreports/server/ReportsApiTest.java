package org.trackerreports.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trackerreports.server.support.BikeTest;
import org.trackerreports.server.support.TestServer;

/** The reports of a tracker: pages, ranges and formats. */
class ReportsApiTest extends BikeTest {

    @Test
    void pagesOfReportsAreCompleteAndInOrder() {
        List<String> ids = new ArrayList<>();
        List<String> times = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = world.server.json(world.path("/reports?limit=7&after=" + next));
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
        assertThat(world.server.json(world.path("/reports")).path("reports")).hasSize(26);
        JsonNode collapsed =
                world.server.json(world.path("/reports?twins=collapse")).path("reports");
        assertThat(collapsed).hasSize(25);
        assertThat(collapsed.findValuesAsText("accuracy_m")).contains("12.0");
        assertThat(collapsed.findValuesAsText("battery")).contains("low");
    }

    @Test
    void theRangeIsThatOfTheQuery() {
        assertThat(world.server
                        .json(world.path("/reports?from=2026-11-29T07:00:00Z&to=2026-11-29T07:30:00Z"))
                        .path("reports"))
                .hasSize(3);
        assertThat(world.server
                        .json(world.path("/reports?from=2026-11-29T08:00:00%2B01:00&to=2026-11-29T08:30:00+01:00"))
                        .path("reports"))
                .hasSize(3);
        assertThat(world.server.json(world.path("/reports?from=5h&to=270m")).path("reports"))
                .hasSize(3);
        assertThat(world.server
                        .json(world.path("/reports?from=2026-11-29&to=2026-11-29"))
                        .path("reports"))
                .hasSize(26);
        assertThat(world.server.json(world.path("/reports?to=2026-11-28")).path("reports"))
                .isEmpty();
        assertThat(world.server.json(world.path("/reports?min_confidence=3")).path("reports"))
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
        HttpResponse<String> answer = world.server.get(world.path("/reports?" + query));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = TestServer.parsed(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(400);
        assertThat(problem.path("title").asText()).isEqualTo("Bad request");
        assertThat(problem.path("detail").asText()).contains(query.substring(0, query.indexOf('=')));
    }

    @Test
    void answersInTheFormatThatIsAskedFor() {
        String csv =
                world.server.get(world.path("/reports"), "Accept", "text/csv").body();
        assertThat(csv.lines())
                .hasSize(27)
                .startsWith(
                        "tracker,event_time,published_time,received_time,lat,lon,accuracy_m,confidence,status,flags");
        assertThat(csv.lines().skip(1).findFirst())
                .hasValue("Bike,2026-11-29T04:00:00Z,,2026-11-29T04:20:00Z,52.52,13.4,34,2,96,");

        JsonNode collection = world.server.json(world.path("/reports?format=geojson"));
        assertThat(collection.path("type").asText()).isEqualTo("FeatureCollection");
        assertThat(collection.path("features")).hasSize(26);
        assertThat(collection.path("features").get(0).path("geometry").toString())
                .isEqualTo("{\"type\":\"Point\",\"coordinates\":[13.4,52.52]}");

        HttpResponse<String> sequence = world.server.get(world.path("/reports"), "Accept", "application/geo+json-seq");
        assertThat(sequence.headers().firstValue("Content-Type")).hasValue("application/geo+json-seq");
        assertThat(sequence.body().split("\u001e")).hasSize(27);

        String gpx = world.server
                .get(world.path("/reports?format=gpx&twins=collapse"))
                .body();
        assertThat(gpx).contains("<trkpt lat=\"52.52\" lon=\"13.4\">").endsWith("</gpx>\n");
        assertThat(gpx.split("<trkpt", -1)).hasSize(26);
        assertThat(world.server
                        .get(world.path("/reports?format=geojson&from=1m"))
                        .body())
                .isEqualTo("{\"type\":\"FeatureCollection\",\"features\":[\n]}\n");
        assertThat(world.server
                        .get(world.path("/reports?format=csv&limit=5"))
                        .body()
                        .lines())
                .hasSize(6);
    }
}
