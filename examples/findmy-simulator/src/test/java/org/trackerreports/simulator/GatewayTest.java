package org.trackerreports.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trackerreports.simulator.PlainClient.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trackerreports.simulator.world.Sighting;
import org.trackerreports.testsupport.MovableClock;

class GatewayTest {
    private static final String ID = "owner@example.com";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final List<String> hashedKeys = new ArrayList<>();
    private Simulator simulator;
    private PlainClient client;
    private PlainClient.Session session;

    @BeforeEach
    void start() {
        start(SimulatorSettings.defaults());
    }

    private void start(SimulatorSettings settings) {
        stop();
        hashedKeys.clear();
        simulator = Simulator.start(settings.withClock(clock));
        client = new PlainClient(simulator, clock);
        simulator.accounts().add(SimulatedAccount.of(ID, "secret"));
        session = new PlainClient.Session(
                simulator.accounts().dsid(ID), simulator.accounts().openSession(ID, Duration.ofDays(1)));
        for (JsonNode key : Vectors.read("static_keys")) {
            hashedKeys.add(key.get("hashed_adv_key_b64").asText());
            simulator.world().addTag(Vectors.tag("tag " + hashedKeys.size(), key));
        }
    }

    @AfterEach
    void stop() {
        if (simulator != null) {
            simulator.close();
        }
    }

    private String lastRefusal() {
        List<LoggedRequest> gateway = simulator.requests().recent(Service.GATEWAY);
        return gateway.get(gateway.size() - 1).refusal();
    }

    private static JsonNode payloads(HttpResponse<byte[]> reply) {
        assertThat(reply.statusCode()).isEqualTo(200);
        JsonNode locations = json(reply).get("acsnLocations");
        assertThat(locations.get("statusCode").asText()).isEqualTo("200");
        return locations.get("locationPayload");
    }

    private static Instant timeOf(String payload) {
        byte[] bytes = Base64.getDecoder().decode(payload);
        return Instant.ofEpochSecond(978_307_200L + (ByteBuffer.wrap(bytes).getInt() & 0xFFFFFFFFL));
    }

    @Test
    void v2GivesTheNewestReportOfEachEntry() {
        String unknown = Base64.getEncoder().encodeToString(new byte[32]);
        JsonNode found = payloads(client.fetch(
                session, List.of(hashedKeys.subList(0, 1), hashedKeys.subList(1, 2), List.of(unknown), List.of())));
        assertThat(found).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(found.get(i).get("id").asText()).isEqualTo(hashedKeys.get(i));
            assertThat(found.get(i).get("locationInfo")).hasSize(1);
            String payload = found.get(i).get("locationInfo").get(0).asText();
            Sighting newest = simulator
                    .world()
                    .newestVisible("tag " + (i + 1), clock.instant())
                    .orElseThrow();
            assertThat(timeOf(payload)).isEqualTo(newest.time());
        }
    }

    @Test
    void severalIdsInOneEntryHideEachOther() {
        JsonNode found = payloads(client.fetch(session, List.of(hashedKeys)));
        assertThat(found).hasSize(1);
        Instant newest = Collections.max(hashedKeys.stream()
                .map(id -> simulator
                        .world()
                        .newestVisible("tag " + (hashedKeys.indexOf(id) + 1), clock.instant())
                        .orElseThrow()
                        .time())
                .toList());
        assertThat(timeOf(found.get(0).get("locationInfo").get(0).asText())).isEqualTo(newest);
    }

    @Test
    void v2CanGiveSeveralOrAllReports() {
        start(SimulatorSettings.defaults().withReportsPerEntry(4, 20));
        assertThat(payloads(client.fetch(session, List.of(hashedKeys.subList(0, 1))))
                        .get(0)
                        .get("locationInfo"))
                .hasSize(4);
        start(SimulatorSettings.defaults()
                .withReportsPerEntry(SimulatorSettings.EVERYTHING, SimulatorSettings.EVERYTHING));
        List<Instant> times = new ArrayList<>();
        payloads(client.fetch(session, List.of(hashedKeys.subList(0, 1))))
                .get(0)
                .get("locationInfo")
                .forEach(payload -> times.add(timeOf(payload.asText())));
        List<Instant> uploaded =
                simulator.world().truth("tag 1", clock.instant().minus(Duration.ofDays(7)), clock.instant()).stream()
                        .filter(s -> !s.uploadedAt().isAfter(clock.instant()))
                        .map(Sighting::time)
                        .toList();
        assertThat(uploaded).hasSizeGreaterThan(1000);
        assertThat(times).containsExactlyInAnyOrderElementsOf(uploaded);
    }

    @Test
    void theSameQuestionBringsTheSameBytes() {
        byte[] first = client.fetch(session, List.of(hashedKeys)).body();
        String v1 = new String(client.fetchV1(session, hashedKeys).body());
        assertThat(client.fetch(session, List.of(hashedKeys)).body()).isEqualTo(first);
        start(SimulatorSettings.defaults());
        assertThat(client.fetch(session, List.of(hashedKeys)).body()).isEqualTo(first);
        assertThat(new String(client.fetchV1(session, hashedKeys).body())).isEqualTo(v1);
        start(SimulatorSettings.defaults().withSeed(2));
        assertThat(client.fetch(session, List.of(hashedKeys)).body()).isNotEqualTo(first);
    }

    @Test
    void v1IsCappedOverAllIdsOfAnEntry() {
        JsonNode reply = json(client.fetchV1(session, hashedKeys));
        assertThat(reply.get("statusCode").isTextual()).isTrue();
        assertThat(reply.get("statusCode").asText()).isEqualTo("200");
        assertThat(reply.get("results")).hasSize(20);
        for (JsonNode result : reply.get("results")) {
            assertThat(result.get("id").asText()).isEqualTo(hashedKeys.get(0));
            Instant time = timeOf(result.get("payload").asText());
            assertThat(Instant.ofEpochMilli(result.get("datePublished").asLong()))
                    .isBetween(time, clock.instant());
            assertThat(result.get("description").asText()).isEqualTo("found");
            assertThat(result.get("statusCode").asInt(-1)).isZero();
        }
    }

    @Test
    void bothPayloadFormsAppear() {
        List<Integer> sizes = new ArrayList<>();
        json(client.fetchV1(session, hashedKeys))
                .get("results")
                .forEach(r ->
                        sizes.add(Base64.getDecoder().decode(r.get("payload").asText()).length));
        assertThat(sizes).contains(88, 89).allMatch(s -> s == 88 || s == 89);
    }

    @Test
    void refusesWrongTokensExpiredSessionsAndBadAnisette() {
        PlainClient.Session wrong = new PlainClient.Session(session.dsid(), "wrong");
        assertThat(client.fetch(wrong, List.of()).statusCode()).isEqualTo(401);
        assertThat(client.fetch(new PlainClient.Session("1", session.token()), List.of())
                        .statusCode())
                .isEqualTo(401);
        client.anisetteOverrides.put("X-Apple-I-MD-M", "");
        assertThat(client.fetch(session, List.of()).statusCode()).isEqualTo(401);
        assertThat(lastRefusal()).isEqualTo("X-Apple-I-MD-M is missing");
        client.anisetteOverrides.clear();
        assertThat(client.fetch(session, List.of()).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofDays(1));
        assertThat(client.fetch(session, List.of()).statusCode()).isEqualTo(401);
        assertThat(lastRefusal()).contains("session ended");
        session = new PlainClient.Session(session.dsid(), simulator.accounts().openSession(ID, Duration.ofDays(1)));
        assertThat(client.fetch(session, List.of()).statusCode()).isEqualTo(200);
        simulator.accounts().expireSessions(ID);
        assertThat(client.fetch(session, List.of()).statusCode()).isEqualTo(401);
    }

    @Test
    void refusesBodiesOfTheWrongShape() {
        assertThat(client.post(session, "/findmyservice/v2/fetch", "{").statusCode())
                .isEqualTo(400);
        assertThat(client.post(session, "/findmyservice/v2/fetch", "{\"clientContext\":{}}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(lastRefusal()).isEqualTo("fetch is missing or no array");
        assertThat(client.fetch(session, List.of(List.of("short"))).statusCode())
                .isEqualTo(400);
        List<String> tooMany = Collections.nCopies(291, hashedKeys.get(0));
        HttpResponse<byte[]> reply = client.fetch(session, List.of(tooMany));
        assertThat(json(reply).at("/acsnLocations/statusCode").asText()).isEqualTo("400");
        assertThat(lastRefusal()).contains("291 primary");
    }

    @Test
    void countsRequestsAndTheirGaps() {
        client.fetch(session, List.of(hashedKeys, hashedKeys.subList(0, 2)));
        clock.advance(Duration.ofMinutes(40));
        client.fetch(session, List.of());
        clock.advance(Duration.ofMinutes(15));
        client.fetchV1(session, hashedKeys);
        clock.advance(Duration.ofMinutes(20));
        client.fetch(new PlainClient.Session(session.dsid(), "wrong"), List.of());
        RequestLog requests = simulator.requests();
        assertThat(requests.count(Service.GATEWAY)).isEqualTo(4);
        assertThat(requests.count(Service.ANISETTE)).isEqualTo(4);
        assertThat(requests.fetches(ID)).isEqualTo(4);
        assertThat(requests.smallestGap(ID)).hasValue(Duration.ofMinutes(15));
        assertThat(requests.mostPerHour(ID)).isEqualTo(3);
        LoggedRequest first = requests.recent(Service.GATEWAY).get(0);
        assertThat(first.entries()).isEqualTo(2);
        assertThat(first.ids()).isEqualTo(12);
        assertThat(first.account()).isEqualTo(ID);
        assertThat(first.machine()).hasSize(8);
        assertThat(first.status()).isEqualTo(200);
        requests.clear();
        assertThat(requests.recent()).isEmpty();
    }

    @Test
    void plainHttpReachesTheAnisetteServerOnly() {
        URI plain = URI.create("http://127.0.0.1:" + simulator.gsaUrl().getPort());
        assertThat(client.send(HttpRequest.newBuilder(plain).build()).statusCode())
                .isEqualTo(200);
        assertThat(client.send(HttpRequest.newBuilder(URI.create(plain + "/auth"))
                                .build())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void anisetteChangesItsPasswordEveryHalfMinuteAndKeepsItsMachine() {
        JsonNode first = client.anisetteReply();
        assertThat(Base64.getDecoder().decode(first.get("X-Apple-I-MD").asText()))
                .hasSize(28);
        assertThat(Base64.getDecoder().decode(first.get("X-Apple-I-MD-M").asText()))
                .hasSize(60);
        assertThat(client.anisetteReply()).isEqualTo(first);
        clock.advance(Duration.ofSeconds(30));
        JsonNode second = client.anisetteReply();
        assertThat(second.get("X-Apple-I-MD")).isNotEqualTo(first.get("X-Apple-I-MD"));
        assertThat(second.get("X-Apple-I-MD-M")).isEqualTo(first.get("X-Apple-I-MD-M"));
    }
}
