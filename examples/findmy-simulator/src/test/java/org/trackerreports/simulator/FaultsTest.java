package org.trackerreports.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trackerreports.simulator.PlainClient.json;

import com.dd.plist.NSDictionary;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trackerreports.testsupport.MovableClock;

class FaultsTest {
    private static final String ID = "owner@example.com";
    private static final String OTHER = "other@example.com";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private Simulator simulator;
    private PlainClient client;
    private PlainClient.Session session;
    private String hashedKey;

    @BeforeEach
    void start() {
        simulator = Simulator.start(SimulatorSettings.defaults().withClock(clock));
        client = new PlainClient(simulator, clock);
        simulator.accounts().add(SimulatedAccount.of(ID, "secret"));
        simulator.accounts().add(SimulatedAccount.of(OTHER, "secret"));
        session = session(ID);
        JsonNode key = Vectors.read("static_keys").get(0);
        hashedKey = key.get("hashed_adv_key_b64").asText();
        simulator.world().addTag(Vectors.tag("tag", key));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private PlainClient.Session session(String id) {
        return new PlainClient.Session(
                simulator.accounts().dsid(id), simulator.accounts().openSession(id, Duration.ofDays(1)));
    }

    private void add(Fault fault) {
        simulator.faults().add(fault);
    }

    private HttpResponse<byte[]> fetch() {
        return client.fetch(session, List.of(List.of(hashedKey)));
    }

    private List<byte[]> fetchedPayloads(HttpResponse<byte[]> reply, int entry) {
        List<byte[]> result = new ArrayList<>();
        json(reply)
                .at("/acsnLocations/locationPayload")
                .get(entry)
                .get("locationInfo")
                .forEach(p -> result.add(Base64.getDecoder().decode(p.asText())));
        return result;
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHORIZED,401",
        "FORBIDDEN,403",
        "TOO_MANY_REQUESTS,429",
        "SERVER_ERROR,500",
        "BAD_GATEWAY,502",
        "UNAVAILABLE,503",
        "STATUS_541,541",
        "EMPTY_ANSWER,200",
        "HTML_PAGE,200"
    })
    void answersWithTheFaultsStatusAtEveryService(FaultKind kind, int status) {
        PlainClient.Login login = client.login(ID, "secret");
        for (Service service : Service.values()) {
            add(Fault.once(service, kind).withRetryAfter(Duration.ofSeconds(90)));
        }
        HttpResponse<byte[]> anisette =
                client.send(client.request(simulator.anisetteUrl(), "/").GET().build());
        List<HttpResponse<byte[]>> replies = List.of(
                anisette,
                client.gsaRaw(PlainClient.dict("o", "init", "u", ID)),
                client.delegatesRaw(ID, login, login.pet()),
                fetch());
        for (HttpResponse<byte[]> reply : replies) {
            assertThat(reply.statusCode()).isEqualTo(status);
            String body = new String(reply.body());
            switch (kind) {
                case BAD_GATEWAY, UNAVAILABLE, HTML_PAGE -> assertThat(body).startsWith("<html>");
                default -> assertThat(body).isEmpty();
            }
            assertThat(reply.headers().firstValue("Retry-After").orElse(""))
                    .isEqualTo(kind == FaultKind.TOO_MANY_REQUESTS ? "90" : "");
        }
        assertThat(simulator.faults().active()).isEmpty();
        assertThat(fetch().statusCode()).isEqualTo(200);
        assertThat(simulator.requests().recent(Service.GATEWAY))
                .extracting(LoggedRequest::fault)
                .containsExactly(kind.name(), "");
        assertThat(simulator.requests().recent(Service.GATEWAY).get(0).ids()).isEqualTo(1);
    }

    @Test
    void strikesAFewTimesOrForATimeOrForOneAccount() {
        add(Fault.always(Service.GATEWAY, FaultKind.SERVER_ERROR).times(2));
        assertThat(List.of(fetch().statusCode(), fetch().statusCode(), fetch().statusCode()))
                .containsExactly(500, 500, 200);

        add(Fault.always(Service.GATEWAY, FaultKind.FORBIDDEN).lasting(Duration.ofMinutes(1)));
        assertThat(fetch().statusCode()).isEqualTo(403);
        clock.advance(Duration.ofSeconds(59));
        assertThat(fetch().statusCode()).isEqualTo(403);
        clock.advance(Duration.ofSeconds(1));
        assertThat(fetch().statusCode()).isEqualTo(200);

        int id = simulator
                .faults()
                .add(Fault.always(Service.GATEWAY, FaultKind.BAD_GATEWAY).forAccount("OTHER@example.com"));
        assertThat(fetch().statusCode()).isEqualTo(200);
        assertThat(client.fetch(session(OTHER), List.of()).statusCode()).isEqualTo(502);
        assertThat(simulator.faults().active()).hasSize(1).allMatch(f -> f.id() == id && f.struck() == 1);
        assertThat(simulator.faults().remove(id)).isTrue();
        assertThat(client.fetch(session(OTHER), List.of()).statusCode()).isEqualTo(200);
    }

    @Test
    void strikesWithAProbabilityThatFollowsFromTheSeed() {
        add(Fault.always(Service.GATEWAY, FaultKind.EMPTY_ANSWER).withProbability(0.5));
        List<Integer> first = lengths();
        assertThat(first.stream().filter(l -> l == 0).count()).isBetween(25L, 75L);
        stop();
        start();
        add(Fault.always(Service.GATEWAY, FaultKind.EMPTY_ANSWER).withProbability(0.5));
        assertThat(lengths()).isEqualTo(first);
    }

    private List<Integer> lengths() {
        return IntStream.range(0, 100).map(i -> fetch().body().length).boxed().toList();
    }

    @Test
    void strikesRefusedRequestsToo() {
        session = new PlainClient.Session(session.dsid(), "wrong");
        add(Fault.once(Service.GATEWAY, FaultKind.UNAVAILABLE));
        assertThat(fetch().statusCode()).isEqualTo(503);
        assertThat(fetch().statusCode()).isEqualTo(401);
    }

    @Test
    void cutsAnswersInHalf() {
        byte[] whole = fetch().body();
        add(Fault.once(Service.GATEWAY, FaultKind.HALF_ANSWER));
        assertThat(fetch().body()).hasSize(whole.length / 2).isEqualTo(Arrays.copyOf(whole, whole.length / 2));
    }

    @Test
    void answersWithAWrongStatusCodeInsideTheJson() {
        add(Fault.always(Service.GATEWAY, FaultKind.WRONG_STATUS_CODE).times(2));
        assertThat(json(fetch()).at("/acsnLocations/statusCode").asText()).isEqualTo("500");
        assertThat(json(client.fetchV1(session, List.of(hashedKey)))
                        .get("statusCode")
                        .asText())
                .isEqualTo("500");
    }

    @Test
    void delaysTheAnswer() {
        add(Fault.once(Service.GATEWAY, FaultKind.SLOW).withDelay(Duration.ofMinutes(5)));
        client.timeout = Duration.ofMillis(700);
        assertThatThrownBy(this::fetch)
                .as("no answer before the delay is over")
                .rootCause()
                .isInstanceOf(HttpTimeoutException.class);
        add(Fault.once(Service.GATEWAY, FaultKind.SLOW).withDelay(Duration.ofMillis(50)));
        client.timeout = Duration.ofMinutes(1);
        assertThat(fetch().statusCode()).isEqualTo(200);
    }

    @Test
    void hangsAndResetsConnections() {
        add(Fault.once(Service.GATEWAY, FaultKind.CONNECTION_RESET));
        assertThatThrownBy(this::fetch).rootCause().isInstanceOf(IOException.class);
        add(Fault.once(Service.GATEWAY, FaultKind.HANG).withDelay(Duration.ofMinutes(5)));
        client.timeout = Duration.ofMillis(500);
        assertThatThrownBy(this::fetch).rootCause().isInstanceOf(HttpTimeoutException.class);
        add(Fault.once(Service.GATEWAY, FaultKind.HANG).withDelay(Duration.ofMillis(300)));
        client.timeout = Duration.ofMinutes(1);
        assertThatThrownBy(this::fetch).rootCause().isInstanceOf(IOException.class);
        assertThat(simulator.requests().recent(Service.GATEWAY))
                .extracting(LoggedRequest::status)
                .containsExactly(0, 0, 0);
        assertThat(fetch().statusCode()).isEqualTo(200);
    }

    @Test
    void anisetteCanBeStaleIncompleteOrInLowerCase() {
        add(Fault.once(Service.ANISETTE, FaultKind.STALE_ANISETTE));
        assertThat(fetch().statusCode()).isEqualTo(401);
        assertThat(fetch().statusCode()).isEqualTo(200);
        add(Fault.once(Service.ANISETTE, FaultKind.MISSING_MACHINE_ID));
        assertThat(client.anisetteReply().has("X-Apple-I-MD-M")).isFalse();
        add(Fault.once(Service.ANISETTE, FaultKind.LOWER_CASE_HEADERS));
        assertThat(client.anisetteReply().has("x-apple-i-md-m")).isTrue();
        add(Fault.once(Service.GATEWAY, FaultKind.STALE_ANISETTE));
        assertThat(fetch().statusCode()).isEqualTo(401);
        add(Fault.once(Service.GSA, FaultKind.STALE_ANISETTE));
        assertThat(client.login(ID, "secret").errorCode()).isEqualTo(-22421);
    }

    @Test
    void aTokenThatEndsStaysEnded() {
        add(Fault.once(Service.GATEWAY, FaultKind.TOKEN_EXPIRY));
        assertThat(fetch().statusCode()).isEqualTo(401);
        assertThat(fetch().statusCode()).isEqualTo(401);
        session = client.session(ID, "secret");
        assertThat(fetch().statusCode()).isEqualTo(200);

        PlainClient.Login login = client.login(ID, "secret");
        add(Fault.once(Service.SETUP, FaultKind.TOKEN_EXPIRY));
        assertThat(client.delegates(ID, login).get("localizedError")).hasToString("UNAUTHORIZED");
        assertThat(client.delegates(ID, login).get("localizedError")).hasToString("UNAUTHORIZED");
        NSDictionary again = client.delegates(ID, client.login(ID, "secret"));
        assertThat(again.get("dsid")).isNotNull();
    }

    @Test
    void reportsCanBeOddInEveryWay() {
        byte[] right = fetchedPayloads(fetch(), 0).get(0);

        add(Fault.once(Service.GATEWAY, FaultKind.UNASKED_IDS));
        JsonNode locations = json(fetch()).at("/acsnLocations/locationPayload");
        assertThat(locations).hasSize(2);
        assertThat(locations.get(1).get("id").asText()).isNotEqualTo(hashedKey).hasSize(44);

        add(Fault.once(Service.GATEWAY, FaultKind.DUPLICATE_REPORTS));
        assertThat(fetchedPayloads(fetch(), 0)).containsExactly(right, right);

        add(Fault.once(Service.GATEWAY, FaultKind.GARBAGE_PAYLOADS));
        assertThat(fetchedPayloads(fetch(), 0).get(0)).hasSize(right.length).isNotEqualTo(right);

        add(Fault.once(Service.GATEWAY, FaultKind.WRONG_KEY_PAYLOADS));
        assertThat(fetchedPayloads(fetch(), 0).get(0)).hasSize(88).isNotEqualTo(right);

        add(Fault.once(Service.GATEWAY, FaultKind.ODD_LENGTH_PAYLOADS));
        assertThat(fetchedPayloads(fetch(), 0).get(0).length).isEqualTo(right.length == 88 ? 87 : 90);

        add(Fault.once(Service.GATEWAY, FaultKind.OUT_OF_ORDER_REPORTS));
        byte[] older = fetchedPayloads(fetch(), 0).get(0);
        assertThat(ByteBuffer.wrap(older).getInt())
                .isLessThan(ByteBuffer.wrap(right).getInt());
        assertThat(fetchedPayloads(fetch(), 0)).containsExactly(right);
    }

    @Test
    void refusesFaultsThatMakeNoSense() {
        assertThatThrownBy(() -> Fault.once(Service.GSA, FaultKind.UNASKED_IDS))
                .hasMessageContaining("cannot happen at GSA");
        Fault fault = Fault.always(Service.GSA, FaultKind.UNAVAILABLE);
        assertThatThrownBy(() -> fault.times(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> fault.withProbability(0)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> fault.lasting(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
