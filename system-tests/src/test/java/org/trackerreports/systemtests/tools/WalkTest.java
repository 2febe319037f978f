package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.testsupport.JavaCommand;
import org.trackerreports.testsupport.TestProcess;

/**
 * The walk of the README, typed into a shell as it stands there, with the embedded servers and nothing configured that it does not
 * configure; and then the same tools beside a daemon that runs on the same data.
 */
class WalkTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String PROMPT = "$ ";
    private static final Pattern ADDRESSES =
            Pattern.compile("FINDMY_GSA_URL=(https://localhost:\\d+).*(http://localhost:\\d+)", Pattern.DOTALL);

    @TempDir
    private Path directory;

    private final List<TestProcess> started = new ArrayList<>();

    @AfterEach
    void stop() {
        for (TestProcess process : started) {
            try (process) {
                if (process.isAlive()) {
                    process.signal("TERM");
                    process.exitCode(Duration.ofSeconds(20));
                }
            }
        }
    }

    @Test
    void theWalkOfTheReadmeRunsAsItIsWrittenAndGoesOnBesideADaemon() throws Exception {
        assumeThat(Stream.of("curl", "bash", "script").allMatch(WalkTest::isOnThePath))
                .as("curl and bash, which the walk types, and script, which gives it a terminal")
                .isTrue();
        Path findmy = launcher();
        List<List<String>> sessions = sessions();
        assertThat(sessions).hasSize(3);

        String simulator = sessions.get(0).get(0);
        assertThat(simulator).startsWith("$ ./findmy simulator ");
        Path simulatorLog = directory.resolve("simulator.log");
        start(simulatorLog, simulator.substring(PROMPT.length()) + " --port 0 --control-port 0");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(simulatorLog).contains("# 1 accounts, 3 tags; ready"));
        Matcher addresses = ADDRESSES.matcher(Files.readString(simulatorLog));
        assertThat(addresses.find()).as(Files.readString(simulatorLog)).isTrue();

        // Each command is echoed with its prompt, so that the output looks like the README.
        StringBuilder script = new StringBuilder();
        List<String> shown = sessions.get(1);
        for (String line : shown) {
            if (line.startsWith(PROMPT)) {
                String command = line.substring(PROMPT.length());
                script.append("printf '%s\\n' '")
                        .append(line.replace("'", "'\\''"))
                        .append("'\n")
                        .append(command)
                        .append('\n');
            }
        }
        String typed = script.toString()
                .replace("https://localhost:9443", addresses.group(1))
                .replace("http://localhost:9480", addresses.group(2));
        Path walk = Files.writeString(directory.resolve("walk.sh"), typed);
        Path output = directory.resolve("walk.out");
        TestProcess terminal = start(output, "TERM=dumb exec script -qefc 'bash " + walk + "' /dev/null");
        answer(terminal, output, "Password:", "secret");
        answer(terminal, output, "Verification code", codeOf(sessions.get(2), addresses.group(2)));
        terminal.exitCode(Duration.ofSeconds(240));
        List<String> printed = onTheScreen(Files.readString(output));
        assertThat(printed).as(String.join("\n", printed)).hasSameSizeAs(shown);
        for (int line = 0; line < shown.size(); line++) {
            assertThat(printed.get(line)).matches(pattern(shown.get(line)));
        }
        assertThat(directory.resolve("map.html")).content().contains("tag-000001", "tag-000003");

        besideADaemon(findmy, addresses.group(1));
    }

    private static void answer(TestProcess terminal, Path output, String question, String text) throws IOException {
        await().atMost(Duration.ofSeconds(120))
                .until(() -> Files.readString(output).contains(question));
        terminal.input().write((text + "\n").getBytes(StandardCharsets.UTF_8));
        terminal.input().flush();
    }

    /** What the third terminal of the walk shows, once the simulator has sent a code. */
    private String codeOf(List<String> session, String control) throws IOException {
        String command = session.get(0).substring(PROMPT.length()).replace("http://localhost:9480", control);
        Path out = directory.resolve("code.out");
        await().atMost(Duration.ofSeconds(120)).until(() -> {
            start(out, command).exitCode(Duration.ofSeconds(20));
            return pattern(session.get(1))
                    .matcher(Files.readString(out).strip())
                    .matches();
        });
        return Files.readString(out).replaceAll("\\D", "");
    }

    /** The lines without what a line of progress had before it was overwritten, and without the notice of a slow machine. */
    private static List<String> onTheScreen(String text) {
        return Stream.of(text.split("\n"))
                .map(String::stripTrailing)
                .map(line -> line.substring(line.lastIndexOf('\r') + 1).stripTrailing())
                .filter(line -> !line.contains("Starting the embedded PostgreSQL and Redis"))
                // Whether the newest report of a tracker is a certain one, is chance.
                .filter(line -> !line.contains("a newer position that is left out"))
                .toList();
    }

    private void besideADaemon(Path findmy, String services) throws Exception {
        String settings =
                "export FINDMY_GSA_URL=%1$s FINDMY_SETUP_URL=%1$s FINDMY_GATEWAY_URL=%1$s ANISETTE_SERVER=%1$s "
                                .formatted(services)
                        + "FINDMY_TRUST_CERTIFICATE=$PWD/simulator-ca.pem DATA_DIR=$PWD/walk HTTP_PORT=0 WEB_PORT=0; exec "
                        + findmy + " ";
        Path log = directory.resolve("daemon.log");
        TestProcess daemon = start(log, settings + "fetcher");
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.readString(log).contains("Daemon started."));
        for (String command : List.of(
                "latest --json",
                "trackers list --json",
                "accounts list --json",
                "history tag-000001 --by hour --json",
                "gaps tag-000001 --json",
                "queue status --json",
                "explain tag-000002 --json",
                "db status --json")) {
            Path out = directory.resolve("tool.out");
            TestProcess tool = start(out, settings + "tools " + command + " --quiet");
            assertThat(tool.exitCode(Duration.ofSeconds(60)))
                    .as("%s: %s", command, Files.readString(out))
                    .isZero();
            assertThat(new ObjectMapper().readTree(Files.readString(out)))
                    .as(command)
                    .isNotEmpty();
        }
        assertThat(daemon.isAlive()).as(Files.readString(log)).isTrue();
        daemon.signal("TERM");
        assertThat(daemon.exitCode(Duration.ofSeconds(30))).isEqualTo(ExitCode.TERMINATED);
    }

    /** A pattern for a line of the README: numbers may differ, and so may the position of a tracker. */
    private static Pattern pattern(String line) {
        if (line.startsWith(PROMPT)) {
            // The ports are the machine's choice here.
            return Pattern.compile(Pattern.quote(line).replaceAll("localhost:\\d+", "localhost:\\\\E\\\\d+\\\\Q"));
        }
        Matcher position = Pattern.compile("(tag-\\d+)  \\d.*").matcher(line);
        if (position.matches()) {
            return Pattern.compile(position.group(1)
                    + "  [-0-9]{10} [:0-9]{8}  -?\\d+\\.\\d{7} +-?\\d+\\.\\d{7} +\\d+ m +[123] +\\p{Lu}.*, \\p{Lu}{2}");
        }
        return Pattern.compile(
                Pattern.quote(line).replaceAll("\\d+", "\\\\E\\\\d+\\\\Q").replaceAll(" {2,}", "\\\\E +\\\\Q"));
    }

    /** The lines of each block of the README's walk. */
    private static List<List<String>> sessions() throws IOException {
        String text = Files.readString(ROOT.resolve("README.md"));
        int begin = text.indexOf("### Walk through it with the simulator");
        String walk = text.substring(begin, text.indexOf("\n### ", begin));
        return Pattern.compile("```\n(.*?)\n```", Pattern.DOTALL)
                .matcher(walk)
                .results()
                .map(block -> block.group(1).lines().toList())
                .toList();
    }

    /** {@code ./findmy} of the test's directory: the same programs without looking whether they have to be built. */
    private Path launcher() throws IOException {
        Path file = Files.writeString(directory.resolve("findmy"), """
                #!/usr/bin/env bash
                program=$1
                shift
                case "$program" in
                    tools) jar=%s ;;
                    fetcher) jar=%s ;;
                    simulator) jar=%s ;;
                esac
                exec %s -XX:TieredStopAtLevel=1 -jar "$jar" "$@"
                """.formatted(
                        JavaCommand.packagedJar("../tools-app"),
                        JavaCommand.packagedJar("../fetcher-app"),
                        JavaCommand.packagedJar("../examples/findmy-simulator"),
                        JavaCommand.program("java")));
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private static boolean isOnThePath(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    private TestProcess start(Path output, String command) {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG", "TMPDIR"));
        builder.environment().put("LANG", "C.UTF-8");
        TestProcess process = TestProcess.start(builder);
        started.add(process);
        return process;
    }
}
