package org.trackerreports.core.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.config.DefaultDirectories;
import org.trackerreports.core.embedded.EmbeddedServers.Request;
import org.trackerreports.core.embedded.EmbeddedServers.User;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.testsupport.JavaCommand;
import org.trackerreports.testsupport.TestProcess;

/** Programs that are told to end while they start the servers: Redis runs already, and the database is being created. */
class EndedStartTest {

    private static final Path BINARIES = DefaultDirectories.cache(Map.copyOf(System.getenv()), Path.of("target"))
            .resolve("programs");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path data;

    @Test
    void anInterruptedStartLeavesNothingRunning() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread starter = new Thread(() -> {
            failure.complete(catchThrowable(() -> open().close()));
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        starter.start();
        long redis = awaitRedis();
        starter.interrupt();

        starter.join(LIMIT.toMillis());
        assertThat(failure.join())
                .isInstanceOf(EmbeddedServersException.class)
                .hasMessage("interrupted while the embedded servers were starting");
        assertThat(interrupted.join()).isTrue();
        assertNothingRuns(redis);
        open().close();
    }

    @Test
    void aCommandThatIsEndedByASignalLeavesNothingRunning() throws Exception {
        List<String> command = JavaCommand.ofClass(List.of(), PatientOwner.class, data.toString(), BINARIES.toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        try (TestProcess owner = TestProcess.start(builder)) {
            long redis = awaitRedis();
            owner.signal("TERM");

            assertThat(owner.exitCode(LIMIT)).isEqualTo(ExitCode.TERMINATED);
            assertNothingRuns(redis);
        }
    }

    private EmbeddedServers open() throws IOException, EmbeddedServersException {
        return EmbeddedServers.open(DataDirectory.prepare(data), new Request(User.DAEMON, 0, 0, BINARIES));
    }

    /** Waits until Redis runs, and returns its process. */
    private long awaitRedis() {
        Path file = data.resolve("redis/redis.pid");
        return await().atMost(LIMIT).until(() -> pid(file), pid -> pid > 0);
    }

    /** Zero while it does not exist, or is being written. */
    private static long pid(Path file) throws IOException {
        String text = Files.exists(file) ? Files.readString(file).strip() : "";
        return text.matches("\\d+") ? Long.parseLong(text) : 0;
    }

    private void assertNothingRuns(long redis) {
        assertThat(ProcessHandle.of(redis)
                        .flatMap(process -> process.info().command())
                        .filter(command -> command.contains("redis-server")))
                .as("Redis")
                .isEmpty();
        assertThat(data.resolve("redis/redis.pid")).doesNotExist();
        assertThat(data.resolve("postgresql/PG_VERSION")).exists();
        assertThat(data.resolve("postgresql/postmaster.pid")).doesNotExist();
    }
}
