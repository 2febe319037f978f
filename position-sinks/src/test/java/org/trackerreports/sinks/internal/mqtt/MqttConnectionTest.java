package org.trackerreports.sinks.internal.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.sinks.connection.MqttAddress;
import org.trackerreports.sinks.standin.Mosquitto;
import org.trackerreports.sinks.standin.Subscriber;
import org.trackerreports.testsupport.ConnectionServer;
import org.trackerreports.testsupport.TestCertificate;
import org.trackerreports.testsupport.TestProcess;

class MqttConnectionTest {

    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    private static Path certificates;

    private static TestCertificate right;
    private static TestCertificate ofAnother;

    private final CountDownLatch end = new CountDownLatch(1);

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeCertificates() {
        right = TestCertificate.of(certificates, "ip:127.0.0.1");
        ofAnother = TestCertificate.of(certificates, "dns:broker.example.com");
    }

    @AfterEach
    void endHanging() {
        end.countDown();
    }

    private static MqttAddress address(String scheme, int port) {
        return MqttAddress.of(URI.create(scheme + "://127.0.0.1:" + port));
    }

    private ConnectionServer tls(TestCertificate certificate) throws IOException {
        ServerSocket socket = certificate
                .serverContext()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        return new ConnectionServer(socket, connection -> {
            // The handshake begins with the first byte.
            connection.getInputStream().read();
            end.await();
        });
    }

    @Test
    void givesUpABrokerThatNeverAnswers() throws Exception {
        try (ConnectionServer server = ConnectionServer.onLoopback(connection -> end.await());
                MqttConnection connection =
                        new MqttConnection(address("mqtt", server.port()), Optional.empty(), SHORT)) {
            assertThatThrownBy(connection::connect)
                    .isInstanceOf(MqttTrouble.class)
                    .hasMessage("no answer of 127.0.0.1:" + server.port() + " within 1 s");
            assertThat(server.connections())
                    .as("it is not tried again with MQTT 3.1.1")
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void refusesACertificateThatNobodyTrusts() throws Exception {
        try (ConnectionServer server = tls(right);
                MqttConnection connection = new MqttConnection(address("mqtts", server.port()), Optional.empty());
                MqttConnection other = new MqttConnection(
                        address("mqtts", server.port()).withTrusted(ofAnother.trusted()), Optional.empty())) {
            for (MqttConnection each : new MqttConnection[] {connection, other}) {
                assertThatThrownBy(each::connect)
                        .isInstanceOf(MqttTrouble.class)
                        .hasMessage("the certificate of 127.0.0.1:" + server.port()
                                + " is signed by nobody who is trusted here; trust the certificate of its authority");
            }
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void refusesACertificateForAnotherName() throws Exception {
        try (ConnectionServer server = tls(ofAnother);
                MqttConnection connection = new MqttConnection(
                        address("mqtts", server.port()).withTrusted(ofAnother.trusted()), Optional.empty())) {
            assertThatThrownBy(connection::connect)
                    .isInstanceOf(MqttTrouble.class)
                    .hasMessage("the certificate of 127.0.0.1:" + server.port()
                            + " is for another name; use the name that it is for, or get one for this name");
        }
    }

    @Test
    void encryptsAndTrustsWhatItIsGiven() throws Exception {
        Path certificate = Files.writeString(directory.resolve("certificate.pem"), right.certificate());
        Path key = Files.writeString(directory.resolve("key.pem"), right.key());
        try (Mosquitto broker = Mosquitto.withTls(directory, certificate, key);
                MqttConnection connection = new MqttConnection(
                        address("mqtts", broker.port()).withTrusted(right.trusted()), Optional.empty())) {
            assertThat(connection.connect()).isTrue();
            connection.publish("a", "b".getBytes(UTF_8), true);
        }
    }

    @Test
    void saysWhatItsWillWouldSayWhenItGoes() throws Exception {
        MqttWill will = new MqttWill("bridge", "offline");
        try (Mosquitto broker = Mosquitto.start(directory)) {
            MqttConnection connection = new MqttConnection(MqttAddress.of(broker.url()), Optional.of(will));
            connection.connect();
            connection.close();
            assertThat(Subscriber.retained(broker.port())).containsEntry("bridge", "offline");
            assertThatThrownBy(connection::connect).hasMessage("the sink is closed");
        }
    }

    /** Debian's mosquitto cannot be told to refuse MQTT 5, and Aedes does not know it. */
    @Test
    @Tag("long")
    void speaksTheOldProtocolToABrokerOfOthersThatKnowsNoOther() throws Exception {
        assumeTrue(works("node", "--version"), "node is not installed");
        assumeTrue(works("npm", "install", "--no-audit", "--no-fund", "aedes@0.51.3"), "aedes of npm cannot be had");
        Files.writeString(directory.resolve("broker.cjs"), """
                const broker = require("aedes")();
                const server = require("net").createServer(broker.handle);
                broker.on("clientReady", client => console.log("version " + client.version));
                broker.on("publish", (packet, client) => client && console.log(packet.topic + " " + packet.payload));
                server.listen(0, "127.0.0.1", () => console.log(server.address().port));
                """);
        try (TestProcess broker =
                        TestProcess.start(new ProcessBuilder("node", "broker.cjs").directory(directory.toFile()));
                BufferedReader output = new BufferedReader(new InputStreamReader(broker.output(), UTF_8))) {
            int port = Integer.parseInt(output.readLine());
            try (MqttConnection connection = new MqttConnection(address("mqtt", port), Optional.empty())) {
                assertThat(connection.connect()).isTrue();
                connection.publish("a/b", "c".getBytes(UTF_8), true);
            }
            assertThat(output.readLine()).isEqualTo("version 4");
            assertThat(output.readLine()).isEqualTo("a/b c");
        }
    }

    private boolean works(String... command) {
        try {
            return TestProcess.run(new ProcessBuilder(command).directory(directory.toFile()), "", Duration.ofMinutes(1))
                            .exitCode()
                    == 0;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
