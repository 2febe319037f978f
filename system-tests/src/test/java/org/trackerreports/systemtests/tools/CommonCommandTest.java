package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.trackerreports.fetcher.ExitCode;
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
        assertThat(world.tool("--help").out()).doesNotContain(escape);
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
        Ended help = world.tool("--help");
        assertThat(help.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(help.out()).contains("login", "trackers", "Exit codes");
        assertThat(help.err()).isEmpty();
        Ended mistake = world.tool("lates");
        assertThat(mistake.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(mistake.out()).isEmpty();
        assertThat(mistake.err()).contains("latest");
        Ended unknown = world.tool("latest", "no such tracker", "--json");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(unknown.out()).isEmpty();
        assertThat(unknown.err()).contains("There is no tracker named 'no such tracker'");
    }
}
