package org.trackerreports.fetcher.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trackerreports.core.config.ConfigurationException;
import org.trackerreports.fetcher.operations.Page.Reply;

class EndpointTest {

    private static final String LOOPBACK = "127.0.0.1";

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private Endpoint endpoint;

    @BeforeEach
    void open() throws ConfigurationException {
        endpoint = Endpoint.open(
                LOOPBACK,
                0,
                List.of("fetcher-1"),
                Map.of(
                        "/status", () -> new Reply(200, "application/json", "{}".getBytes(StandardCharsets.UTF_8)),
                        "/health/ready", () -> new Reply(503, "application/json", new byte[0]),
                        "/broken",
                                () -> {
                                    throw new IllegalStateException("a secret detail");
                                }));
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void answersItsPagesAndNamesThemToWhoeverMissesOne() throws Exception {
        assertThat(endpoint.address().getAddress().isLoopbackAddress()).isTrue();
        HttpResponse<String> status = get("/status");
        assertThat(status.statusCode()).isEqualTo(200);
        assertThat(status.body()).isEqualTo("{}");
        assertThat(status.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(status.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(get("/status?verbose").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        HttpResponse<String> missing = get("/health");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("/broken /health/ready /status");
        assertThat(get("/status/").statusCode()).isEqualTo(404);
    }

    @Test
    void answersHeadWithoutBodyAndRefusesToChangeAnything() throws Exception {
        HttpResponse<String> head = send("HEAD", "/status");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        HttpResponse<String> post = send("POST", "/status");
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void aPageThatFailsTellsNoDetails() throws Exception {
        HttpResponse<String> broken = get("/broken");
        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(broken.body()).doesNotContain("secret").contains("see the log");
        assertThat(get("/status").statusCode()).isEqualTo(200);
    }

    @Test
    void answersOnlyUnderTheNamesThatItHas() throws Exception {
        for (String name :
                List.of("127.0.0.1", "localhost", "LOCALHOST:8466", "[::1]:1", "127.1.2.3", "fetcher-1:8466", "")) {
            assertThat(statusFor(name)).as(name).isEqualTo("HTTP/1.1 200 OK");
        }
        for (String name : List.of(
                "attacker.example",
                "attacker.example:8466",
                "127.0.0.1.attacker.example",
                "localhost.attacker.example",
                "192.0.2.1",
                "fetcher-1.attacker.example",
                "127.0.0.1\r\nHost: attacker.example")) {
            assertThat(statusFor(name)).as(name).startsWith("HTTP/1.1 421");
        }
        assertThat(answerTo(
                        "GET http://attacker.example/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
    }

    @Test
    void answersUnderEveryAddressWhereItListensOnAll() throws Exception {
        InetAddress any = InetAddress.getByName("0.0.0.0");
        HostNames names = new HostNames("0.0.0.0", any, List.of());
        assertThat(names.contain(List.of("10.1.2.3:8466"))).isTrue();
        assertThat(names.contain(List.of("[fd00::7]:8466"))).isTrue();
        assertThat(names.contain(List.of("attacker.example:8466"))).isFalse();
        HostNames one = new HostNames("fetcher.example", InetAddress.getByName("192.0.2.1"), List.of(""));
        assertThat(one.contain(List.of("FETCHER.example.:80"))).isTrue();
        assertThat(one.contain(List.of("192.0.2.1:80"))).isTrue();
        assertThat(one.contain(List.of("192.0.2.2:80"))).isFalse();
    }

    /** The first line of the answer. Without a name the request is one of HTTP/1.0. */
    private String statusFor(String name) throws IOException {
        return answerTo(
                name.isEmpty()
                        ? "GET /status HTTP/1.0\r\n\r\n"
                        : "GET /status HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n");
    }

    private String answerTo(String request) throws IOException {
        try (Socket socket =
                new Socket(endpoint.address().getAddress(), endpoint.address().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            return new String(answer, StandardCharsets.US_ASCII)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    /** More than there are threads: half of them in the middle of the request line, half in the middle of a header. */
    @Test
    void slowClientsKeepNobodyElseFromAnAnswer() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int number = 0; number < 200; number++) {
                Socket socket = new Socket(
                        endpoint.address().getAddress(), endpoint.address().getPort());
                String part = number % 2 == 0 ? "GET /status HT" : "GET /status HTTP/1.1\r\nHost: local";
                socket.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
                if (number % 10 == 0) {
                    assertThat(get("/status").statusCode())
                            .as("beside %d", number)
                            .isEqualTo(200);
                }
            }
            for (int probe = 0; probe < 12; probe++) {
                assertThat(get("/status").statusCode()).isEqualTo(200);
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** Neither a request line nor a header that never ends, nor a large body, is read to its end. */
    @Test
    void largeRequestsAreCutOffAndKeepNobodyElseFromAnAnswer() throws Exception {
        byte[] megabyte = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        for (String begin : List.of(
                "GET /",
                "GET /status HTTP/1.1\r\nHost: localhost\r\nX: ",
                "POST /status HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n",
                "POST /status HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n40000000\r\n")) {
            int sent = 0;
            try (Socket socket = new Socket(
                    endpoint.address().getAddress(), endpoint.address().getPort())) {
                socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
                while (sent < 64) {
                    socket.getOutputStream().write(megabyte);
                    sent++;
                }
            } catch (IOException e) {
                // The connection was closed, as it must be.
                assertThat(get("/status").statusCode()).isEqualTo(200);
            }
            assertThat(sent).as("megabytes after \"%s\"", begin).isLessThan(16);
        }
    }

    @Test
    void aTakenPortIsToldWithWhatToDo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            assertThatThrownBy(() -> Endpoint.open(LOOPBACK, taken.getLocalPort(), List.of(), Map.of()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("HTTP_PORT is " + taken.getLocalPort() + " on HTTP_BIND " + LOOPBACK)
                    .hasMessageContaining("Address already in use")
                    .hasMessageContaining("--http-port " + (taken.getLocalPort() + 1));
        }
    }

    @Test
    void anAddressThatIsNotThisMachinesIsToldAsSuch() {
        assertThatThrownBy(() -> Endpoint.open("no such host", 0, List.of(), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("HTTP_BIND is 'no such host'");
        // Reserved for documentation, so no machine has it.
        assertThatThrownBy(() -> Endpoint.open("192.0.2.1", 0, List.of(), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("192.0.2.1");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path);
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        URI address = URI.create("http://" + LOOPBACK + ":" + endpoint.address().getPort() + path);
        return client.send(
                HttpRequest.newBuilder(address)
                        .method(method, BodyPublishers.noBody())
                        .timeout(Duration.ofSeconds(5))
                        .build(),
                BodyHandlers.ofString());
    }
}
