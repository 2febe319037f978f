package org.trackerreports.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trackerreports.server.settings.ServerListener;
import org.trackerreports.server.support.TestServer;
import org.trackerreports.server.support.TestStore;
import org.trackerreports.store.access.TokenScope;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.testsupport.MovableClock;

/** The endpoint as the page of macless-haystack uses it. The bodies are those that its {@code reports_fetcher.dart} sends, byte for byte. */
class MaclessTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final MovableClock CLOCK = new MovableClock(NOW);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String FIRST = TestStore.newKey();
    private static final String SECOND = TestStore.newKey();
    private static final String UNKNOWN = TestStore.newKey();

    @TempDir
    static Path ui;

    private static TestStore data;
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        data = new TestStore(CLOCK);
        data.addTracker("first", Map.of("client", "acme"), FIRST);
        data.addTracker("second", Map.of(), SECOND);
        data.insert(
                TestStore.report(FIRST, at(1), 52.1, 13),
                TestStore.report(FIRST, at(2), 52.2, 13),
                TestStore.report(FIRST, at(26), 52.3, 13),
                TestStore.report(SECOND, at(1), 52.4, 13),
                undecryptable(SECOND, at(3)));
        data.insert(TestStore.report(FIRST, NOW.minus(Duration.ofDays(30)), 52.5, 13));
        Files.writeString(ui.resolve("index.html"), "<title>their page</title>");
        Files.writeString(ui.resolveSibling("secret.txt"), "secret");
        server = new TestServer(
                data.dataSource(),
                CLOCK,
                List.of(),
                ServerListener.NONE,
                settings -> settings.macless(OptionalInt.of(0), Optional.of(ui)).maclessReports(3));
    }

    private static Instant at(int hoursAgo) {
        return NOW.minus(Duration.ofHours(hoursAgo));
    }

    private static NewReport undecryptable(String key, Instant time) {
        return new NewReport(
                OptionalLong.empty(),
                key,
                time,
                ReportContent.undecryptable("wrong key"),
                Optional.of(Payload.of("undecryptable".getBytes(StandardCharsets.UTF_8))),
                time);
    }

    @AfterAll
    static void stop() {
        server.close();
        data.close();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.server.maclessPort().getAsInt() + path));
    }

    private static HttpResponse<String> send(HttpRequest request) {
        return CLIENT.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    }

    private static HttpResponse<String> post(String body, String... headers) {
        HttpRequest.Builder request =
                request("/").header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    private static List<JsonNode> results(String body, String... headers) {
        HttpResponse<String> answer = post(body, headers);
        assertThat(answer.statusCode()).isEqualTo(200);
        List<JsonNode> results = new ArrayList<>();
        TestServer.parsed(answer.body()).path("results").forEach(results::add);
        return results;
    }

    private static List<String> ids(List<JsonNode> results) {
        return results.stream().map(result -> result.path("id").asText()).toList();
    }

    @Test
    void answersTheRequestOfOneAccessory() {
        List<JsonNode> results = results("{\"ids\":[\"" + FIRST + "\"],\"days\":1}");

        assertThat(ids(results)).containsExactly(FIRST, FIRST);
        JsonNode newest = results.get(0);
        assertThat(newest.path("datePublished").isIntegralNumber()).isTrue();
        assertThat(newest.path("datePublished").asLong()).isEqualTo(at(1).toEpochMilli());
        assertThat(newest.path("statusCode").isInt()).isTrue();
        assertThat(newest.path("description").asText()).isEqualTo("found");
        assertThat(new String(Base64.getDecoder().decode(newest.path("payload").asText()), StandardCharsets.UTF_8))
                .startsWith(FIRST);
        assertThat(results.get(1).path("datePublished").asLong()).isEqualTo(at(2).toEpochMilli());
    }

    @Test
    void answersWhatTwoTagsSentInTheSameSecondAndWhatCouldNotBeDecrypted() {
        List<JsonNode> results = results("{\"ids\":[\"" + SECOND + "\",\"" + FIRST + "\"],\"days\":1}");

        assertThat(results.stream()
                        .filter(result -> result.path("datePublished").asLong() == at(1).toEpochMilli()))
                .hasSize(2);
        assertThat(results).hasSize(4);
        assertThat(results.stream().map(result -> result.path("payload").asText()))
                .contains(Base64.getEncoder().encodeToString("undecryptable".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void zeroDaysMeanTheNewestReportOfEachKey() {
        assertThat(ids(results("{\"ids\":[\"" + FIRST + "\",\"" + SECOND + "\"],\"days\":0}")))
                .containsExactlyInAnyOrder(FIRST, SECOND);
    }

    @Test
    void daysAreSevenUnlessSaidOtherwiseAndMayBeMore() {
        assertThat(results("{\"ids\":[\"" + FIRST + "\"]}")).hasSize(3);
        assertThat(results("{\"ids\":[\"" + FIRST + "\"],\"days\":7}")).hasSize(3);
        // The limit of reports of a key is three here.
        assertThat(results("{\"ids\":[\"" + FIRST + "\"],\"days\":31}")).hasSize(3);
        assertThat(results("{\"ids\":[\"" + SECOND + "\"],\"days\":0}")
                        .get(0)
                        .path("datePublished")
                        .asLong())
                .isEqualTo(at(1).toEpochMilli());
    }

    @Test
    void leavesOutUnknownKeysAndAnswersNothingWithAnEmptyList() {
        assertThat(ids(results("{\"ids\":[\"" + UNKNOWN + "\",\"" + FIRST + "\"],\"days\":1}")))
                .containsOnly(FIRST);
        assertThat(post("{\"ids\":[\"" + UNKNOWN + "\"],\"days\":7}").body())
                .isEqualTo("{\"statusCode\":\"200\",\"results\":[]}");
        String twenty = String.join(
                "\",\"", Stream.generate(TestStore::newKey).limit(19).toList());
        assertThat(ids(results("{\"ids\":[\"" + twenty + "\",\"" + FIRST + "\"],\"days\":1}")))
                .containsOnly(FIRST);
    }

    @Test
    void theAnswerDoesNotChangeBetweenCalls() {
        String body = "{\"ids\":[\"" + FIRST + "\",\"" + SECOND + "\"],\"days\":7}";
        assertThat(post(body).body()).isEqualTo(post(body).body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "nonsense",
                "{\"days\":7}",
                "{\"ids\":\"x\"}",
                "{\"ids\":[],\"days\":-1}",
                "{\"ids\":[],\"days\":1.5}",
                "{\"ids\":[],\"days\":\"7\"}"
            })
    void aWrongBodyIsRefused(String body) {
        HttpResponse<String> answer = post(body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertCors(answer);
    }

    @Test
    void fiftyAccessoriesAskAtOnce() {
        List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(CLIENT.sendAsync(
                    request("/")
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"ids\":[\"" + FIRST + "\"],\"days\":1}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        }
        assertThat(all).allSatisfy(each -> {
            assertThat(each.join().statusCode()).isEqualTo(200);
            assertThat(TestServer.parsed(each.join().body()).path("results")).hasSize(2);
        });
    }

    private static void assertCors(HttpResponse<String> answer) {
        assertThat(answer.headers().map())
                .containsEntry("access-control-allow-origin", List.of("*"))
                .containsEntry("access-control-allow-methods", List.of("GET, POST, OPTIONS"))
                .containsEntry(
                        "access-control-allow-headers", List.of("X-Requested-With, Content-Type, Authorization"));
    }

    @Test
    void aBrowserMayAskFromAnyPage() {
        HttpResponse<String> preflight = send(request("/any/path")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://dchristl.github.io")
                .header("Access-Control-Request-Method", "POST")
                .build());
        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.body()).isEmpty();
        assertCors(preflight);
        HttpResponse<String> answer = post("{\"ids\":[],\"days\":7}", "Origin", "https://dchristl.github.io");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertCors(answer);
        assertThat(send(request("/probe").GET().build()).body()).isEqualTo("Nothing to see here");
    }

    @Test
    void aPasswordIsATokenWhoseLabelsCount() {
        String acme = data.token("acme", TokenScope.READ, Map.of("client", "acme"));
        try {
            String body = "{\"ids\":[\"" + FIRST + "\",\"" + SECOND + "\"],\"days\":1}";
            assertThat(ids(results(body, "Authorization", basic(acme)))).containsOnly(FIRST);
            HttpResponse<String> wrong = post(body, "Authorization", basic("no token"));
            assertThat(wrong.statusCode()).isEqualTo(401);
            assertThat(wrong.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .startsWith("Basic realm=");
            assertCors(wrong);
        } finally {
            data.store.tokens().remove("acme");
        }
    }

    private static String basic(String password) {
        return "Basic " + Base64.getEncoder().encodeToString(("user:" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void offersTheUsersCopyOfThePageAndNothingBesideIt() {
        assertThat(send(request("/").GET().build()).body()).isEqualTo("<title>their page</title>");
        assertThat(send(request("/%2e%2e/secret.txt").GET().build()).body()).doesNotContain("secret");
        assertThat(send(request("/index.html").GET().build()).headers().firstValue("Content-Type"))
                .hasValue("text/html;charset=utf-8");
    }
}
