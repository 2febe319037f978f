package org.trackerreports.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.server.support.TestServer;
import org.trackerreports.server.support.TestStore;
import org.trackerreports.testsupport.JavaCommand;
import org.trackerreports.testsupport.TestProcess;

/** More reports of one tracker than fit into the memory of the server. */
class StreamedReportsTest {

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    @Test
    void streamsMoreThanItsHeapHolds() throws Exception {
        streams(120_000);
    }

    @Test
    @Tag("long")
    void streamsMillions() throws Exception {
        streams(4_000_000);
    }

    private void streams(int reports) throws Exception {
        try (TestStore data = new TestStore(Clock.systemUTC())) {
            long tracker = data.addTracker("Bike", Map.of());
            // One each minute, the newest one now; each hundredth is one of two twins.
            data.execute(
                    "INSERT INTO location_reports (hashed_adv_key, \"timestamp\", location, confidence, horizontal_accuracy,"
                            + " nearest_city, tracker_id, status, payload, digest, batch)"
                            + " SELECT 'key', date_trunc('minute', now()) - (n + CASE WHEN n % 100 = 1 THEN 1 ELSE 0 END) * interval '1 minute',"
                            + " location_of(n % 80, CASE WHEN n % 100 < 2 THEN 0 ELSE n % 170 END), 2, 20 + n % 100, 'Berlin, DE', "
                            + tracker + ", 32, decode(repeat(md5(n::text), 5), 'hex'), md5(n::text)::uuid, 0"
                            + " FROM generate_series(1, " + reports + ") n");
            // Nobody reads what it would log.
            Path silent = Files.writeString(
                    directory.resolve("logback.xml"), "<configuration><root level=\"OFF\"/></configuration>");
            ProcessBuilder builder = new ProcessBuilder(JavaCommand.ofClass(
                            List.of(
                                    "-Xmx48m",
                                    "-XX:+UseSerialGC",
                                    "-XX:+ExitOnOutOfMemoryError",
                                    "-Dlogback.configurationFile=" + silent),
                            TinyHeapServer.class))
                    .redirectError(Path.of("target", "tiny-heap-server.log").toFile());
            builder.environment().put("URL", data.dataSource().getJdbcUrl());
            try (TestProcess server = TestProcess.start(builder)) {
                port = Integer.parseInt(
                        new BufferedReader(new InputStreamReader(server.output(), StandardCharsets.UTF_8))
                                .lines()
                                .filter(line -> line.matches("\\d+"))
                                .findFirst()
                                .orElseThrow());
                String path = "/api/v1/trackers/" + tracker + "/";
                for (Map.Entry<String, String> format : Map.of(
                                "geojsonseq", "\u001e{\"type\":\"Feature\"",
                                "geojson", "{\"type\":\"Feature\",",
                                "csv", "Bike,",
                                "gpx", "<trkpt ")
                        .entrySet()) {
                    assertThat(lines(path + "reports?from=2001-01-01&format=" + format.getKey(), format.getValue()))
                            .as(format.getKey())
                            .isEqualTo(reports);
                }
                JsonNode hours = TestServer.parsed(whole(path + "history?by=hour&from=2001-01-01&limit=2"));
                assertThat(hours.path("history")).isEmpty();
                data.store.history().refresh();
                hours = TestServer.parsed(whole(path + "history?by=hour&from=2001-01-01&limit=2"));
                assertThat(hours.path("history")).hasSize(2);
                assertThat(hours.path("next").isTextual()).isTrue();
                assertThat(server.isAlive()).isTrue();

                assertThatThrownBy(() -> whole("/api/v1/all-in-memory")).isInstanceOf(IOException.class);
                assertThat(server.exitCode(Duration.ofSeconds(30)))
                        .as("the heap is too small for all of them, so the others prove something")
                        .isEqualTo(3);
            }
        }
    }

    private <T> T get(String path, HttpResponse.BodyHandler<T> handler) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        HttpResponse<T> answer = client.send(request, handler);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private String whole(String path) throws Exception {
        return get(path, HttpResponse.BodyHandlers.ofString());
    }

    /** How many lines begin with a text. They are counted as they come: this process holds no more of them than the server. */
    private long lines(String path, String begin) throws Exception {
        try (InputStream body = get(path, HttpResponse.BodyHandlers.ofInputStream());
                BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> line.startsWith(begin)).count();
        }
    }
}
