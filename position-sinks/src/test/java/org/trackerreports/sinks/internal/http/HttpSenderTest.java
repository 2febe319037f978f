package org.trackerreports.sinks.internal.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.sinks.connection.HttpAddress;
import org.trackerreports.sinks.internal.http.HttpAnswer.Meaning;
import org.trackerreports.sinks.standin.HttpStandIn;
import org.trackerreports.sinks.standin.HttpStandIn.Answer;
import org.trackerreports.testsupport.ConnectionServer;
import org.trackerreports.testsupport.TestCertificate;

class HttpSenderTest {

    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    private static Path directory;

    private static TestCertificate right;
    private static TestCertificate ofAnother;

    private final CountDownLatch end = new CountDownLatch(1);

    @BeforeAll
    static void makeCertificates() {
        right = TestCertificate.of(directory, "ip:127.0.0.1");
        ofAnother = TestCertificate.of(directory, "dns:sink.example.com");
    }

    @AfterEach
    void endHanging() {
        end.countDown();
    }

    private static HttpAnswer post(HttpAddress address, Duration limit) {
        try (HttpSender sender = new HttpSender(address, Clock.systemUTC(), limit)) {
            return sender.post("application/json", new byte[] {'1'}, Map.of());
        }
    }

    private static HttpAddress address(String scheme, int port) {
        return HttpAddress.of(URI.create(scheme + "://127.0.0.1:" + port + "/secret-path"));
    }

    private static void assertGivenUp(HttpAnswer answer, int port) {
        assertThat(answer.meaning()).isEqualTo(Meaning.LATER);
        assertThat(answer.text()).isEqualTo("no complete answer of 127.0.0.1:" + port + " within 1 s");
    }

    @Test
    void givesUpAReceiverThatNeverAnswers() throws Exception {
        try (ConnectionServer server = ConnectionServer.onLoopback(connection -> end.await())) {
            assertGivenUp(post(address("http", server.port()), SHORT), server.port());
            HttpAnswer handshake = post(address("https", server.port()), SHORT);
            assertThat(handshake.meaning()).isEqualTo(Meaning.LATER);
            assertThat(handshake.text())
                    .as("both limits end at the same time")
                    .isIn(
                            "no complete answer of 127.0.0.1:" + server.port() + " within 1 s",
                            "no connection to 127.0.0.1:" + server.port() + " within 1 s");
        }
    }

    @Test
    void givesUpAnAnswerThatNeverEnds() throws Exception {
        try (ConnectionServer server = ConnectionServer.onLoopback(connection -> {
            ConnectionServer.requestHead(connection.getInputStream());
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nthe beginning".getBytes(US_ASCII));
            end.await();
        })) {
            assertGivenUp(post(address("http", server.port()), SHORT), server.port());
        }
    }

    @Test
    void trustsTheCertificatesThatItIsGivenAndNoOthers() {
        try (HttpStandIn server = new HttpStandIn(request -> Answer.of(204), right)) {
            HttpAddress address = HttpAddress.of(server.url("/secret-path"));
            HttpAnswer refused = post(address, HttpSender.LIMIT);
            assertThat(refused.meaning()).isEqualTo(Meaning.LATER);
            assertThat(refused.text())
                    .isEqualTo("the certificate of " + address
                            + " is signed by nobody who is trusted here; trust the certificate of its authority");
            assertThat(post(address.withTrusted(ofAnother.trusted()), HttpSender.LIMIT))
                    .isEqualTo(refused);
            assertThat(server.requests()).as("nothing was sent").isEmpty();

            assertThat(post(address.withTrusted(right.trusted()), HttpSender.LIMIT)
                            .meaning())
                    .isEqualTo(Meaning.ACCEPTED);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void refusesACertificateForAnotherName() {
        try (HttpStandIn server = new HttpStandIn(request -> Answer.of(204), ofAnother)) {
            HttpAddress address = HttpAddress.of(server.url("/secret-path")).withTrusted(ofAnother.trusted());
            HttpAnswer answer = post(address, HttpSender.LIMIT);
            assertThat(answer.meaning()).isEqualTo(Meaning.LATER);
            assertThat(answer.text())
                    .isEqualTo("the certificate of " + address
                            + " is for another name; use the name that it is for, or get one for this name");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void saysThatAPortSpeaksNoTls() throws Exception {
        try (ConnectionServer server = ConnectionServer.onLoopback(connection -> {
            connection.getInputStream().read();
            connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
            // An end here could overtake the answer.
            end.await();
        })) {
            assertThat(post(address("https", server.port()), HttpSender.LIMIT).text())
                    .isEqualTo("127.0.0.1:" + server.port()
                            + " does not speak TLS; use its other port, or an address without TLS");
        }
    }
}
