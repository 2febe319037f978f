package org.trackerreports.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.trackerreports.fetcher.ExitCode;
import org.trackerreports.tools.command.Surroundings;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine;

class ToolsTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyCommandExplainsItselfWithAnExampleAndTheOptions() {
        for (String command : commands().keySet()) {
            out.getBuffer().setLength(0);
            assertThat(run((command + " --help").split(" "))).isEqualTo(ExitCode.DONE);
            assertThat(out.toString())
                    .as(command)
                    .contains("Example", "findmy tools " + command, "--data-dir", "--config")
                    .doesNotContain("--db-password", "--master-key", "--redis-url");
        }
    }

    @Test
    void everyCommandIsInTheReferenceAndSoAreTheFieldsOfThoseThatRead() throws IOException {
        String[] reference = Files.readString(Path.of("README.md")).split("Fields with `--json`", 2);
        commands().forEach((name, command) -> {
            assertThat(reference[0]).containsPattern("`" + name + "[ `]");
            if (command.getCommandSpec().findOption("--json") != null) {
                assertThat(reference[1]).containsPattern("`" + name + "[ `]");
            }
        });
    }

    /** The commands that do something, by all their words. */
    private SortedMap<String, CommandLine> commands() {
        SortedMap<String, CommandLine> found = new TreeMap<>();
        collect(
                "",
                Tools.commandLine(Surroundings.ofScript(Map.of(), new PrintWriter(out), new PrintWriter(err))),
                found);
        assertThat(found).hasSizeGreaterThan(40);
        return found;
    }

    private static void collect(String words, CommandLine line, SortedMap<String, CommandLine> found) {
        line.getSubcommands().forEach((name, command) -> {
            if (command.getSubcommands().isEmpty()) {
                found.put(words + name, command);
            } else {
                collect(words + name + " ", command, found);
            }
        });
    }

    @Test
    void theListOfCommandsNamesThemAndTheExitCodes() {
        assertThat(run("--help")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("login", "accounts", "trackers", "fetch", "latest", "db", "Exit codes");
        assertThat(run("--version")).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aCommandThatIsNotThereIsAUsageErrorThatNamesTheNearest() {
        assertThat(run("lates")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("latest");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void tablesAreAsWideAsTheirWidestCells() {
        TextTable table = new TextTable("TRACKER", "CITY");
        table.row("Kühlbox", "Zürich, CH");
        table.row("B", "-");
        table.print(new PrintWriter(out, true));
        assertThat(out.toString().lines()).containsExactly("TRACKER  CITY", "Kühlbox  Zürich, CH", "B        -");
    }

    private int run(String... arguments) {
        return Tools.run(Map.of(), new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
