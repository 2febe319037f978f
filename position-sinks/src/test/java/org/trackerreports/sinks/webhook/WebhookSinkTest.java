package org.trackerreports.sinks.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trackerreports.sinks.Delivery;
import org.trackerreports.sinks.SightedTracker;
import org.trackerreports.sinks.SightingEvent;
import org.trackerreports.sinks.connection.Credentials;
import org.trackerreports.sinks.connection.HttpAddress;
import org.trackerreports.sinks.standin.Events;
import org.trackerreports.sinks.standin.HttpStandIn;
import org.trackerreports.sinks.standin.HttpStandIn.Answer;
import org.trackerreports.sinks.standin.HttpStandIn.Request;
import org.trackerreports.testsupport.MovableClock;
import org.trackerreports.testsupport.TestProcess;

class WebhookSinkTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** The first test vector of RFC 8032, 7.1. */
    private static final String ED25519_PRIVATE = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    private static final String ED25519_PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    private final HttpStandIn receiver = new HttpStandIn(request -> Answer.of(204));

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        receiver.close();
    }

    private WebhookSink sink(WebhookFormat format, String... secrets) {
        return new WebhookSink(new WebhookSettings(
                HttpAddress.of(receiver.url("/hook?key=1")),
                List.of(secrets).stream().map(WebhookSecret::of).toList(),
                format,
                Clock.systemUTC()));
    }

    @Test
    void sendsTheDocumentedObject() throws Exception {
        try (WebhookSink sink = sink(new WebhookFormat.Single(), SECRET)) {
            assertThat(sink.deliver(List.of(Events.report(4)))).isEqualTo(new Delivery.Done());
        }
        Request request = receiver.requests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri()).hasToString("/hook?key=1");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.header("webhook-id")).isEqualTo("rep_00000000000000000000000000000004_812");
        assertThat(JSON.readTree(request.body())).isEqualTo(JSON.readTree("""
                {"id":"rep_00000000000000000000000000000004_812","type":"report.stored","timestamp":"2026-11-28T10:25:44Z",
                 "data":{"position":"812-4","tracker":"Bike","tracker_id":17,"labels":{"owner":"anna"},
                  "event_time":"2026-11-28T10:04:00Z","received_time":"2026-11-28T10:25:44Z","lag_seconds":1304,
                  "lat":52.104,"lon":13.2,"accuracy_m":34.0,"confidence":2,"battery":"full","flags":[],
                  "nearest_city":"Berlin, DE"}}"""));
    }

    @Test
    void sendsNullForWhatIsNotKnownAndEveryKindOfEvent() throws Exception {
        try (WebhookSink sink = sink(new WebhookFormat.Single(), SECRET)) {
            assertThat(sink.deliver(List.of(
                            Events.bareReport(1),
                            Events.transition(1, false),
                            Events.transition(2, true),
                            Events.heardAgain())))
                    .isEqualTo(new Delivery.Done());
        }
        List<JsonNode> bodies = new ArrayList<>();
        for (Request request : receiver.requests()) {
            bodies.add(JSON.readTree(request.body()));
        }
        assertThat(bodies)
                .extracting(body -> body.path("type").asText())
                .containsExactly("report.revised", "place.left", "place.transition_withdrawn", "tracker.heard_again");
        JsonNode bare = bodies.get(0).path("data");
        assertThat(bare.path("tracker").asText()).isEqualTo("Ännes \"Rad\" & <Boot>");
        assertThat(List.of(bare.get("accuracy_m"), bare.get("battery"), bare.get("nearest_city")))
                .allMatch(JsonNode::isNull);
        assertThat(bare.get("flags")).isEqualTo(JSON.readTree("[\"COARSE\",\"UNCONFIRMED\"]"));
        assertThat(bodies.get(1).path("data")).isEqualTo(JSON.readTree("""
                {"position":"820-1","id":"00000000-0000-0000-0000-0000000000aa","revision":1,"tracker":"Bike","tracker_id":17,
                 "labels":{"owner":"anna"},"place":"Home","place_id":3,"direction":"left","event_time":"2026-11-28T10:00:00Z",
                 "decided_time":"2026-11-28T10:01:00Z","recorded_time":"2026-11-28T10:10:00Z","withdrawn":false}"""));
        assertThat(bodies.get(3).path("data").path("silent_seconds").asLong()).isEqualTo(108_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void isSignedSoThatAnotherProgramAcceptsIt(int most) throws Exception {
        String other = WebhookSecret.random(new SecureRandom());
        WebhookFormat format = most == 1 ? new WebhookFormat.Single() : new WebhookFormat.Batch(most);
        try (WebhookSink sink = sink(format, other, SECRET)) {
            assertThat(sink.deliver(reports(3))).isEqualTo(new Delivery.Done());
        }
        assertThat(receiver.requests()).hasSize(most == 1 ? 3 : 1).allSatisfy(request -> {
            HttpHeaders headers = HttpHeaders.of(request.headers(), (name, value) -> true);
            for (String secret : List.of(SECRET, other)) {
                new Webhook(secret).verify(request.text(), headers);
            }
            assertThatThrownBy(
                            () -> new Webhook(WebhookSecret.random(new SecureRandom())).verify(request.text(), headers))
                    .hasMessageContaining("signature");
        });
    }

    @Test
    void isSignedSoThatAProgramInJavaScriptAcceptsIt() throws Exception {
        assumeTrue(works("node", "--version") && works("npm", "--version"), "node and npm are not installed");
        assumeTrue(
                works("npm", "install", "--no-audit", "--no-fund", "standardwebhooks@1.1.1"),
                "standardwebhooks of npm cannot be had");
        try (WebhookSink sink = sink(new WebhookFormat.Single(), SECRET)) {
            sink.deliver(List.of(Events.bareReport(1)));
        }
        Request request = receiver.requests().get(0);
        Files.write(directory.resolve("body"), request.body());
        Files.writeString(directory.resolve("verify.cjs"), """
                const { Webhook } = require("standardwebhooks");
                const body = require("fs").readFileSync("body", "utf8");
                const [secret, id, timestamp, signature] = process.argv.slice(2);
                const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
                process.stdout.write(new Webhook(secret).verify(body, headers).data.tracker);
                """);
        TestProcess.Result verified = run(
                "node",
                "verify.cjs",
                SECRET,
                request.header("webhook-id"),
                request.header("webhook-timestamp"),
                request.header("webhook-signature"));
        assertThat(verified.out()).as(verified.err()).isEqualTo("Ännes \"Rad\" & <Boot>");
    }

    private boolean works(String... command) {
        try {
            return run(command).exitCode() == 0;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private TestProcess.Result run(String... command) {
        return TestProcess.run(new ProcessBuilder(command).directory(directory.toFile()), "", Duration.ofMinutes(1));
    }

    @Test
    void signsWithAnEd25519Key() throws Exception {
        byte[] key = HexFormat.of().parseHex(ED25519_PRIVATE);
        try (WebhookSink sink =
                sink(new WebhookFormat.Single(), "whsk_" + Base64.getEncoder().encodeToString(key))) {
            sink.deliver(List.of(Events.report(1)));
        }
        Request request = receiver.requests().get(0);
        assertThat(request.header("webhook-signature")).startsWith("v1a,");
        Signature signature = Signature.getInstance("Ed25519");
        // The prefix is that of RFC 8410 for a public key.
        signature.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(
                        new X509EncodedKeySpec(HexFormat.of().parseHex("302a300506032b6570032100" + ED25519_PUBLIC))));
        signature.update(
                (request.header("webhook-id") + "." + request.header("webhook-timestamp") + "." + request.text())
                        .getBytes(UTF_8));
        assertThat(signature.verify(Base64.getDecoder()
                        .decode(request.header("webhook-signature").substring("v1a,".length()))))
                .isTrue();
    }

    @Test
    void aBatchHasEachEventWithItsOwnId() throws Exception {
        try (WebhookSink sink = sink(new WebhookFormat.Batch(2), SECRET)) {
            assertThat(sink.deliver(reports(3))).isEqualTo(new Delivery.Done());
        }
        assertThat(receiver.requests())
                .extracting(request -> request.header("webhook-id"))
                .containsExactly("bat_812-0_2", "bat_812-2_1");
        JsonNode batch = JSON.readTree(receiver.requests().get(0).body());
        assertThat(batch.path("type").asText()).isEqualTo("report.batch");
        assertThat(batch.path("data").path("events").findValuesAsText("id"))
                .containsExactly(Events.report(0).id(), Events.report(1).id());
    }

    @Test
    void writesCloudEventsThatAnotherLibraryReads() {
        try (WebhookSink sink = sink(new WebhookFormat.CloudEvents("urn:example:home"), SECRET)) {
            sink.deliver(List.of(Events.report(1), Events.transition(1, false)));
        }
        List<CloudEvent> read = receiver.requests().stream()
                .map(request -> new JsonFormat().deserialize(request.body()))
                .toList();
        assertThat(read).extracting(CloudEvent::getType).containsExactly("report.stored", "place.left");
        assertThat(read.get(0)).satisfies(event -> {
            assertThat(event.getId()).isEqualTo(Events.report(1).id());
            assertThat(event.getSource()).hasToString("urn:example:home");
            assertThat(event.getSubject()).isEqualTo("17");
            assertThat(event.getTime().toInstant()).isEqualTo(Events.report(1).receivedTime());
            assertThat(event.getDataContentType()).isEqualTo("application/json");
        });
        assertThat(receiver.requests().get(0).header("Content-Type")).startsWith("application/cloudevents+json");
        assertThat(receiver.requests().get(0).header("webhook-signature")).startsWith("v1,");
    }

    @Test
    void writesBatchesOfCloudEvents() throws Exception {
        try (WebhookSink sink = sink(new WebhookFormat.CloudEventsBatch("urn:example:home", 100), SECRET)) {
            sink.deliver(reports(3));
        }
        assertThat(receiver.requests()).singleElement().satisfies(request -> {
            assertThat(request.header("Content-Type")).startsWith("application/cloudevents-batch+json");
            for (JsonNode event : JSON.readTree(request.body())) {
                assertThat(new JsonFormat()
                                .deserialize(JSON.writeValueAsBytes(event))
                                .getType())
                        .isEqualTo("report.stored");
            }
        });
    }

    @Test
    void fillsInATextForPeopleWhateverNamesTrackersHave() {
        String template = "{tracker} {event} ({place}{city}) at {time}, {unknown}";
        try (WebhookSink sink = sink(new WebhookFormat.Text(template))) {
            sink.deliver(List.of(
                    Events.report(0),
                    Events.transition(1, false),
                    Events.transition(2, true),
                    Events.report(1, new SightedTracker(9, "{time} $1 \\", Map.of()), Events.TIME)));
        }
        assertThat(receiver.requests())
                .extracting(Request::text)
                .containsExactly(
                        "Bike was seen near Berlin, DE (Berlin, DE) at 2026-11-28T10:00:00Z, {unknown}",
                        "Bike left Home (Home) at 2026-11-28T10:00:00Z, {unknown}",
                        "Bike has not left Home after all (Home) at 2026-11-28T10:00:00Z, {unknown}",
                        "{time} $1 \\ was seen near Berlin, DE (Berlin, DE) at 2026-11-28T10:00:00Z, {unknown}");
        assertThat(receiver.requests()).allSatisfy(request -> {
            assertThat(request.header("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
            assertThat(request.header("webhook-signature")).isEmpty();
        });
    }

    @Test
    void stopsAtAnEventThatIsRefusedSoThatTheOrderStays() {
        receiver.answer(
                request -> request.header("webhook-id").equals(Events.report(1).id())
                        ? new Answer(422, "application/json", "{\"error\":\"no\n\u001b[31m\"}")
                        : Answer.of(200));
        try (WebhookSink sink = sink(new WebhookFormat.Single(), SECRET)) {
            assertThat(sink.deliver(reports(3)))
                    .isEqualTo(new Delivery.Refused(
                            Set.of(Events.report(0).id()),
                            List.of(new Delivery.Refusal(Events.report(1).id(), 422, "{\"error\":\"no  [31m\"}"))));
        }
        assertThat(receiver.requests()).hasSize(2);
    }

    @Test
    void halvesABatchThatIsRefusedUntilItFindsTheEvent() {
        String bad = Events.report(5).id();
        receiver.answer(request -> Answer.of(request.text().contains(bad) ? 400 : 200));
        try (WebhookSink sink = sink(new WebhookFormat.Batch(100), SECRET)) {
            assertThat(sink.deliver(reports(8))).isInstanceOfSatisfying(Delivery.Refused.class, refused -> {
                assertThat(refused.delivered())
                        .isEqualTo(Set.copyOf(
                                reports(5).stream().map(SightingEvent::id).toList()));
                assertThat(refused.refusals())
                        .extracting(Delivery.Refusal::event)
                        .containsExactly(bad);
            });
        }
        assertThat(receiver.requests()).as("8, 4, 4, 2, 1, 1").hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 405, 408, 425, 429, 500, 502, 503, 504})
    void anAnswerThatMayChangeMakesTheSinkWait(int status) {
        receiver.answer(request -> receiver.requests().size() < 2
                ? Answer.of(200)
                : Answer.of(status).with("Location", receiver.url("/elsewhere").toString()));
        try (WebhookSink sink = sink(new WebhookFormat.Single(), SECRET)) {
            assertThat(sink.deliver(reports(3))).isInstanceOfSatisfying(Delivery.TryLater.class, later -> {
                assertThat(later.delivered()).containsExactly(Events.report(0).id());
                assertThat(later.reason()).isEqualTo("it answered " + status);
                assertThat(later.credentials()).isFalse();
            });
        }
        assertThat(receiver.requests())
                .extracting(Request::uri)
                .allMatch(uri -> uri.getPath().equals("/hook"));
    }

    @Test
    void tellsHowLongTheReceiverWantsToBeLeftAlone() {
        MovableClock clock = new MovableClock(Instant.parse("2026-11-28T10:00:00Z"));
        WebhookSettings settings =
                WebhookSettings.of(HttpAddress.of(receiver.url("/")), WebhookSecret.of(SECRET), clock);
        try (WebhookSink sink = new WebhookSink(settings)) {
            receiver.answer(request -> Answer.of(429).with("Retry-After", "120"));
            assertThat(waitOf(sink)).contains(Duration.ofSeconds(120));
            receiver.answer(request -> Answer.of(503).with("Retry-After", "Sat, 28 Nov 2026 10:01:30 GMT"));
            assertThat(waitOf(sink)).contains(Duration.ofSeconds(90));
            receiver.answer(request -> Answer.of(503).with("Retry-After", "soon"));
            assertThat(waitOf(sink)).isEmpty();
        }
    }

    private static Optional<Duration> waitOf(WebhookSink sink) {
        return ((Delivery.TryLater) sink.deliver(reports(1))).retryAfter();
    }

    @Test
    void saysThatCredentialsAreRefusedAndSendsThem() {
        receiver.answer(request -> Answer.of(401));
        HttpAddress address = HttpAddress.of(receiver.url("/"));
        WebhookSettings settings = WebhookSettings.of(address, WebhookSecret.of(SECRET), Clock.systemUTC());
        for (HttpAddress with :
                List.of(address.withCredentials(new Credentials("anna", "päss")), address.withToken("tk_123"))) {
            WebhookSettings own = new WebhookSettings(with, settings.secrets(), settings.format(), settings.clock());
            try (WebhookSink sink = new WebhookSink(own)) {
                assertThat(sink.deliver(reports(1)))
                        .isInstanceOfSatisfying(
                                Delivery.TryLater.class,
                                later -> assertThat(later.credentials()).isTrue());
            }
        }
        assertThat(receiver.requests())
                .extracting(request -> request.header("Authorization"))
                .containsExactly("Basic YW5uYTpww6Rzcw==", "Bearer tk_123");
    }

    @Test
    void endsWhenTheReceiverIsGone() {
        receiver.answer(request -> Answer.of(410));
        try (WebhookSink sink = sink(new WebhookFormat.Batch(100), SECRET)) {
            assertThat(sink.deliver(reports(2))).isEqualTo(new Delivery.SwitchedOff(Set.of(), "it answered 410"));
        }
    }

    @Test
    void aConnectionThatEndsEarlyOrIsRefusedMakesTheSinkWait() {
        receiver.answer(request -> Answer.of(HttpStandIn.Trouble.CLOSE));
        try (WebhookSink sink = sink(new WebhookFormat.Single(), SECRET)) {
            assertThat(sink.deliver(reports(1)))
                    .isInstanceOfSatisfying(
                            Delivery.TryLater.class,
                            later -> assertThat(later.reason()).contains("ended before the answer"));
            receiver.close();
            assertThat(sink.deliver(reports(1)))
                    .isInstanceOfSatisfying(
                            Delivery.TryLater.class,
                            later -> assertThat(later.reason())
                                    .contains("no connection to 127.0.0.1")
                                    .doesNotContain("key=1"));
        }
    }

    @Test
    void aDeliveryThatHangsEndsWhenTheSinkIsClosed() throws Exception {
        receiver.answer(request -> Answer.of(HttpStandIn.Trouble.HANG));
        WebhookSink sink = sink(new WebhookFormat.Single(), SECRET);
        List<Delivery> deliveries = new ArrayList<>();
        Thread thread = new Thread(() -> deliveries.add(sink.deliver(reports(1))));
        thread.start();
        while (receiver.requests().isEmpty()) {
            Thread.onSpinWait();
        }
        sink.close();
        thread.join(Duration.ofSeconds(15).toMillis());
        assertThat(deliveries).singleElement().isInstanceOf(Delivery.TryLater.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "whsec_", "whsec_AAAA", "whsec_???", "whsk_AAAA", "whpk_AAAA"})
    void refusesWhatIsNoSecretWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> WebhookSecret.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("AAAA");
    }

    @Test
    void hidesWhatIsSecret() {
        WebhookSettings settings = WebhookSettings.of(
                HttpAddress.of(receiver.url("/hook?key=geheim")).withCredentials(new Credentials("anna", "geheim")),
                WebhookSecret.of(SECRET),
                Clock.systemUTC());
        assertThat(settings.toString()).doesNotContain("geheim").doesNotContain("MfKQ");
        assertThat(Events.report(1).toString()).doesNotContain("52.1").doesNotContain("13.2");
    }

    private static List<SightingEvent> reports(int count) {
        List<SightingEvent> reports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            reports.add(Events.report(i));
        }
        return reports;
    }
}
