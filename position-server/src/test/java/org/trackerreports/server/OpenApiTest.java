package org.trackerreports.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trackerreports.server.internal.access.AccessCheck;
import org.trackerreports.server.internal.api.ApiRoutes;
import org.trackerreports.server.internal.http.StaticFiles;
import org.trackerreports.server.internal.live.LiveEvents;
import org.trackerreports.server.internal.map.FleetPositions;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.settings.ServerListener;
import org.trackerreports.server.settings.ServerSettings;
import org.trackerreports.server.support.TestServer;
import org.trackerreports.server.support.TestStore;

/** The description of the API, held against the routes and against real answers, by a validator that others wrote. */
class OpenApiTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static TestStore data;
    private static TestServer server;
    private static JsonNode api;

    @BeforeAll
    static void start() {
        data = new TestStore(CLOCK);
        String key = TestStore.newKey();
        data.addTracker("Bike", Map.of("client", "acme"), key);
        data.addTracker("Without a position", Map.of());
        for (int minute = 0; minute < 240; minute += 10) {
            double latitude = minute < 120 ? 52.5 : 52.6;
            data.insert(TestStore.report(key, NOW.minusSeconds(60L * (400 - minute)), latitude, 13.4));
        }
        data.judge();
        data.store.history().refresh();
        server = new TestServer(data.dataSource(), CLOCK);
        api = server.json("/api/v1/openapi.json");
        assertThat(server.write(
                                "POST",
                                "/api/v1/places",
                                "{\"name\":\"Home\",\"lat\":52.6,\"lon\":13.4,\"radius_m\":100}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(server.write(
                                "POST",
                                "/api/v1/places",
                                "{\"name\":\"Yard\",\"corners\":[{\"lat\":1,\"lon\":1},{\"lat\":1,\"lon\":2},{\"lat\":2,\"lon\":2}]}")
                        .statusCode())
                .isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        server.close();
        data.close();
    }

    @Test
    void describesEveryRouteAndNoOther() {
        ServerSettings settings = ServerSettings.builder().build();
        AccessCheck access = new AccessCheck(data.store.tokens(), settings, CLOCK);
        StaticFiles files = new StaticFiles(PositionServer.class, "page", "");
        List<Route> routes = new ArrayList<>(ApiRoutes.of(
                data.store,
                new FleetPositions(data.store.views()),
                CLOCK,
                access,
                files,
                settings,
                ServerListener.NONE,
                false));
        try (LiveEvents events = new LiveEvents(data.store, settings, ServerListener.NONE, CLOCK)) {
            routes.add(events.route());
        }
        TreeSet<String> expected = new TreeSet<>();
        routes.forEach(route -> expected.add(
                route.method() + " " + route.path() + " " + route.scope().word()));
        TreeSet<String> described = new TreeSet<>();
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    // The daemon adds the routes of the set-up; its tests compare those.
                    if (!method.getKey().equals("parameters") && !path.getKey().startsWith("/api/v1/setup")) {
                        String text = method.getValue().path("description").asText();
                        String scope = text.contains("Needs no token.")
                                ? "none"
                                : text.replaceFirst("(?s).*Scope: (\\w+)\\.$", "$1");
                        described.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey() + " " + scope);
                    }
                }));

        assertThat(described).isEqualTo(expected);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = api.findValuesAsText("$ref");
        assertThat(references)
                .hasSizeGreaterThan(50)
                .allSatisfy(
                        reference -> assertThat(api.at(reference.substring(1)).isMissingNode())
                                .as(reference)
                                .isFalse());
        assertThat(api.path("openapi").asText()).isEqualTo("3.1.0");
    }

    private static List<String> problems(String schema, String json) {
        ObjectNode whole =
                ((ObjectNode) TestServer.parsed("{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"}"));
        whole.put("$ref", "#/components/schemas/" + schema);
        whole.set("components", api.path("components"));
        Schema compiled = REGISTRY.getSchema(whole.toString(), InputFormat.JSON);
        return compiled.validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "TrackerList,/trackers",
        "TrackerList,/trackers?limit=1",
        "TrackerList,/trackers?sort=last_seen",
        "Tracker,/trackers/1",
        "Tracker,/trackers/2",
        "LabelList,/labels",
        "ReportList,/trackers/1/reports",
        "ReportList,/trackers/1/reports?limit=2",
        "ReportCollection,/trackers/1/reports?format=geojson",
        "HistoryList,/trackers/1/history?by=hour",
        "HistoryList,/trackers/1/history?by=day",
        "StayList,/trackers/1/stays",
        "TripList,/trackers/1/trips",
        "GapList,/trackers/1/gaps",
        "GapList,/trackers/2/gaps",
        "TransitionList,/trackers/1/transitions",
        "TransitionList,/transitions",
        "TransitionList,/transitions?sort=newest",
        "StayList,/trackers/1/stays?limit=1",
        "Positions,/positions",
        "Positions,'/positions?bbox=0,0,1,1'",
        "PlaceList,/places",
        "ShareList,/shares",
        "Session,/session"
    })
    void realAnswersAreAsDescribed(String schema, String path) {
        HttpResponse<String> answer = server.get("/api/v1" + path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(problems(schema, answer.body())).isEmpty();
    }

    @Test
    void whatIsMadeAndWhatIsWrongIsAsDescribed() {
        HttpResponse<String> share = server.write(
                "POST",
                "/api/v1/shares",
                "{\"trackers\":[1],\"expires\":\"2100-01-01T00:00:00Z\",\"precision_m\":500}");
        assertThat(problems("Share", share.body())).isEmpty();
        String path = "/" + TestServer.parsed(share.body()).path("path").asText() + "/data";
        assertThat(problems("SharedData", server.get(path).body())).isEmpty();
        HttpResponse<String> tracker = server.write("PATCH", "/api/v1/trackers/1", "{\"labels\":{\"x\":\"y\"}}");
        assertThat(problems("Tracker", tracker.body())).isEmpty();
        for (String wrong : List.of("/api/v1/trackers/99", "/api/v1/trackers?limit=x", "/nothing")) {
            assertThat(problems("Problem", server.get(wrong).body())).isEmpty();
        }
    }

    /** A validator that finds nothing wrong with anything would prove nothing. */
    @Test
    void anAnswerThatIsNotAsDescribedIsNoticed() {
        String answer = server.get("/api/v1/trackers/1").body();

        assertThat(problems("Tracker", answer.replace("\"enabled\":true", "\"enabled\":\"yes\"")))
                .isNotEmpty();
        assertThat(problems("Tracker", answer.replace("\"enabled\"", "\"switched_on\"")))
                .isNotEmpty();
        assertThat(Optional.of(answer).filter(text -> text.contains("\"enabled\":true")))
                .isPresent();
    }
}
