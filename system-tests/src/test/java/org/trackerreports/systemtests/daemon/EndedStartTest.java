package org.trackerreports.systemtests.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.testsupport.JavaCommand;
import org.trackerreports.testsupport.TestProcess;

/** The packaged daemon, told to end while it starts its embedded servers for the first time. */
class EndedStartTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    /** Redis starts first, then the database is created, then it starts. */
    @ParameterizedTest
    @CsvSource({"redis/redis.pid, redis-server", "postgresql/postmaster.pid, postgres"})
    void leavesNoServerRunning(String pidFile, String program) throws Exception {
        Path data = directory.resolve("data");
        Path log = directory.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.ofJar(
                        List.of("-XX:TieredStopAtLevel=1"), JavaCommand.packagedJar("../fetcher-app")))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of("DATA_DIR", data.toString(), "HTTP_PORT", "off", "WEB_PORT", "off", "ROLES", "move"));
        try (TestProcess daemon = TestProcess.start(builder)) {
            long server = await().atMost(LIMIT)
                    .until(() -> pid(data.resolve(pidFile)), Optional::isPresent)
                    .orElseThrow();
            daemon.signal("TERM");

            assertThat(daemon.exitCode(LIMIT)).as(Files.readString(log)).isEqualTo(ExitCode.TERMINATED);
            assertThat(ProcessHandle.of(server)
                            .flatMap(process -> process.info().command())
                            .filter(command -> command.contains(program)))
                    .isEmpty();
            assertThat(data.resolve("redis/redis.pid")).doesNotExist();
            assertThat(data.resolve("postgresql/postmaster.pid")).doesNotExist();
            assertThat(Files.readString(log)).contains("SIGTERM received: stopping");
        }
    }

    private static Optional<Long> pid(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        // Empty while it is being written.
        return Files.readString(file)
                .lines()
                .findFirst()
                .filter(line -> line.matches("\\d+"))
                .map(Long::parseLong);
    }
}
