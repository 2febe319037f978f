package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.systemtests.tools.ToolProcess.Ended;

/** {@code doctor}, {@code config}, {@code db}, {@code completion} and {@code man}. */
@ExtendWith(WithToolWorld.class)
class MaintenanceCommandsTest {

    private static final String TIMESCALEDB_VIEWS = """
            CREATE SCHEMA timescaledb_information;
            CREATE FUNCTION hypertable_size(regclass) RETURNS bigint LANGUAGE sql AS 'SELECT pg_total_relation_size($1)';
            CREATE TABLE timescaledb_information.continuous_aggregates (view_schema name, view_name name,
                materialization_hypertable_schema name, materialization_hypertable_name name);
            CREATE TABLE timescaledb_information.jobs (job_id int, proc_schema name, proc_name name, scheduled boolean,
                schedule_interval interval, hypertable_schema name, hypertable_name name);
            CREATE TABLE timescaledb_information.job_stats (job_id int, last_run_status text,
                last_run_started_at timestamptz, next_start timestamptz, job_status text);
            CREATE TABLE timescaledb_information.job_errors (job_id int, finish_time timestamptz, err_message text);
            INSERT INTO timescaledb_information.jobs VALUES
                (1004, '_timescaledb_functions', 'policy_compression', true, '12 hours', 'public', 'location_reports'),
                (1005, '_timescaledb_functions', 'policy_compression', true, '12 hours', 'public', 'of_somebody_else');
            INSERT INTO timescaledb_information.job_stats VALUES
                (1004, 'Failed', '2026-03-01 12:00:00+00', '2026-03-01 13:00:00+00', 'Scheduled'),
                (1005, 'Failed', '2026-03-01 12:00:00+00', '2026-03-01 13:00:00+00', 'Scheduled');
            INSERT INTO timescaledb_information.job_errors VALUES (1004, '2026-03-01 12:00:01+00', 'no space left on device'), (1004, '2026-02-01 12:00:01+00', 'an older one');
            """;

    private final ToolWorld world;

    @TempDir
    private Path directory;

    MaintenanceCommandsTest(ToolWorld world) {
        this.world = world;
    }

    @Test
    void doctorFindsWhatIsWellAndWhatIsNot() throws Exception {
        world.newTracker("Canary", 10, 20);
        Ended well = world.tool("doctor", "--canary", "Canary", "--json").done();
        Map<String, JsonNode> checks = byName(well.json());
        assertThat(checks)
                .containsOnlyKeys(
                        "configuration",
                        "database",
                        "store",
                        "redis",
                        "files",
                        "anisette",
                        "sign-in service",
                        "setup service",
                        "report service",
                        "clock",
                        "accounts",
                        "sinks",
                        "canary");
        assertThat(checks.get("database").get("level").asText()).isEqualTo("ok");
        assertThat(checks.get("anisette").get("level").asText()).isEqualTo("ok");
        assertThat(checks.get("anisette").get("found").asText())
                .matches("machine [0-9a-f]{16}, in use for .+, answered in \\d+ ms");
        assertThat(checks.get("report service").get("level").asText()).isEqualTo("ok");
        assertThat(checks.get("canary").get("found").asText()).isEqualTo("1 reports for 1 keys");

        Ended ill = world.tool()
                .with("ANISETTE_SERVER", "http://127.0.0.1:9")
                .with("REDIS_URL", "redis://127.0.0.1:9")
                .with("FINDMY_GATEWAY_URL", "https://127.0.0.1:9")
                .call("doctor");
        assertThat(ill.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ill.out().lines().filter(line -> line.startsWith("fail")))
                .hasSize(3)
                .anyMatch(line -> line.contains("anisette"))
                .anyMatch(line -> line.contains("redis"))
                .anyMatch(line -> line.contains("report service"));
        assertThat(ill.out()).contains("ok    database", "Next step: Start an anisette server");
    }

    @Test
    void doctorTellsANewcomerWhatToDoNext() {
        Ended ended = world.embedded(directory.resolve("data")).run("doctor", "--json");
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(ExitCode.FAILED);
        Map<String, JsonNode> checks = byName(ended.json());
        assertThat(checks.get("database").get("level").asText()).as(ended.out()).isEqualTo("ok");
        assertThat(checks.get("store").get("next_step").asText()).isEqualTo("findmy tools trackers import FILE");
        assertThat(checks.get("accounts").get("next_step").asText()).isEqualTo("findmy tools login --account main");
        assertThat(ended.out()).doesNotContain("migrate");
    }

    /** The rows of TimescaleDB's views, as its scheduler writes them, in a database that takes it to be there. */
    @Test
    void doctorNamesAJobOfTimescaledbThatFails() throws Exception {
        String name = "failing_jobs";
        try (Connection connection = world.superuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " OWNER " + world.variable("DB_USER"));
        }
        ToolProcess tool = world.tool().with("DB_NAME", name);
        tool.call("db", "migrate").done();
        try (Connection connection = world.superuser(name);
                Statement statement = connection.createStatement()) {
            statement.execute(TIMESCALEDB_VIEWS);
            statement.execute("GRANT USAGE ON SCHEMA timescaledb_information TO PUBLIC");
            statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA timescaledb_information TO PUBLIC");
            statement.execute("UPDATE store_settings SET value = 'true' WHERE name = 'timescaledb'");
        }
        Ended ended = tool.call("doctor", "--json");
        JsonNode database = byName(ended.json()).get("database");
        assertThat(database.get("level").asText()).as(ended.toString()).isEqualTo("warn");
        assertThat(database.get("found").asText())
                .contains(
                        "TimescaleDB's job 1004, the compression of location_reports, failed at 2026-03-01 12:00:00 UTC:"
                                + " no space left on device")
                .doesNotContain("1005");
        assertThat(database.get("next_step").asText()).contains("timescaledb_information.job_errors");
        assertThat(byName(ended.json()).get("store").get("level").asText())
                .as("the other checks are made")
                .isEqualTo("warn");
        assertThat(tool.call("doctor").out()).contains("warn  database", "job 1004", "Next step: Correct the cause");
    }

    private static Map<String, JsonNode> byName(JsonNode checks) {
        Map<String, JsonNode> found = new HashMap<>();
        checks.forEach(check -> found.put(check.get("check").asText(), check));
        return found;
    }

    @Test
    void theConfigurationIsCheckedWithoutStartingAnything() {
        JsonNode options = world.tool("config", "check", "--db-port", "5433", "--json")
                .done()
                .json();
        boolean found = false;
        for (JsonNode option : options) {
            if (option.get("option").asText().equals("DB_PORT")) {
                found = true;
                assertThat(option.get("value").asText()).isEqualTo("5433");
                assertThat(option.get("origin").asText()).isEqualTo("argument");
            }
            if (option.get("option").asText().equals("DB_PASSWORD")) {
                assertThat(option.get("value").asText()).isEqualTo("(hidden)");
            }
        }
        assertThat(found).isTrue();
        Ended wrong = world.tool("config", "check", "--db-port", "many");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(wrong.err()).contains("DB_PORT is 'many'", "5432");
    }

    @Test
    void theDatabaseIsShownThinnedAndDecryptedAgain() throws Exception {
        world.newTracker("Decrypted again", 10, 20);
        world.tool("fetch", "Decrypted again", "--wait").done();
        JsonNode status = world.tool("db", "status", "--json").done().json();
        assertThat(status.get("current").asBoolean()).isTrue();
        assertThat(status.get("server").asText()).isNotEmpty();
        assertThat(status.get("database_bytes").asLong()).isPositive();
        assertThat(status.get("table_bytes").has("location_reports")).isTrue();

        JsonNode effect = world.tool("db", "retention", "preview", "--keep-reports", "3650", "--json")
                .done()
                .json();
        assertThat(effect.get("reports").asLong()).isZero();
        Ended unsure = world.tool("db", "retention", "apply", "--keep-reports", "3650");
        assertThat(unsure.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unsure.out()).contains("Nothing was removed; add --yes.");
        Instant old = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(4_000));
        HistoryCommandsTest.aDayOf(world, "Long ago", old);
        world.store().history().refresh();
        String[] apply = {"db", "retention", "apply", "--keep-reports", "3650"};
        assertThat(world.tool(apply).out()).contains("Would be removed: 25 reports");
        assertThat(world.tool("history", "Long ago", "--from", "2000-01-01", "--json")
                        .done()
                        .json())
                .hasSize(24);
        assertThat(world.tool("db", "retention", "apply", "--keep-reports", "3650", "--yes")
                        .done()
                        .out())
                .isEqualTo("Removed: 25 reports and 0 hours.\n");
        assertThat(world.tool("history", "Long ago", "--from", "2000-01-01").exitCode())
                .isEqualTo(ExitCode.NOTHING_FOUND);

        Ended tooShort = world.tool("db", "retention", "preview", "--keep-reports", "3");
        assertThat(tooShort.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(tooShort.err()).contains("the minimum is 30 days");

        Ended counted = world.tool("db", "redecrypt", "Decrypted again");
        assertThat(counted.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(counted.out()).contains("1 reports would be decrypted again");
        Ended again = world.tool("db", "redecrypt", "Decrypted again", "--yes").done();
        assertThat(again.out()).contains("1 reports were decrypted again, 0 changed, 0 could not be decrypted");
    }

    @Test
    void theMasterKeyIsChanged() throws Exception {
        ToolProcess tool = world.embedded(directory.resolve("data"));
        Path keys = world.newTag("Resealed", 10, 20, spec -> spec);
        tool.run("trackers", "import", keys.toString()).done();
        Path key = directory.resolve("new.key");
        Ended unsure = tool.run("db", "rotate-key", "--new-key-file", key.toString());
        assertThat(unsure.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unsure.out()).contains("the keys of 1 trackers");
        assertThat(key).doesNotExist();
        assertThat(tool.run("db", "rotate-key", "--new-key-file", key.toString(), "--yes")
                        .done()
                        .out())
                .contains("the keys of 1 trackers");
        assertThat(tool.run("trackers", "list").exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(tool.with("MASTER_KEY_FILE", key.toString())
                        .run("trackers", "list")
                        .done()
                        .out())
                .contains("Resealed");
    }

    @Test
    void shellsAndManReadWhatIsWrittenForThem() throws Exception {
        Path script = directory.resolve("completion");
        Files.writeString(script, world.tool("completion").done().out());
        Process bash =
                new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();
        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).isZero();
        assertThat(completed(script, "_complete_findmy-tools", "findmy-tools", "export", "--format", "g"))
                .containsExactly("geojson", "geojsonl", "gpx");
        assertThat(completed(script, "_complete_findmy", "./findmy", "t")).containsExactly("tools");
        assertThat(completed(script, "_complete_findmy", "./findmy", "tools", "queue", "s"))
                .containsExactly("show", "status");

        Path pages = directory.resolve("man");
        world.tool("man", "--directory", pages.toString()).done();
        assertThat(Files.readString(pages.resolve("findmy-tools-export.1")))
                .startsWith(
                        ".TH FINDMY-TOOLS-EXPORT 1 \"\" \"Tracker report fetching\"\n.SH NAME\nfindmy\\-tools\\-export \\- ")
                .contains(
                        ".SH SYNOPSIS",
                        ".SH OPTIONS",
                        ".B \\-\\-format FORMAT",
                        ".SH EXAMPLES",
                        "rides.gpx",
                        ".SH EXIT STATUS\n0 done, 1 failed, 2 usage");
        assertThat(pages.resolve("findmy-tools.1")).exists();
        assertThat(pages.resolve("findmy-tools-queue-show.1")).exists();
    }

    /** What bash offers for the last of the words. */
    private List<String> completed(Path script, String function, String... words) throws Exception {
        String typed = Stream.of(words).map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        // Outside of a real completion bash has no options to set.
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "compopt() { :; }; source '" + script + "'; COMP_WORDS=(" + typed + "); COMP_CWORD="
                                + (words.length - 1) + "; " + function + "; printf '%s\\n' \"${COMPREPLY[@]}\"")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> offered = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .toList();
        assertThat(bash.waitFor()).isZero();
        return offered;
    }
}
