package org.trackerreports.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trackerreports.fetcher.ExitCode;
import org.trackerreports.tools.text.TextTable;

class ToolsTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyCommandExplainsItselfWithAnExampleAndTheOptions() {
        for (List<String> command : List.of(
                List.of("login"),
                List.of("accounts", "list"),
                List.of("trackers", "import"),
                List.of("trackers", "list"),
                List.of("fetch"),
                List.of("latest"),
                List.of("history"),
                List.of("gaps"),
                List.of("export"),
                List.of("map"),
                List.of("queue", "status"),
                List.of("queue", "show"),
                List.of("queue", "requeue"),
                List.of("queue", "pause"),
                List.of("queue", "resume"),
                List.of("queue", "verify"),
                List.of("plan"),
                List.of("explain"),
                List.of("doctor"),
                List.of("config", "check"),
                List.of("db", "status"),
                List.of("db", "retention", "preview"),
                List.of("db", "retention", "apply"),
                List.of("db", "redecrypt"),
                List.of("db", "rotate-key"),
                List.of("completion"),
                List.of("man"),
                List.of("db", "migrate"))) {
            out.getBuffer().setLength(0);
            String[] arguments = new String[command.size() + 1];
            command.toArray(arguments);
            arguments[command.size()] = "--help";
            assertThat(run(arguments)).isEqualTo(ExitCode.DONE);
            assertThat(out.toString())
                    .as(String.join(" ", command))
                    .contains("Example", "findmy tools " + String.join(" ", command), "--data-dir", "--config")
                    .doesNotContain("--db-password", "--master-key", "--redis-url");
        }
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
