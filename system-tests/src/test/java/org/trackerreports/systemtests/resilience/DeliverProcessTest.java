package org.trackerreports.systemtests.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.movement.MovementJudge;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.movement.JudgingSettings;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.schema.DatabasePurpose;
import org.trackerreports.systemtests.resilience.WebhookReceiver.Request;

/** The daemon with the role {@code deliver} alone, as a process of its own, with a role of the database that cannot read secrets. */
class DeliverProcessTest {

    private static final System.Logger LOG = System.getLogger(DeliverProcessTest.class.getName());
    private static final String ROLE = "told";

    @TempDir
    private static Path shared;

    private static DatabaseServer server;

    private final WebhookReceiver receiver = new WebhookReceiver();

    @TempDir
    private Path directory;

    private DataSource database;
    private ReportStore store;

    @BeforeAll
    static void startServer() throws SQLException {
        server = new DatabaseServer(shared);
        DatabaseServer.execute(server.create("roles"), "CREATE ROLE " + ROLE + " LOGIN");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @AfterEach
    void closeReceiver() {
        receiver.close();
    }

    private void create(String name) throws SQLException {
        database = server.create(name);
        store = MovedFleet.openIn(database);
        Schema.grant(database, ROLE, DatabasePurpose.DELIVER);
    }

    private FetcherProcess process(String name, boolean unjudged) {
        Map<String, String> environment = new HashMap<>();
        environment.put("ROLES", "deliver");
        environment.put("DB_HOST", "127.0.0.1");
        environment.put("DB_PORT", Integer.toString(server.port()));
        environment.put("DB_NAME", name);
        environment.put("DB_USER", ROLE);
        environment.put("DB_PASSWORD", "not asked for");
        // Nobody listens there.
        environment.put("REDIS_URL", "redis://127.0.0.1:1");
        environment.put("HTTP_PORT", "0");
        environment.put("SINKS_DIR", directory.resolve("sinks").toString());
        environment.put("DELIVER_UNJUDGED", Boolean.toString(unjudged));
        return new FetcherProcess(
                directory.resolve("process"),
                environment,
                List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    }

    /** Every report, whatever it is like, and nothing else. */
    private void writeSink(String... more) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "TYPE=webhook",
                "URL=" + receiver.url(),
                "START=beginning",
                "EVENTS=report.stored",
                "MIN_CONFIDENCE=0",
                "FLAGS=with"));
        lines.addAll(List.of(more));
        Files.createDirectories(directory.resolve("sinks"));
        Files.write(directory.resolve("sinks/hook.conf"), lines);
    }

    private static void within(BooleanSupplier condition) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(condition::getAsBoolean);
    }

    @Test
    void needsItsOwnRightsAloneAndReadsASecretAgainOnHangUp() throws Exception {
        assumeThat(hangUpIsIgnored()).as("as under nohup").isFalse();
        create("hang_up");
        List<List<NewReport>> batches = new MovedFleet(new Random(4), 2, 12).batches();
        String first = secret("a");
        String second = secret("b");
        // Elsewhere, so that no change of the directory shows that it is another one.
        Path file = Files.writeString(directory.resolve("secret"), first);
        writeSink("SECRET_FILE=" + file);
        try (FetcherProcess process = process("hang_up", true)) {
            process.start();
            store.reports().insert(batches.get(0), List.of());
            within(() -> receiver.requests().size() == 12);
            assertThat(receiver.requests())
                    .allSatisfy(request -> assertThat(request.signature()).isEqualTo(signature(first, request)));

            Files.writeString(file, second);
            process.hangUp();
            within(() -> process.log().split("Sinks served: hook\\.", -1).length == 3);
            store.reports().insert(batches.get(1), List.of());
            within(() -> receiver.requests().size() == 24);
            assertThat(receiver.requests().subList(12, 24))
                    .allSatisfy(request -> assertThat(request.signature()).isEqualTo(signature(second, request)));
            assertThat(process.stop()).isEqualTo(143);
            assertThat(process.log())
                    .contains("SIGHUP received", "Daemon stopped.")
                    .doesNotContain(" WARN ", " ERROR ");
        }
        assertThat(directory.resolve("process/data/master.key")).doesNotExist();
    }

    /** The signals that this process ignores are ignored by those that it starts. */
    private static boolean hangUpIsIgnored() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> line.strip().matches(".*[13579bdf]"));
    }

    private static String secret(String letter) {
        return "whsec_" + Base64.getEncoder().encodeToString(letter.repeat(32).getBytes(UTF_8));
    }

    /** As Standard Webhooks 1.0.0 says. */
    private static String signature(String secret, Request request) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
        String signed = request.id() + "." + request.timestamp() + "." + request.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
    }

    @Test
    void everyEventArrivesInOrderAlthoughTheProcessIsKilled() throws Exception {
        killing("killed", 4);
    }

    @Test
    @Tag("long")
    void everyEventArrivesInOrderAlthoughTheProcessIsKilledAHundredTimes() throws Exception {
        killing("often_killed", 100);
    }

    /** Every other life ends between a delivery and its answer, the others at any time after a delivery. */
    private void killing(String name, int kills) throws Exception {
        long seed = Instant.now().toEpochMilli();
        LOG.log(System.Logger.Level.INFO, "Seed {0}", Long.toString(seed));
        Random random = new Random(seed);
        create(name);
        writeSink();
        // 36 reports in a life, so that each of them has more to do than it lives to do.
        List<List<NewReport>> batches = new MovedFleet(random, 3 * kills, 12).batches();
        List<String> expected = new ArrayList<>();
        try (FetcherProcess process = process(name, false)) {
            for (int kill = 0; kill < kills; kill++) {
                for (List<NewReport> batch : batches.subList(3 * kill, 3 * kill + 3)) {
                    store.reports().insert(batch, List.of());
                    batch.stream()
                            .map(report -> report.timestamp().toString())
                            .sorted()
                            .forEach(expected::add);
                }
                judge();
                CountDownLatch due = new CountDownLatch(1 + random.nextInt(30));
                CountDownLatch dead = new CountDownLatch(kill % 2 == 0 ? 1 : 0);
                receiver.beforeAnswer(() -> {
                    due.countDown();
                    if (due.getCount() == 0) {
                        awaitUnlessInterrupted(dead);
                    }
                });
                process.start();
                assertThat(due.await(60, TimeUnit.SECONDS)).as(process.log()).isTrue();
                process.kill();
                dead.countDown();
                // So that the next life need not wait until the claim ends by itself.
                DatabaseServer.execute(
                        database,
                        "UPDATE feed_cursors SET owned_until = now() - interval '1 second' WHERE consumer = 'sink:hook'");
            }
            receiver.beforeAnswer(() -> {});
            process.start();
            within(() -> distinct().size() == expected.size());
        }
        assertThat(distinct().values().stream()
                        .map(request -> request.json().at("/data/event_time").asText()))
                .containsExactlyElementsOf(expected);
        assertThat(receiver.requests()).as("doubles").hasSizeGreaterThan(expected.size());
        Map<String, Request> first = distinct();
        // Flags may have changed in between.
        assertThat(receiver.requests()).allSatisfy(request -> {
            for (String part : List.of("/id", "/data/position", "/data/tracker_id", "/data/event_time")) {
                assertThat(request.json().at(part))
                        .isEqualTo(first.get(request.id()).json().at(part));
            }
        });
    }

    private static void awaitUnlessInterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void judge() {
        JudgingSettings settings = new JudgingSettings("test", 1_000, 2, Duration.ofDays(8));
        boolean more = true;
        while (more) {
            more = store.judging().step(new MovementJudge(), settings).more();
        }
    }

    /** Each event once, in the order in which it came first. */
    private Map<String, Request> distinct() {
        Map<String, Request> distinct = new LinkedHashMap<>();
        receiver.requests().forEach(request -> distinct.putIfAbsent(request.id(), request));
        return distinct;
    }
}
