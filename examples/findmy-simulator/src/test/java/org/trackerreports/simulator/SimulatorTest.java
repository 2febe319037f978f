package org.trackerreports.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorTest {
    @TempDir
    private Path folder;

    @Test
    void servesEachServiceOnAPortOfItsOwnIfAskedTo() {
        SimulatorSettings settings = SimulatorSettings.defaults();
        for (Service service : Service.values()) {
            settings = settings.withPort(service, 0);
        }
        try (Simulator simulator = Simulator.start(settings)) {
            PlainClient client = new PlainClient(simulator, Clock.systemUTC());
            Set<Integer> ports = Arrays.asList(
                            simulator.gsaUrl(), simulator.setupUrl(), simulator.gatewayUrl(), simulator.anisetteUrl())
                    .stream()
                    .map(URI::getPort)
                    .collect(Collectors.toSet());
            assertThat(ports).hasSize(4);
            assertThat(client.anisetteReply().has("X-Apple-I-MD")).isTrue();
            simulator.accounts().add(SimulatedAccount.of("a@example.com", "p"));
            assertThat(client.session("a@example.com", "p").token()).isNotEmpty();
            assertThat(client.send(client.request(simulator.gsaUrl(), "/").GET().build())
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void keepsACertificateAuthorityInFiles() throws Exception {
        Path certificate = folder.resolve("ca.pem");
        Path key = folder.resolve("ca-key.pem");
        SimulatorSettings settings = SimulatorSettings.defaults().withCertificateAuthority(certificate, key);
        String first;
        try (Simulator simulator = Simulator.start(settings)) {
            first = simulator.certificateAuthorityPem();
            assertThat(Files.readString(certificate)).isEqualTo(first);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
        }
        try (Simulator simulator = Simulator.start(settings)) {
            assertThat(simulator.certificateAuthorityPem()).isEqualTo(first);
            assertThat(new PlainClient(simulator, Clock.systemUTC())
                            .anisetteReply()
                            .has("X-Apple-I-MD"))
                    .isTrue();
        }
        Files.writeString(key, "nonsense");
        assertThatThrownBy(() -> Simulator.start(settings)).hasMessageContaining("holds no unencrypted private key");
    }

    @Test
    void writesItsCertificateAuthorityAndSaysWhatIsWrongWithAPort() throws Exception {
        Path certificate = folder.resolve("only.pem");
        try (Simulator simulator =
                Simulator.start(SimulatorSettings.defaults().withCertificateAuthorityFile(certificate))) {
            assertThat(Files.readString(certificate)).startsWith("-----BEGIN CERTIFICATE-----");
            int taken = simulator.gsaUrl().getPort();
            assertThatThrownBy(
                            () -> Simulator.start(SimulatorSettings.defaults().withPort(taken)))
                    .hasMessageContaining("choose another one");
            assertThatThrownBy(simulator::controlUrl).hasMessageContaining("without a control port");
            HttpRequest elsewhere = new PlainClient(simulator, Clock.systemUTC())
                    .request(simulator.gsaUrl(), "/elsewhere")
                    .build();
            assertThat(new PlainClient(simulator, Clock.systemUTC())
                            .send(elsewhere)
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThatThrownBy(() -> SimulatorSettings.defaults().withPort(70_000)).hasMessageContaining("found 70000");
    }
}
