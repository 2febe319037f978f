package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.systemtests.tools.ToolProcess.Ended;

/** A database or a Redis that cannot be used: what is wrong, and what to do, in one line and at once. */
@ExtendWith(WithToolWorld.class)
class ServerTroubleTest {

    private final ToolWorld world;

    ServerTroubleTest(ToolWorld world) {
        this.world = world;
    }

    private void assertEnds(Ended ended, int exitCode, String... words) {
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(exitCode);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines().filter(line -> !line.contains("Waiting for")))
                .hasSize(1);
        assertThat(ended.err()).contains(words);
    }

    @Test
    void aDatabaseThatIsAwayOrRefusesIsNamedWithTheOptionToCheck() throws Exception {
        assertEnds(
                world.tool().with("DB_PORT", "9").run("latest", "--json"),
                ExitCode.UNAVAILABLE,
                "PostgreSQL does not answer",
                "127.0.0.1:9",
                "DB_HOST and DB_PORT");
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            assertEnds(
                    world.tool()
                            .with("DB_PORT", Integer.toString(silent.getLocalPort()))
                            .run("latest"),
                    ExitCode.UNAVAILABLE,
                    "PostgreSQL does not answer");
        }
        assertEnds(
                world.tool().with("DB_HOST", "no-such-host.invalid").run("trackers", "list"),
                ExitCode.UNAVAILABLE,
                "The host no-such-host.invalid of PostgreSQL is unknown",
                "DB_HOST");
        assertEnds(
                world.tool().with("DB_PASSWORD", "wrong-secret").run("latest"),
                ExitCode.CONFIGURATION,
                "password authentication failed",
                "DB_USER and DB_PASSWORD");
        assertEnds(
                world.tool().with("DB_NAME", "nowhere").run("db", "status"),
                ExitCode.CONFIGURATION,
                "database \"nowhere\" does not exist",
                "DB_NAME");
    }

    @Test
    void aRedisThatIsAwayOrRefusesIsNamedAndWhatNeedsNoneGoesOn() {
        assertEnds(
                world.tool().with("REDIS_URL", "redis://127.0.0.1:9").run("queue", "status"),
                ExitCode.UNAVAILABLE,
                "Redis is not available",
                "REDIS_URL");
        String address = world.variable("REDIS_URL").replaceFirst("redis://.*@", "redis://:wrong@");
        assertEnds(
                world.tool().with("REDIS_URL", address).run("queue", "status"),
                ExitCode.CONFIGURATION,
                "it refused the password",
                "REDIS_URL");
        assertThat(world.tool()
                        .with("REDIS_URL", "redis://127.0.0.1:9")
                        .call("trackers", "list", "--label", "nobody=has")
                        .exitCode())
                .isEqualTo(ExitCode.NOTHING_FOUND);
    }

    @Test
    void theDoctorLooksAtEverythingThatDoesNotNeedTheDatabase() {
        Ended ended = world.tool().with("DB_PORT", "9").call("doctor", "--json");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
        Map<String, JsonNode> checks = new HashMap<>();
        ended.json().forEach(check -> checks.put(check.get("check").asText(), check));
        assertThat(checks.get("database").get("level").asText()).isEqualTo("fail");
        assertThat(checks.get("database").get("found").asText()).contains("PostgreSQL does not answer");
        assertThat(checks.get("accounts").get("found").asText()).contains("it needs the database");
        assertThat(checks.get("anisette").get("level").asText()).isEqualTo("ok");
        assertThat(checks.get("clock").get("level").asText()).isEqualTo("ok");
        assertThat(checks.get("report service").get("level").asText()).isEqualTo("ok");
    }

    @Test
    void aSchemaOfAnotherVersionIsRefusedWithTheCommandThatHelps() throws Exception {
        String name = "another_schema";
        try (Connection connection = world.superuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " OWNER " + world.variable("DB_USER"));
        }
        ToolProcess tool = world.tool().with("DB_NAME", name);
        assertEnds(tool.call("latest"), ExitCode.CONFIGURATION, "no tables", "findmy tools db migrate");
        JsonNode empty = schema(tool, ExitCode.CONFIGURATION);
        assertThat(empty.get("schema").asText()).isEmpty();
        assertThat(empty.get("pending_migrations").asInt()).isPositive();
        assertThat(tool.call("db", "migrate").done().out()).contains("The schema has version");
        String version = schema(tool, ExitCode.DONE).get("schema").asText();
        assertThat(tool.call("db", "adopt").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(tool.call("db", "adopt", "--yes").done().out()).isEqualTo("Extensions adopted: 0.\n");

        change(name, "DELETE FROM report_store_schema_history WHERE version = '" + version + "'");
        assertEnds(
                tool.call("trackers", "list"), ExitCode.CONFIGURATION, "have not run yet", "findmy tools db migrate");
        change(
                name,
                "INSERT INTO report_store_schema_history SELECT 99, '99', 'later', type, script, checksum, installed_by,"
                        + " installed_on, execution_time, success FROM report_store_schema_history LIMIT 1");
        assertEnds(tool.call("trackers", "list"), ExitCode.CONFIGURATION, "99", "newer than this program");
        assertEnds(tool.call("db", "migrate"), ExitCode.CONFIGURATION, "newer than this program");
    }

    private static JsonNode schema(ToolProcess tool, int exitCode) {
        Ended status = tool.call("db", "status", "--json");
        assertThat(status.exitCode()).isEqualTo(exitCode);
        return status.json();
    }

    private void change(String database, String sql) throws SQLException, IOException {
        try (Connection connection = world.superuser(database);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }
}
