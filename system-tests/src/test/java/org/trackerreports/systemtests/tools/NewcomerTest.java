package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.systemtests.tools.ToolProcess.Ended;

/** What somebody is told who has an empty database: the next step, whatever the command. */
@ExtendWith(WithToolWorld.class)
class NewcomerTest {

    private static final String DATABASE = "newcomer";

    private final ToolWorld world;

    NewcomerTest(ToolWorld world) {
        this.world = world;
    }

    @Test
    void everyCommandThatFindsNothingSaysTheNextStep() throws Exception {
        try (Connection connection = world.superuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE + " OWNER \"" + world.variable("DB_USER") + "\"");
        }
        tool("db", "migrate").done();
        String page = world.directory().resolve("newcomer.html").toString();
        for (List<String> command : List.of(
                List.of("latest"),
                List.of("history", "--all"),
                List.of("gaps", "--all"),
                List.of("export", "--all", "--format", "csv"),
                List.of("map", "--all", "-o", page),
                List.of("fetch", "--all"),
                List.of("queue", "requeue", "--label", "a=b"))) {
            Ended ended = tool(command.toArray(String[]::new));
            assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(ExitCode.NOTHING_FOUND);
            assertThat(ended.err())
                    .as(ended.toString())
                    .containsPattern("findmy tools trackers (import FILE|list)")
                    .doesNotContain("confidence");
        }
        assertThat(tool("latest", "--json").out().strip()).isEqualTo("[ ]");

        Path file = world.newTag("First tag", 1, 2, UnaryOperator.identity());
        tool("trackers", "import", file.toString()).done();
        for (List<String> command : List.of(List.of("latest"), List.of("history", "First tag"))) {
            Ended ended = tool(command.toArray(String[]::new));
            assertThat(ended.exitCode()).isEqualTo(ExitCode.NOTHING_FOUND);
            assertThat(ended.err())
                    .contains("No report of First tag is stored yet.", "findmy tools login --account main")
                    .doesNotContain("confidence");
        }
        Ended fetch = tool("fetch", "First tag");
        assertThat(fetch.exitCode()).isEqualTo(ExitCode.LOGIN_NEEDED);
        assertThat(fetch.err()).contains("There is no account. Add one: findmy tools login --account main");

        world.newTracker("Second tag", 1, 2);
        Ended signedIn = world.tool("history", "Second tag");
        assertThat(signedIn.exitCode()).isEqualTo(ExitCode.NOTHING_FOUND);
        assertThat(signedIn.err()).contains("findmy tools fetch 'Second tag'", "findmy fetcher");
    }

    private Ended tool(String... arguments) {
        return world.tool().with("DB_NAME", DATABASE).call(arguments);
    }
}
