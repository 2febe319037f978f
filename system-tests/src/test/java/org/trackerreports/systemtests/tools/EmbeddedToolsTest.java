package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.simulator.SimulatedAccount;
import org.trackerreports.testsupport.TestProcess;

/** Commands without servers of their own: the embedded ones come and go with them. */
@ExtendWith(WithToolWorld.class)
class EmbeddedToolsTest {

    private final ToolWorld world;

    @TempDir
    private Path directory;

    EmbeddedToolsTest(ToolWorld world) {
        this.world = world;
    }

    @Test
    void severalCommandsAtOnceShareTheServersOfTheFirst() throws Exception {
        ToolProcess tool = world.embedded(directory.resolve("data"));
        Path keys = world.newTag("Shared servers", 10, 20, UnaryOperator.identity());
        tool.run("trackers", "import", keys.toString()).done();
        List<TestProcess> running = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            running.add(TestProcess.start(tool.builder("trackers", "list", "--json")
                    .redirectErrorStream(true)
                    .redirectOutput(output(number).toFile())));
        }
        for (int number = 0; number < running.size(); number++) {
            assertThat(running.get(number).exitCode(Duration.ofSeconds(90)))
                    .as(Files.readString(output(number)))
                    .isZero();
        }
        assertThat(directory.resolve("data/servers.json")).doesNotExist();
    }

    /** As system users have it: the home that is written down for them is not there. */
    @Test
    void aUserWithoutAHomeNeedsTheDataDirectoryAlone() throws Exception {
        Path data = directory.resolve("data of nobody");
        Path keys = world.newTag("Homeless", 10, 20, UnaryOperator.identity());
        TestProcess.Result imported = homeless(data, "trackers", "import", keys.toString());
        assertThat(imported.exitCode()).as(imported.toString()).isZero();
        assertThat(imported.out()).contains("1 imported");
        TestProcess.Result listed = homeless(data, "trackers", "list");
        assertThat(listed.exitCode()).as(listed.toString()).isZero();
        assertThat(listed.out()).contains("Homeless");
        assertThat(imported.err() + listed.err()).doesNotContain("nonexistent");
        assertThat(data.resolve("cache/tracker-reports/programs")).isDirectoryContaining("glob:**redis*");
        assertThat(Path.of("/nonexistent")).doesNotExist();
    }

    private TestProcess.Result homeless(Path data, String... arguments) {
        ProcessBuilder builder = world.embedded(data).builder(arguments);
        List<String> command = new ArrayList<>(builder.command());
        command.add(1, "-Duser.home=/nonexistent");
        builder.command(command).environment().remove("HOME");
        return TestProcess.run(builder, "", Duration.ofSeconds(120));
    }

    private Path output(int number) {
        return directory.resolve("output-" + number);
    }

    @Test
    void aSignalInTheMiddleOfACommandStopsItsServersToo() throws Exception {
        Path data = directory.resolve("data");
        // A fetch that waits for its turn, which never comes.
        ToolProcess tool = world.embedded(data).with("FETCH_INTERVAL", "1h");
        String appleId = "signal@example.com";
        world.simulator().accounts().add(SimulatedAccount.of(appleId, ToolWorld.PASSWORD));
        Path keys = world.newTag("Signalled", 10, 20, UnaryOperator.identity());
        tool.run("trackers", "import", keys.toString()).done();
        String password = world.write("signal.password", ToolWorld.PASSWORD).toString();
        tool.run("login", "--account", "signal", "--username", appleId, "--password-file", password)
                .done();
        tool.run("fetch", "Signalled").done();
        Path err = directory.resolve("err");
        Process waiting = tool.builder("fetch", "Signalled", "--wait")
                .redirectError(err.toFile())
                .start();
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.readString(err).contains("Waiting "));
        JsonNode addresses =
                new ObjectMapper().readTree(data.resolve("servers.json").toFile());
        Path socket = Path.of(addresses.get("redisSocket").asText());
        assertThat(answers(socket)).isTrue();

        waiting.destroy();
        assertThat(waiting.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(waiting.exitValue()).isEqualTo(143);
        assertThat(data.resolve("servers.json")).doesNotExist();
        assertThat(answers(socket)).isFalse();
        assertThat(Files.readAllLines(err).stream().filter(line -> !line.contains("the embedded PostgreSQL")))
                .as("no noise at the end")
                .hasSize(1);
    }

    private static boolean answers(Path socket) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
