package org.trackerreports.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.route.Scope;
import org.trackerreports.server.route.UploadedPart;
import org.trackerreports.server.settings.ServerListener;
import org.trackerreports.server.support.TestServer;
import org.trackerreports.server.support.TestStore;
import org.trackerreports.testsupport.MovableClock;

/** Requests that are slow, huge, many, or not what they seem. */
class LimitsTest {

    private static final MovableClock CLOCK = new MovableClock(Instant.parse("2026-11-29T12:00:00Z"));

    private static TestStore data;
    private static TestServer server;

    @BeforeAll
    static void start() {
        data = new TestStore(CLOCK);
        Route echo = new Route(
                        "POST",
                        "/echo",
                        Scope.READ,
                        request -> Answer.text(200, "text/plain", Integer.toString(request.body().length)))
                .withBodyLimit(1_000);
        Route form = new Route(
                "POST",
                "/form",
                Scope.READ,
                request -> Answer.text(
                        200,
                        "text/plain",
                        String.join(
                                "|",
                                request.parts().stream().map(LimitsTest::shown).toList())));
        server = new TestServer(
                data.dataSource(), CLOCK, List.of(echo, form), ServerListener.NONE, settings -> settings);
    }

    private static String shown(UploadedPart part) {
        return part.name() + "/" + part.fileName().orElse("-") + "/"
                + part.mediaType().orElse("-") + "/" + new String(part.content(), StandardCharsets.UTF_8);
    }

    @AfterAll
    static void stop() {
        server.close();
        data.close();
    }

    private static String host() {
        return "Host: 127.0.0.1:" + server.server.port() + "\r\nOrigin: " + server.origin() + "\r\n";
    }

    @Test
    void aBodyOfTheLimitIsTakenAndALargerOneRefused() throws IOException {
        assertThat(server.write("POST", "/echo", "x".repeat(1_000)).body()).isEqualTo("1000");
        assertThat(server.write("POST", "/echo", "x".repeat(1_001)).statusCode())
                .isEqualTo(413);

        String chunk = "1f4\r\n" + "y".repeat(500) + "\r\n";
        String chunked = server.raw("POST /echo HTTP/1.1\r\n" + host() + "Transfer-Encoding: chunked\r\n\r\n"
                + chunk.repeat(3) + "0\r\n\r\n");
        assertThat(chunked).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void aHugeHeadIsRefused() throws IOException {
        assertThat(server.raw(
                        "GET /api/v1/session HTTP/1.1\r\n" + host() + "X-Long: " + "z".repeat(40_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../../../etc/passwd",
                "/..%2f..%2fetc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/lib/../../route/Answer.class",
                "/.git/config",
                "/module-info.class",
                "/page/index.html",
                "//etc/passwd",
                "/lib//x.js",
                "/index.html%00.js",
                "/s/..%5c..%5cx",
                "/basemap.pmtiles"
            })
    void noPathLeadsOutOfTheFiles(String path) throws IOException {
        String answer = server.raw("GET " + path + " HTTP/1.1\r\n" + host() + "Connection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1\\.1 (400|404) .*").doesNotContain("root:");
    }

    @Test
    void whatIsNoHttpGetsAnAnswerAndNothingElse() throws IOException {
        assertThat(server.raw("\u0016\u0003\u0001\u0000garbage\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(server.raw("GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(server.raw("BREW /api/v1/trackers HTTP/1.1\r\n" + host() + "Connection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405 ");
    }

    /** They wait without a thread: more of them than there are threads do not keep anybody else from being answered. */
    @Test
    void manySlowRequestsHoldNoThread() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket socket = server.connect();
                String begun = i % 2 == 0
                        ? "GET /api/v1/session HTTP/1.1\r\nHost: 127"
                        : "POST /echo HTTP/1.1\r\n" + host() + "Content-Length: 900\r\n\r\nonly this";
                socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }

            assertThat(server.get("/api/v1/session").statusCode()).isEqualTo(200);

            Socket last = slow.get(199);
            last.getOutputStream().write("w".repeat(891).getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[12];
            assertThat(last.getInputStream().readNBytes(answer, 0, 12)).isEqualTo(12);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void connectionsBeyondTheLimitWaitUntilOthersEnd() throws IOException {
        try (TestServer small = new TestServer(
                data.dataSource(), CLOCK, List.of(), ServerListener.NONE, settings -> settings.eventStreams(1))) {
            List<Socket> many = new ArrayList<>();
            try {
                while (many.size() < 3_000) {
                    Socket socket = new Socket();
                    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), small.server.port()), 2_000);
                    many.add(socket);
                }
            } catch (SocketTimeoutException e) {
                // Neither the server nor the queue of the operating system takes another one.
                assertThat(many).hasSizeBetween(1_001, 2_999);
            }
            for (Socket socket : many) {
                socket.close();
            }

            assertThat(small.get("/api/v1/session").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void markupInNamesStaysText() {
        String name = "<script>alert(1)</script>\"&'";
        long id = data.addTracker(name, Map.of("<b>", "\"]}"));
        String key = TestStore.newKey();
        data.store.trackers().registerKeys(id, List.of(key));
        data.insert(TestStore.report(key, CLOCK.instant().minusSeconds(60), 52.5, 13.4));

        assertThat(server.json("/api/v1/trackers/" + id).path("name").asText()).isEqualTo(name);
        assertThat(server.get("/api/v1/trackers/" + id).headers().firstValue("Content-Type"))
                .hasValue("application/json");
        assertThat(server.get("/api/v1/trackers/" + id + "/reports?format=gpx").body())
                .contains("<name>&lt;script&gt;alert(1)&lt;/script&gt;\"&amp;'</name>");
        assertThat(server.get("/api/v1/trackers/" + id + "/reports?format=csv").body())
                .contains("\r\n\"<script>alert(1)</script>\"\"&'\",");
    }

    @Test
    void aFormIsTakenApart() {
        String body = "--XyZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a %22b%22.keys\"\r\n"
                + "Content-Type: text/plain\r\n\r\nline one\r\n--not the end\r\n\r\n--XyZ\r\n"
                + "Content-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--XyZ--\r\n";

        assertThat(server.write("POST", "/form", body, "Content-Type", "multipart/form-data; boundary=XyZ")
                        .body())
                .isEqualTo("file/a \"b\".keys/text/plain/line one\r\n--not the end\r\n|empty/-/-/");
        for (String wrong : List.of("", "--XyZ", "--XyZ\r\n\r\n\r\n--XyZ--", body.substring(0, body.length() - 8))) {
            assertThat(server.write("POST", "/form", wrong, "Content-Type", "multipart/form-data; boundary=XyZ")
                            .statusCode())
                    .isEqualTo(400);
        }
        assertThat(server.write("POST", "/form", body, "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void anAnswerIsCompressedForWhoTakesThat() throws IOException {
        for (int i = 0; i < 50; i++) {
            data.addTracker("compressed " + i, Map.of());
        }
        String request = "GET /api/v1/trackers?q=compressed HTTP/1.1\r\n" + host() + "Connection: close\r\n";

        assertThat(server.raw(request + "Accept-Encoding: br, gzip;q=0.5\r\n\r\n"))
                .contains("Content-Encoding: gzip", "Vary: Accept-Encoding");
        assertThat(server.raw(request + "Accept-Encoding: gzip;q=0\r\n\r\n")).doesNotContain("Content-Encoding");
        assertThat(server.raw(request + "\r\n"))
                .doesNotContain("Content-Encoding")
                .contains("compressed 49");
    }
}
