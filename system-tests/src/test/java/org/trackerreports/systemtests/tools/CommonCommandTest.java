package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.systemtests.tools.ToolProcess.Ended;

/** What all commands have in common: where they print, how they end. */
@ExtendWith(WithToolWorld.class)
class CommonCommandTest {

    private final ToolWorld world;

    CommonCommandTest(ToolWorld world) {
        this.world = world;
    }

    @Test
    void coloursAreForTerminalsAndForThoseWhoLikeThem() {
        String escape = "\u001b[";
        assertThat(world.tool().run("--help").out()).doesNotContain(escape);
        assumeThat(ToolProcess.hasTerminal()).as("the program 'script'").isTrue();
        assertThat(world.tool().runInTerminal("--help").done().out()).contains(escape);
        assertThat(world.tool()
                        .with("NO_COLOR", "1")
                        .runInTerminal("--help")
                        .done()
                        .out())
                .contains("trackers")
                .doesNotContain(escape);
    }

    @Test
    void helpAndMistakesGoWhereTheyBelong() {
        Ended help = world.tool().run("--help");
        assertThat(help.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(help.out()).contains("login", "trackers", "Exit codes");
        assertThat(help.err()).isEmpty();
        Ended mistake = world.tool().run("lates");
        assertThat(mistake.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(mistake.out()).isEmpty();
        assertThat(mistake.err()).contains("latest");
        Ended unknown = world.tool().run("latest", "no such tracker", "--json");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(unknown.out()).isEmpty();
        assertThat(unknown.err()).contains("There is no tracker named 'no such tracker'");
    }

    /** A long output whose reader has gone is not worked out to its end, and one that is lost is no success. */
    @Test
    void nobodyTakesWhatIsPrinted() throws Exception {
        assumeThat(Files.exists(Path.of("/dev/full")))
                .as("a device that is always full")
                .isTrue();
        world.newTracker("Full", 1, 2);
        for (String[] command : new String[][] {
            {"trackers", "list", "--json"}, {"history", "Full"}, {"export", "Full", "--format", "csv"}, {"--help"}
        }) {
            Process process = world.tool()
                    .builder(command)
                    .redirectOutput(Path.of("/dev/full").toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .start();
            String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(String.join(" ", command)).isNotZero();
            if (command[0].equals("history")) {
                assertThat(process.exitValue()).as("nothing was to be printed").isEqualTo(ExitCode.NOTHING_FOUND);
            } else {
                assertThat(process.exitValue()).isEqualTo(ExitCode.FAILED);
                assertThat(err).contains("Standard output was closed, or is full");
            }
        }
    }

    @Test
    void aFileThatCannotBeUsedIsNamedWithTheReason() throws Exception {
        Ended folder = world.tool("keys", "generate", "--out", "/proc/nowhere");
        assertThat(folder.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(folder.err()).contains("/proc/nowhere cannot be used: ");
    }
}
