package org.trackerreports.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.server.settings.ServerListener;
import org.trackerreports.server.support.ServerCertificate;
import org.trackerreports.server.support.TestServer;
import org.trackerreports.server.support.TestStore;
import org.trackerreports.store.access.TokenScope;
import org.trackerreports.testsupport.FreePorts;
import org.trackerreports.testsupport.MovableClock;
import org.trackerreports.testsupport.TestProcess;

/** The server behind a real nginx, with the configuration of the deployment examples: base path, TLS, forwarded headers and live events. */
class NginxTest {

    private static final Path CONFIGURATION = Path.of("../examples/deployment/nginx/findmy.conf");
    private static final MovableClock CLOCK = new MovableClock(Instant.now());
    private static final String KEY = TestStore.newKey();

    @TempDir
    private static Path directory;

    private static TestStore data;
    private static TestServer server;
    private static TestProcess nginx;
    private static HttpClient client;
    private static int port;
    private static int plainPort;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> program = Stream.of("/usr/sbin/nginx", "/usr/bin/nginx")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            System.out.println("Not tested: the server behind nginx, because nginx is not installed.");
        }
        assumeTrue(program.isPresent(), "nginx is not installed");
        data = new TestStore(CLOCK);
        data.addTracker("Bike", Map.of(), KEY);
        data.judge();
        token = data.token("admin", TokenScope.ADMIN, Map.of());
        server = new TestServer(
                data.dataSource(),
                CLOCK,
                List.of(),
                ServerListener.NONE,
                settings -> settings.basePath("/trackers").tokenRequired(true));
        ServerCertificate certificate = ServerCertificate.in(directory);
        client = HttpClient.newBuilder().sslContext(certificate.trusting()).build();
        port = FreePorts.next();
        plainPort = FreePorts.next();
        nginx = TestProcess.start(new ProcessBuilder(
                program.get().toString(),
                "-p",
                directory.toString(),
                "-c",
                Files.writeString(directory.resolve("nginx.conf"), configuration(certificate))
                        .toString()));
        awaitStart(nginx.errors());
    }

    /** The example with other ports, names and files, and around it what a system's own configuration has. */
    private static String configuration(ServerCertificate certificate) throws IOException {
        String site = Files.readString(CONFIGURATION);
        Map<String, String> changes = Map.of(
                "listen 443 ssl;",
                "listen 127.0.0.1:" + port + " ssl;",
                "listen 80;",
                "listen 127.0.0.1:" + plainPort + ";",
                "server_name example.org;",
                "server_name localhost;",
                "/etc/ssl/certs/example.org.pem",
                certificate.files().certificate().toString(),
                "/etc/ssl/private/example.org.key",
                certificate.files().key().toString(),
                "http://127.0.0.1:8467;",
                "http://127.0.0.1:" + server.server.port() + ";");
        for (Map.Entry<String, String> change : changes.entrySet()) {
            assertThat(site).contains(change.getKey());
            site = site.replace(change.getKey(), change.getValue());
        }
        StringBuilder folders = new StringBuilder();
        for (String folder : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            folders.append(folder).append("_temp_path ").append(folder).append(";\n");
        }
        // One process, which ends when it is killed.
        return "daemon off;\nmaster_process off;\npid nginx.pid;\nerror_log stderr notice;\nevents {}\nhttp {\naccess_log off;\n"
                + folders + site + "}\n";
    }

    /** Says so as soon as its ports are open. */
    private static void awaitStart(InputStream errors) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(errors, StandardCharsets.UTF_8));
        StringBuilder all = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains("OS: ")) {
                return;
            }
            all.append(line).append('\n');
        }
        throw new IOException("nginx did not start: " + all);
    }

    @AfterAll
    static void stop() {
        if (nginx != null) {
            nginx.close();
        }
        if (server != null) {
            server.close();
        }
        if (data != null) {
            data.close();
        }
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + port + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void servesPageAndApiUnderItsPath() throws Exception {
        HttpResponse<String> page = send(request("/trackers/"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).startsWith("<!doctype html>");
        HttpResponse<String> bare = send(request("/trackers"));
        assertThat(bare.statusCode()).isEqualTo(301);
        assertThat(bare.headers().firstValue("Location")).hasValue("https://localhost:" + port + "/trackers/");
        assertThat(send(request("/")).statusCode()).isEqualTo(404);

        HttpResponse<String> trackers =
                send(request("/trackers/api/v1/trackers").header("Authorization", "Bearer " + token));
        assertThat(TestServer.parsed(trackers.body()).path("total").asInt()).isEqualTo(1);
        String tag = trackers.headers().firstValue("ETag").orElseThrow();
        assertThat(send(request("/trackers/api/v1/trackers")
                                .header("Authorization", "Bearer " + token)
                                .header("If-None-Match", tag))
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void sendsPlainHttpToTls() throws Exception {
        HttpResponse<String> plain =
                send(HttpRequest.newBuilder(URI.create("http://localhost:" + plainPort + "/trackers/?a=b")));

        assertThat(plain.statusCode()).isEqualTo(301);
        assertThat(plain.headers().firstValue("Location")).hasValue("https://localhost/trackers/?a=b");
    }

    @Test
    void nobodyBehindItCountsAsAProgramOfThisMachine() throws Exception {
        HttpResponse<String> answer = send(request("/trackers/api/v1/trackers"));

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void signsInWithACookieForTlsOnly() throws Exception {
        HttpResponse<String> signedIn = send(request("/trackers/login")
                .header("Origin", "https://localhost:" + port)
                .POST(HttpRequest.BodyPublishers.ofString("{\"token\": \"" + token + "\"}")));

        assertThat(signedIn.statusCode()).isEqualTo(204);
        String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("; Secure").contains("HttpOnly").contains("SameSite=Strict");
        String value = cookie.substring(0, cookie.indexOf(';'));
        HttpRequest.Builder place = request("/trackers/api/v1/places").header("Cookie", value);
        String body = "{\"name\":\"Home\",\"lat\":1,\"lon\":1,\"radius_m\":100}";
        assertThat(send(place.copy()
                                .header("Origin", "https://elsewhere.example")
                                .POST(HttpRequest.BodyPublishers.ofString(body)))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(place.copy()
                                .header("Origin", "https://localhost:" + port)
                                .POST(HttpRequest.BodyPublishers.ofString(body)))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void wrongTokensCountForWhomNginxNames() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(send(request("/trackers/api/v1/trackers").header("Authorization", "Bearer trt_wrong"))
                            .statusCode())
                    .isEqualTo(401);
        }
        // Whatever a client claims, nginx adds where it comes from, and that counts.
        assertThat(send(request("/trackers/api/v1/trackers")
                                .header("X-Forwarded-For", "192.0.2.99")
                                .header("Authorization", "Bearer trt_wrong"))
                        .statusCode())
                .isEqualTo(429);
        CLOCK.advance(Duration.ofMinutes(2));
    }

    @Test
    void liveEventsComeAtOnce() throws Exception {
        HttpResponse<InputStream> events = client.send(
                request("/trackers/api/v1/events")
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(events.statusCode()).isEqualTo(200);
        assertThat(events.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < 3; i++) {
                data.insert(TestStore.report(KEY, CLOCK.instant().minusSeconds(600 - i), 52.5 + i, 13.4));
                data.judge();
                // The stream stays open, so whatever is read was not held back for more to come.
                String line;
                do {
                    line = lines.readLine();
                } while (!line.startsWith("data: ") || !line.contains("\"lat\""));
                JsonNode event = TestServer.parsed(line.substring("data: ".length()));
                assertThat(event.toString()).contains("\"lat\":" + (52.5 + i));
            }
        }
    }
}
