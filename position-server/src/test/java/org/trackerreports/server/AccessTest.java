package org.trackerreports.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.route.Scope;
import org.trackerreports.server.settings.LoopbackRule;
import org.trackerreports.server.settings.ServerListener;
import org.trackerreports.server.settings.ServerSettings;
import org.trackerreports.server.support.TestServer;
import org.trackerreports.server.support.TestStore;
import org.trackerreports.store.access.AddTokenOutcome;
import org.trackerreports.store.access.NewToken;
import org.trackerreports.store.access.TokenScope;
import org.trackerreports.testsupport.MovableClock;

/** Who may do what, over real sockets. */
class AccessTest {

    private static final MovableClock CLOCK = new MovableClock(Instant.parse("2026-11-29T12:00:00Z"));
    private static final String TRACKERS = "/api/v1/trackers";

    private static TestStore data;
    private static TestServer server;
    private static long bike;
    private static long other;

    @BeforeAll
    static void start() {
        data = new TestStore(CLOCK);
        bike = data.addTracker("Bike", Map.of("client", "acme"));
        other = data.addTracker("Other", Map.of("client", "other"));
        server = newServer(settings -> settings);
    }

    private static TestServer newServer(UnaryOperator<ServerSettings.Builder> settings) {
        Route admin = new Route(
                "POST",
                "/api/v1/setup/{step}",
                Scope.ADMIN,
                request -> Answer.text(
                        200,
                        "text/plain",
                        request.pathParameter("step") + request.caller().scope()));
        return new TestServer(data.dataSource(), CLOCK, List.of(admin), ServerListener.NONE, settings);
    }

    @AfterAll
    static void stop() {
        server.close();
        data.close();
    }

    @BeforeEach
    void removeTokens() {
        data.store.tokens().list().forEach(token -> data.store.tokens().remove(token.name()));
        // So that no test is refused because of the tries of another one.
        CLOCK.advance(Duration.ofMinutes(2));
    }

    private static String bearer(TokenScope scope, Map<String, String> labels) {
        return "Bearer " + data.token("token " + scope + labels, scope, labels);
    }

    private static int status(HttpResponse<String> answer) {
        return answer.statusCode();
    }

    @Test
    void loopbackMayDoEverythingUntilThereIsAToken() {
        assertThat(status(server.get(TRACKERS))).isEqualTo(200);
        assertThat(server.write("POST", "/api/v1/setup/one", "").body()).isEqualTo("oneADMIN");

        bearer(TokenScope.READ, Map.of());

        assertThat(status(server.get(TRACKERS))).isEqualTo(200);
        assertThat(status(server.write("POST", "/api/v1/setup/one", ""))).isEqualTo(403);
    }

    @Test
    void loopbackMayBeAllowedEverything() {
        bearer(TokenScope.READ, Map.of());
        try (TestServer open = newServer(settings -> settings.loopback(LoopbackRule.ADMIN))) {
            assertThat(status(open.write("POST", "/api/v1/setup/one", ""))).isEqualTo(200);
        }
    }

    @Test
    void loopbackMayNeedAToken() {
        String token = bearer(TokenScope.READ, Map.of());
        try (TestServer closed = newServer(settings -> settings.tokenRequired(true))) {
            assertThat(status(closed.get(TRACKERS))).isEqualTo(401);
            assertThat(status(closed.get(TRACKERS, "Authorization", token))).isEqualTo(200);
            assertThat(status(closed.get("/api/v1/session"))).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:PORT", "localhost:1", "127.0.0.1.evil.example:PORT", "localhost"})
    void anotherNameOfThisMachineIsRefusedWithoutAToken(String host) throws IOException {
        String named = host.replace("PORT", Integer.toString(server.server.port()));

        String answer = server.raw("GET " + TRACKERS + " HTTP/1.1\r\nHost: " + named + "\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 403 ")
                .contains("application/problem+json")
                .doesNotContain("Bike");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:PORT", "127.0.0.1:PORT", "[::1]:PORT", "LOCALHOST:PORT"})
    void theNamesOfLoopbackAreAnswered(String host) throws IOException {
        String named = host.replace("PORT", Integer.toString(server.server.port()));

        String answer = server.raw("GET " + TRACKERS + " HTTP/1.1\r\nHost: " + named + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("Bike");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "Forwarded", "X-Real-IP", "Via", "X-Forwarded-Proto"})
    void whatAProxyOnThisMachinePassesOnIsNotOfThisMachine(String header) {
        assertThat(status(server.get(TRACKERS, header, "192.0.2.1"))).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://127.0.0.1:1", "http://127.0.0.1"})
    void aForeignOriginIsRefused(String origin) {
        assertThat(status(server.send("POST", "/api/v1/setup/one", "", "Origin", origin)))
                .isEqualTo(403);
        assertThat(status(server.get(TRACKERS, "Origin", origin))).isEqualTo(403);
    }

    @Test
    void aWriteNeedsAnOriginUnlessItHasABearerTokenAndNoCookie() {
        String token = bearer(TokenScope.ADMIN, Map.of());
        String cookie = cookie(token.substring("Bearer ".length()));

        assertThat(status(server.send("POST", "/api/v1/setup/one", ""))).isEqualTo(403);
        assertThat(status(server.send("POST", "/api/v1/setup/one", "", "Authorization", token)))
                .isEqualTo(200);
        assertThat(status(server.send("POST", "/api/v1/setup/one", "", "Authorization", token, "Cookie", cookie)))
                .isEqualTo(403);
        assertThat(status(server.send("POST", "/api/v1/setup/one", "", "Cookie", cookie)))
                .isEqualTo(403);
        assertThat(status(server.write("POST", "/api/v1/setup/one", "", "Cookie", cookie)))
                .isEqualTo(200);
    }

    private static String cookie(String token) {
        HttpResponse<String> answer = server.write("POST", "/login", "{\"token\":\"" + token + "\"}");
        assertThat(status(answer)).isEqualTo(204);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain("Secure");
        return cookie.substring(0, cookie.indexOf(';'));
    }

    @Test
    void aCookieBehindTlsIsForTlsOnly() {
        String token = data.token("tls", TokenScope.READ, Map.of());
        HttpResponse<String> answer =
                server.write("POST", "/login", "{\"token\":\"" + token + "\"}", "X-Forwarded-Proto", "https");
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).endsWith("; Secure");
    }

    @Test
    void aTokenIsTakenAsBearerAsPasswordAndAsCookie() {
        String token = data.token("all ways", TokenScope.READ, Map.of());
        String basic = Base64.getEncoder().encodeToString(("anybody:" + token).getBytes(StandardCharsets.UTF_8));

        for (String[] header : new String[][] {
            {"Authorization", "Bearer " + token}, {"Authorization", "basic " + basic}, {"Cookie", cookie(token)}
        }) {
            assertThat(server.json("/api/v1/session", header).path("token").asText())
                    .isEqualTo("all ways");
        }
        assertThat(data.store.tokens().list().get(0).lastUsed()).isPresent();
    }

    @Test
    void signingOutForgetsTheCookie() {
        assertThat(server.write("POST", "/logout", "")
                        .headers()
                        .firstValue("Set-Cookie")
                        .orElseThrow())
                .contains("=; ", "Max-Age=0");
    }

    @Test
    void aScopeIncludesTheSmallerOnes() {
        String read = bearer(TokenScope.READ, Map.of());
        String places = bearer(TokenScope.PLACES, Map.of());
        String place = "{\"name\":\"P%s\",\"lat\":52,\"lon\":13,\"radius_m\":100}";

        assertThat(status(server.send("POST", "/api/v1/places", place.formatted(1), "Authorization", read)))
                .isEqualTo(403);
        assertThat(status(server.send("POST", "/api/v1/places", place.formatted(1), "Authorization", places)))
                .isEqualTo(201);
        assertThat(status(server.send("POST", "/api/v1/setup/one", "", "Authorization", places)))
                .isEqualTo(403);
        assertThat(server.json("/api/v1/session", "Authorization", places)
                        .path("scopes")
                        .toString())
                .isEqualTo("[\"read\",\"places\"]");
    }

    @Test
    void trackersOfOtherLabelsDoNotExist() {
        String token = bearer(TokenScope.ADMIN, Map.of("client", "acme"));

        assertThat(server.json(TRACKERS, "Authorization", token)
                        .path("trackers")
                        .findValuesAsText("name"))
                .containsExactly("Bike");
        assertThat(server.json(TRACKERS, "Authorization", token).path("total").asInt())
                .isEqualTo(1);
        assertThat(server.json(TRACKERS + "?label=client=other", "Authorization", token)
                        .path("trackers"))
                .isEmpty();
        for (String part : List.of("", "/reports", "/history", "/stays", "/trips", "/gaps", "/transitions")) {
            assertThat(status(server.get(TRACKERS + "/" + other + part, "Authorization", token)))
                    .as(part)
                    .isEqualTo(404);
            assertThat(status(server.get(TRACKERS + "/" + bike + part, "Authorization", token)))
                    .as(part)
                    .isEqualTo(200);
        }
        assertThat(status(server.send("PATCH", TRACKERS + "/" + other, "{\"name\":\"X\"}", "Authorization", token)))
                .isEqualTo(404);
        assertThat(status(server.send(
                        "POST",
                        "/api/v1/shares",
                        "{\"trackers\":[" + other + "],\"expires\":\"2027-01-01T00:00:00Z\"}",
                        "Authorization",
                        token)))
                .isEqualTo(404);
    }

    @Test
    void anEndedOrRemovedTokenIsRefused() {
        String ended = ((AddTokenOutcome.Added) data.store
                        .tokens()
                        .add(new NewToken(
                                "ended",
                                TokenScope.READ,
                                Map.of(),
                                Optional.of(Instant.parse("2026-01-01T00:00:00Z")))))
                .text()
                .text();
        String removed = data.token("removed", TokenScope.READ, Map.of());
        assertThat(status(server.get(TRACKERS, "Authorization", "Bearer " + removed)))
                .isEqualTo(200);
        data.store.tokens().remove("removed");

        assertThat(status(server.get(TRACKERS, "Authorization", "Bearer " + ended)))
                .isEqualTo(401);
        assertThat(status(server.get(TRACKERS, "Authorization", "Bearer " + removed)))
                .isEqualTo(401);
    }

    @Test
    void whoGuessesTokensHasToWait() {
        String right = data.token("right", TokenScope.READ, Map.of());
        String known = data.token("known", TokenScope.READ, Map.of());
        assertThat(status(server.get(TRACKERS, "Authorization", "Bearer " + known)))
                .isEqualTo(200);
        String wrong = right.substring(0, right.length() - 1) + (right.endsWith("A") ? "B" : "A");
        for (int i = 0; i < 10; i++) {
            assertThat(status(server.get(TRACKERS, "Authorization", "Bearer " + wrong)))
                    .isEqualTo(401);
            assertThat(status(server.write("POST", "/login", "{\"token\":\"nonsense\"}")))
                    .isEqualTo(401);
        }

        assertThat(status(server.get(TRACKERS, "Authorization", "Bearer " + right)))
                .isEqualTo(429);
        assertThat(status(server.write("POST", "/login", "{\"token\":\"" + right + "\"}")))
                .isEqualTo(429);
        assertThat(server.json("/api/v1/session", "Authorization", "Bearer " + right)
                        .path("signed_in")
                        .asBoolean())
                .isFalse();
        // Somebody else at this address who was signed in stays so.
        assertThat(status(server.get(TRACKERS, "Authorization", "Bearer " + known)))
                .isEqualTo(200);
        assertThat(status(server.get(TRACKERS))).isEqualTo(200);
        CLOCK.advance(Duration.ofSeconds(59));
        assertThat(status(server.get(TRACKERS, "Authorization", "Bearer " + right)))
                .isEqualTo(429);
        CLOCK.advance(Duration.ofSeconds(2));
        assertThat(status(server.get(TRACKERS, "Authorization", "Bearer " + right)))
                .isEqualTo(200);
    }

    @Test
    void triesBehindAProxyCountForWhomTheProxyNames() {
        String right = data.token("behind", TokenScope.READ, Map.of());
        for (int i = 0; i < 20; i++) {
            server.get(TRACKERS, "Authorization", "Bearer no", "X-Forwarded-For", "192.0.2.7");
        }

        assertThat(status(server.get(TRACKERS, "Authorization", "Bearer " + right, "X-Forwarded-For", "192.0.2.7")))
                .isEqualTo(429);
        assertThat(status(server.get(TRACKERS, "Authorization", "Bearer " + right, "X-Forwarded-For", "192.0.2.8")))
                .isEqualTo(200);
    }

    @Test
    void everyAnswerTellsBrowsersToBeCareful() {
        for (String path : List.of(TRACKERS, "/nothing", "/api/v1/session")) {
            assertThat(server.get(path).headers().map())
                    .containsEntry("x-content-type-options", List.of("nosniff"))
                    .containsEntry("referrer-policy", List.of("no-referrer"))
                    .containsEntry("cross-origin-resource-policy", List.of("same-origin"))
                    .containsKey("content-security-policy")
                    .doesNotContainKeys("access-control-allow-origin", "server");
        }
    }
}
