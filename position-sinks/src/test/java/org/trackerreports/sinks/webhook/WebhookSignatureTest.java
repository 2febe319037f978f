package org.trackerreports.sinks.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.standardwebhooks.Webhook;
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
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trackerreports.sinks.Delivery;
import org.trackerreports.sinks.connection.Credentials;
import org.trackerreports.sinks.connection.HttpAddress;
import org.trackerreports.sinks.standin.Events;
import org.trackerreports.sinks.standin.HttpStandIn.Request;
import org.trackerreports.testsupport.TestProcess;

/** That others can check who sent it, and that nobody else learns the secret. */
class WebhookSignatureTest extends WebhookFixture {

    /** The first test vector of RFC 8032, 7.1. */
    private static final String ED25519_PRIVATE = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    private static final String ED25519_PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    @TempDir
    private Path directory;

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
}
