package org.trackerreports.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trackerreports.testsupport.MovableClock;

class ControlTest {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final HttpClient http = HttpClient.newHttpClient();
    private Simulator simulator;

    @BeforeEach
    void start() {
        simulator =
                Simulator.start(SimulatorSettings.defaults().withClock(clock).withControlPort(0));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private HttpResponse<String> raw(String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(simulator.controlUrl() + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode call(int status, String method, String path, String body) throws Exception {
        HttpResponse<String> response = raw(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return new ObjectMapper().readTree(response.body());
    }

    private JsonNode get(String path) throws Exception {
        return call(200, "GET", path, null);
    }

    private JsonNode post(String path, String body) throws Exception {
        return call(200, "POST", path, body);
    }

    private String tag(String more) {
        JsonNode key = Vectors.read("static_keys").get(0);
        return "{\"name\":\"bike\",\"keys\":[\"" + key.get("adv_key_b64").asText() + "\"],\"route\":[[52.52,13.405]]"
                + more + "}";
    }

    @Test
    void makesAccountsAndChangesThem() throws Exception {
        JsonNode added =
                post("/accounts", "{\"appleId\":\"a@example.com\",\"password\":\"p\",\"secondFactor\":\"SMS\"}");
        assertThat(added.get("dsid").asText()).isEqualTo(simulator.accounts().dsid("a@example.com"));
        call(200, "PATCH", "/accounts/a@example.com", "{\"condition\":\"LOCKED\",\"codeOnPage\":true}");
        JsonNode shown = get("/accounts").get(0);
        assertThat(shown.get("secondFactor").asText()).isEqualTo("SMS");
        assertThat(shown.get("condition").asText()).isEqualTo("LOCKED");
        assertThat(shown.has("password")).isFalse();
        assertThat(call(404, "GET", "/accounts/a@example.com/code", null)
                        .get("error")
                        .asText())
                .contains("No code");
        JsonNode session = post("/accounts/a@example.com/sessions", null);
        assertThat(session.get("searchPartyToken").asText()).isNotBlank();
        post("/accounts/a@example.com/expire-sessions", null);
        post("/accounts/a@example.com/forget-trust", null);
        post("/accounts/a@example.com/end-sign-ins", null);
        call(404, "POST", "/accounts/nobody@example.com/forget-trust", null);
        call(400, "POST", "/accounts", "{\"appleId\":\"a@example.com\",\"password\":\"p\"}");
        call(400, "POST", "/accounts", "{\"appleId\":\"b@example.com\"}");
    }

    @Test
    void makesTagsAndTellsTheTruth() throws Exception {
        post("/tags", tag(",\"intervalSeconds\":3600,\"accuracy\":[7,7],\"delaySeconds\":[0,0],\"status\":64"));
        assertThat(get("/tags").get(0).asText()).isEqualTo("bike");
        JsonNode truth = get("/tags/bike/truth?from=2026-03-01T00:00:00Z&until=2026-03-01T12:00:00Z");
        assertThat(truth).hasSize(12);
        assertThat(get("/tags/bike/newest")).isEqualTo(truth.get(11));
        assertThat(truth.get(0).get("latitude").decimalValue()).isEqualByComparingTo("52.52");
        assertThat(truth.get(0).get("accuracy").asInt()).isEqualTo(7);
        assertThat(truth.get(0).get("status").asInt()).isEqualTo(64);
        assertThat(get("/tags/bike/truth")).hasSize(168);
        post("/prepare", null);
        post(
                "/tags/bike/sightings",
                "{\"hashedKey\":\"" + truth.get(0).get("hashedKey").asText()
                        + "\",\"latitude\":-1.5,\"longitude\":179.9999999,\"confidence\":3}");
        JsonNode newest = get("/tags/bike/newest");
        assertThat(newest.get("time").asText()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(newest.get("longitude").decimalValue()).isEqualByComparingTo("179.9999999");
        call(200, "DELETE", "/tags/bike", null);
        call(404, "GET", "/tags/bike/truth", null);
    }

    @Test
    void makesTagsOfEveryKind() throws Exception {
        JsonNode keys = Vectors.read("static_keys");
        String first = keys.get(0).get("adv_key_b64").asText();
        String second = keys.get(1).get("adv_key_b64").asText();
        post(
                "/tags",
                "{\"name\":\"rolling\",\"windows\":[{\"from\":\"2026-03-01T00:00:00Z\",\"until\":\"2026-03-01T00:15:00Z\","
                        + "\"key\":\"" + first + "\"}],\"route\":[[1,2],[3,4]],\"metresPerSecond\":3}");
        assertThat(get("/tags/rolling/truth")).hasSizeBetween(1, 3);
        post(
                "/tags",
                "{\"name\":\"cycling\",\"keys\":[\"" + second + "\"],\"rotateSeconds\":60,\"route\":[[1,2]],"
                        + "\"unseen\":true}");
        assertThat(get("/tags/cycling/truth")).isEmpty();
    }

    @Test
    void addsAndRemovesFaults() throws Exception {
        int id = post("/faults", "{\"service\":\"GATEWAY\",\"kind\":\"UNAVAILABLE\",\"times\":3,\"delaySeconds\":0.5}")
                .get("id")
                .asInt();
        post("/faults", "{\"service\":\"GSA\",\"kind\":\"HANG\"}");
        JsonNode faults = get("/faults");
        assertThat(faults).hasSize(2);
        assertThat(faults.get(0).get("times").asInt()).isEqualTo(3);
        assertThat(faults.get(0).get("delaySeconds").asDouble()).isEqualTo(0.5);
        assertThat(faults.get(1).get("times").asInt()).isEqualTo(1);
        call(200, "DELETE", "/faults/" + id, null);
        call(404, "DELETE", "/faults/" + id, null);
        call(200, "DELETE", "/faults", null);
        assertThat(get("/faults")).isEmpty();
        assertThat(call(400, "POST", "/faults", "{\"service\":\"GSA\",\"kind\":\"UNASKED_IDS\"}")
                        .get("error")
                        .asText())
                .contains("cannot happen at GSA");
        assertThat(call(400, "POST", "/faults", "{\"service\":\"MOON\",\"kind\":\"HANG\"}")
                        .get("error")
                        .asText())
                .contains("MOON", "GATEWAY");
    }

    @Test
    void showsRequestsAndCounts() throws Exception {
        simulator.accounts().add(SimulatedAccount.of("a@example.com", "p"));
        PlainClient client = new PlainClient(simulator, clock);
        PlainClient.Session session = new PlainClient.Session(
                simulator.accounts().dsid("a@example.com"),
                simulator.accounts().openSession("a@example.com", Duration.ofDays(1)));
        client.fetch(session, List.of());
        clock.advance(Duration.ofSeconds(90));
        client.fetch(session, List.of());
        JsonNode counts = get("/counts");
        assertThat(counts.at("/services/GATEWAY").asInt()).isEqualTo(2);
        JsonNode account = counts.get("accounts").get("a@example.com");
        assertThat(account.get("smallestGapSeconds").asDouble()).isEqualTo(90);
        assertThat(account.get("mostPerHour").asInt()).isEqualTo(2);
        assertThat(get("/requests?service=gateway")).hasSize(2);
        assertThat(get("/requests")).hasSize(4);
        call(200, "DELETE", "/requests", null);
        assertThat(get("/requests")).isEmpty();
    }

    @Test
    void showsItsStateAndItsCertificateAuthority() throws Exception {
        JsonNode status = get("/");
        assertThat(status.get("gsa").asText()).isEqualTo(simulator.gsaUrl().toString());
        assertThat(raw("GET", "/certificate-authority.pem", null).body())
                .isEqualTo(simulator.certificateAuthorityPem());
        String machine = new PlainClient(simulator, clock)
                .anisetteReply()
                .get("X-Apple-I-MD-M")
                .asText();
        post("/anisette/reprovision", null);
        assertThat(new PlainClient(simulator, clock)
                        .anisetteReply()
                        .get("X-Apple-I-MD-M")
                        .asText())
                .isNotEqualTo(machine);
    }

    @Test
    void explainsWhatIsWrongWithACall() throws Exception {
        assertThat(call(400, "POST", "/tags", tag(",\"colour\":1")).get("error").asText())
                .contains("colour");
        assertThat(call(400, "POST", "/tags", tag(",\"seenFrom\":\"yesterday\""))
                        .get("error")
                        .asText())
                .contains("2026-01-01T12:00:00Z");
        assertThat(call(400, "POST", "/tags", tag(",\"accuracy\":[1]"))
                        .get("error")
                        .asText())
                .contains("accuracy");
        call(400, "POST", "/tags", "{");
        call(404, "GET", "/moon", null);
        call(404, "GET", "/tags/bike/moon", null);
        HttpRequest plain = HttpRequest.newBuilder(URI.create(simulator.controlUrl() + "/faults"))
                .POST(BodyPublishers.ofString("{}"))
                .build();
        assertThat(http.send(plain, BodyHandlers.ofString()).statusCode()).isEqualTo(415);
    }
}
