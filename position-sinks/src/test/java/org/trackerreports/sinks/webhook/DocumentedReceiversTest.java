package org.trackerreports.sinks.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.sinks.Delivery;
import org.trackerreports.sinks.connection.HttpAddress;
import org.trackerreports.sinks.standin.Events;
import org.trackerreports.testsupport.FreePorts;
import org.trackerreports.testsupport.TestProcess;

/** The receivers of docs/integrations, as somebody would run them. */
class DocumentedReceiversTest {

    private static final Path GUIDES =
            Path.of("../docs/integrations").toAbsolutePath().normalize();

    private final String secret = WebhookSecret.random(new SecureRandom());

    @TempDir
    private Path directory;

    @Test
    void theOneInPythonDropsWhatItHasAndWhatIsNotSigned() throws Exception {
        assumeTrue(hasPython(), "python3 is not installed");
        List<String> printed = printed("python3", GUIDES.resolve("receiver.py").toString());
        assertThat(printed)
                .containsExactly(
                        "report.stored Bike 2026-11-28T10:01:00Z",
                        "report.stored Bike 2026-11-28T10:02:00Z",
                        "place.left Bike 2026-11-28T10:00:00Z");
    }

    @Test
    void theOneInJavaDropsWhatItHasAndWhatIsNotSigned() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> printed = printed(java, GUIDES.resolve("Receiver.java").toString());
        assertThat(printed).hasSize(3);
        assertThat(printed.get(0)).startsWith(Events.report(1).id() + " {");
        assertThat(printed.get(2)).contains("\"type\":\"place.left\"");
    }

    private static boolean hasPython() {
        try {
            return TestProcess.run(new ProcessBuilder("python3", "--version"), "", Duration.ofSeconds(20))
                            .exitCode()
                    == 0;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** What a receiver prints of three events, of which the second comes twice and the last once without the right secret. */
    private List<String> printed(String... program) throws IOException {
        int port = FreePorts.next();
        List<String> command = new ArrayList<>(List.of(program));
        command.add(
                Files.writeString(directory.resolve("secret"), secret + "\n").toString());
        command.add(Integer.toString(port));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(directory.resolve("errors").toFile());
        try (TestProcess receiver = TestProcess.start(builder)) {
            Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> listens(port));
            BufferedReader out = new BufferedReader(new InputStreamReader(receiver.output(), StandardCharsets.UTF_8));
            URI url = URI.create("http://127.0.0.1:" + port + "/");
            try (WebhookSink sink = sink(url, secret);
                    WebhookSink stranger = sink(url, WebhookSecret.random(new SecureRandom()))) {
                assertThat(sink.deliver(List.of(Events.report(1), Events.report(2), Events.report(2))))
                        .isEqualTo(new Delivery.Done());
                assertThat(stranger.deliver(List.of(Events.transition(1, false))))
                        .isInstanceOfSatisfying(
                                Delivery.TryLater.class,
                                later -> assertThat(later.credentials()).isTrue());
                assertThat(sink.deliver(List.of(Events.transition(1, false)))).isEqualTo(new Delivery.Done());
            }
            return List.of(out.readLine(), out.readLine(), out.readLine());
        }
    }

    private static WebhookSink sink(URI url, String with) {
        return new WebhookSink(WebhookSettings.of(HttpAddress.of(url), WebhookSecret.of(with), Clock.systemUTC()));
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
