package org.trackerreports.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.testsupport.JavaCommand;
import org.trackerreports.testsupport.TestProcess;

/** The program that measures, told to end in the middle of a topic. */
class SignalEndTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path directory;

    @Test
    void nothingThatItStartedOrWroteIsLeft() throws Exception {
        List<String> command = JavaCommand.ofClass(
                List.of("-Djava.io.tmpdir=" + directory), BenchMain.class, "--quick", "--only", "accounts");
        try (TestProcess bench =
                TestProcess.start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD))) {
            // The last of four things that the topic starts.
            await().atMost(LIMIT)
                    .ignoreExceptionsMatching(whileFilesAppear -> whileFilesAppear instanceof UncheckedIOException)
                    .until(() -> find("daemon.log").size() == 1);
            List<ProcessHandle> servers =
                    Stream.of("postmaster.pid", "redis.pid").map(this::process).toList();
            List<ProcessHandle> children =
                    ProcessHandle.of(bench.pid()).orElseThrow().descendants().toList();
            assertThat(children).as("daemon and services").hasSizeGreaterThanOrEqualTo(2);

            bench.signal("TERM");

            assertThat(bench.exitCode(LIMIT)).isEqualTo(TERMINATED);
            assertThat(servers).noneMatch(ProcessHandle::isAlive);
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(find("*")).isEmpty();
        }
    }

    private ProcessHandle process(String pidFile) {
        try {
            return LocalServers.process(find(pidFile).get(0)).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> find(String name) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> !file.equals(directory))
                    .filter(file -> name.equals("*") || file.endsWith(name))
                    .toList();
        }
    }
}
