package org.trackerreports.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.server.settings.ServerListener;
import org.trackerreports.server.settings.ServerSettings;
import org.trackerreports.server.settings.TileServer;
import org.trackerreports.server.settings.TlsFiles;
import org.trackerreports.server.support.ServerCertificate;
import org.trackerreports.server.support.TestServer;
import org.trackerreports.server.support.TestStore;
import org.trackerreports.store.ReportStore;

/** The files of the page, the street map, and the certificate. */
class FilesTest {

    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    static Path directory;

    private static TestStore data;
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        data = new TestStore(CLOCK);
        Path map = Files.writeString(directory.resolve("region.pmtiles"), "PMTiles\u00030123456789");
        server = new TestServer(
                data.dataSource(),
                CLOCK,
                List.of(),
                ServerListener.NONE,
                settings -> settings.basePath("/trackers")
                        .basemap(Optional.of(map))
                        .tiles(Optional.of(new TileServer("https://{s}.tile.example.org/{z}/{x}/{y}.png", "them"))));
    }

    @AfterAll
    static void stop() {
        server.close();
        data.close();
    }

    @Test
    void thePageOfTheApiIsServedWithAStrictPolicy() {
        HttpResponse<String> page = server.get("/api/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("api.js");
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains(
                        "default-src 'self'",
                        "img-src 'self' data: https://*.tile.example.org;",
                        "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        String tag = page.headers().firstValue("ETag").orElseThrow();
        assertThat(server.get("/api/", "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(server.get("/api/api.js").headers().firstValue("Content-Type"))
                .hasValue("text/javascript;charset=utf-8");
    }

    @Test
    void thePageAndTheLibraryOfItsMapAreThere() {
        assertThat(server.get("/").body()).containsIgnoringCase("<!doctype html>");
        assertThat(server.get("/lib/leaflet/leaflet.js").body()).contains("Leaflet 1.9.4");
        assertThat(server.get("/lib/leaflet/leaflet.css").headers().firstValue("Content-Type"))
                .hasValue("text/css;charset=utf-8");
        assertThat(server.get("/lib/countries-50m.json").body()).startsWith("{\"type\":\"Topology\"");
        assertThat(server.get("/s/anything").body()).contains("Shared trackers");
    }

    @Test
    void answersWithAndWithoutTheBasePath() {
        for (String path : List.of("/api/v1/session", "/trackers/api/v1/session", "/api/", "/trackers/api/")) {
            assertThat(server.get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(server.get("/trackersapi/").statusCode()).isEqualTo(404);
    }

    @Test
    void aPageWithoutItsSlashLeadsToItBehindTheBasePathToo() {
        for (String path : List.of("/setup/", "/trackers/setup/")) {
            assertThat(server.get(path).body()).as(path).contains("<title>Set-up");
        }
        for (String path : List.of("/setup", "/trackers/setup")) {
            HttpResponse<String> answer = server.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(302);
            // Relative to what was asked for, whatever a proxy made of that.
            assertThat(answer.headers().firstValue("Location")).hasValue("setup/");
        }
        assertThat(server.get("/trackers").headers().firstValue("Location")).hasValue("/trackers/");
        assertThat(server.get("/lib").statusCode()).isEqualTo(404);
    }

    @Test
    void partsOfTheStreetMapCanBeRead() {
        HttpResponse<String> part = server.get("/basemap.pmtiles", "Range", "bytes=8-11");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("0123");
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 8-11/18");
        assertThat(part.headers().firstValue("Content-Length")).hasValue("4");
        assertThat(server.get("/basemap.pmtiles", "Range", "bytes=16-99").body())
                .isEqualTo("89");
        assertThat(server.get("/basemap.pmtiles", "Range", "bytes=18-").statusCode())
                .isEqualTo(416);
        assertThat(server.get("/basemap.pmtiles").body()).endsWith("0123456789");
    }

    @Test
    void aPortInUseIsSaid() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                PositionServer second = new PositionServer(
                        ReportStore.openWithoutSecrets(data.dataSource(), CLOCK),
                        ServerSettings.builder()
                                .listenOn("127.0.0.1", taken.getLocalPort())
                                .build(),
                        List.of(),
                        ServerListener.NONE,
                        CLOCK)) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the port " + taken.getLocalPort() + " of 127.0.0.1 cannot be used");
        }
    }

    @Test
    void speaksTlsWithACertificateAndItsKey() throws Exception {
        ServerCertificate certificate = ServerCertificate.in(directory);
        TlsFiles files = certificate.files();
        try (TestServer encrypted = new TestServer(
                data.dataSource(),
                CLOCK,
                List.of(),
                ServerListener.NONE,
                settings -> settings.tls(Optional.of(files)))) {
            HttpClient client =
                    HttpClient.newBuilder().sslContext(certificate.trusting()).build();

            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(
                                    URI.create("https://localhost:" + encrypted.server.port() + "/api/v1/trackers"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(encrypted.server.address().getScheme()).isEqualTo("https");
        }
        Files.writeString(files.key(), "no key");
        assertThatThrownBy(() -> new PositionServer(
                        data.store,
                        ServerSettings.builder().tls(Optional.of(files)).build(),
                        List.of(),
                        ServerListener.NONE,
                        CLOCK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has no key in it; expected PEM");
    }
}
