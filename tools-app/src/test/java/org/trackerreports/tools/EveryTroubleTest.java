package org.trackerreports.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.wiring.ServerPatience;
import org.trackerreports.tools.command.CommandContext;
import picocli.CommandLine;

/** Every command with every kind of trouble that a server makes: one sentence, the right exit code, no text of the inside. */
class EveryTroubleTest {

    /** Names of classes and methods, words of Guice, Java and the drivers, durations and maps as Java writes them, control characters. */
    static final Pattern INSIDE = Pattern.compile("Exception|Error\\b|rovision|Guice|\\bnull\\b|\\bPT\\d|[{}]|java\\.|"
            + "org\\.|com\\.|\\bat [a-z]\\w*\\.|Hikari|Redisson|PSQL|postmaster|Failed to|HikariPool|@[0-9a-f]{6}|value of a row|secret|"
            + "[\\p{Cntrl}&&[^\\n]]");

    /** What a command needs to get as far as its servers; all others need nothing. */
    static final Map<String, List<String>> ARGUMENTS = Map.ofEntries(
            Map.entry("accounts pause", List.of("main")),
            Map.entry("accounts remove", List.of("main", "--yes")),
            Map.entry("accounts resume", List.of("main")),
            Map.entry("accounts show", List.of("main")),
            Map.entry("trackers import", List.of("KEYS")),
            Map.entry("trackers export", List.of("--all")),
            Map.entry("trackers disable", List.of("--all")),
            Map.entry("trackers enable", List.of("--all")),
            Map.entry("trackers label", List.of("--all", "--set", "a=b")),
            Map.entry("trackers remove", List.of("--all", "--yes")),
            Map.entry("trackers rename", List.of("Bike", "Boat")),
            Map.entry("trackers show", List.of("Bike")),
            Map.entry("keys generate", List.of("--help")),
            Map.entry("keys inspect", List.of("KEYS")),
            Map.entry("fetch", List.of("Bike")),
            Map.entry("accuracy", List.of("Bike")),
            Map.entry("compare", List.of("Bike")),
            Map.entry("report decrypt", List.of("--key-file", "KEYS", "--payload", "AAAA")),
            Map.entry("history", List.of("Bike")),
            Map.entry("gaps", List.of("Bike")),
            Map.entry("stays", List.of("Bike")),
            Map.entry("trips", List.of("Bike")),
            Map.entry("places add", List.of("Home", "--lat=1", "--lon=2", "--radius=100")),
            Map.entry("places edit", List.of("Home", "--radius=200")),
            Map.entry("places import", List.of("PLACES")),
            Map.entry("places remove", List.of("Home", "--yes")),
            Map.entry("places show", List.of("Home")),
            Map.entry("sinks add", List.of("--help")),
            Map.entry("sinks failures", List.of("hook")),
            Map.entry("sinks pause", List.of("hook")),
            Map.entry("sinks remove", List.of("hook", "--yes")),
            Map.entry("sinks replay", List.of("hook", "--since", "7d", "--yes")),
            Map.entry("sinks resume", List.of("hook")),
            Map.entry("sinks retry", List.of("hook")),
            Map.entry("sinks show", List.of("hook")),
            Map.entry("sinks test", List.of("--help")),
            Map.entry("export", List.of("--format", "csv", "Bike")),
            Map.entry("map", List.of("--output", "FOLDER/map.html", "Bike")),
            Map.entry("queue pause", List.of("--all")),
            Map.entry("queue requeue", List.of("--all")),
            Map.entry("queue resume", List.of("--all")),
            Map.entry("queue show", List.of("Bike")),
            Map.entry("explain", List.of("Bike")),
            Map.entry("db retention apply", List.of("--keep-reports", "400", "--yes")),
            Map.entry("db retention preview", List.of("--keep-reports", "400")),
            Map.entry("db redecrypt", List.of("--all")),
            Map.entry("db grant", List.of("web", "--for", "serve")),
            Map.entry("tokens add", List.of("phone", "--scope", "read")),
            Map.entry("tokens remove", List.of("phone", "--yes")),
            Map.entry("db rotate-key", List.of("--new-key-file", "FOLDER/new.key")),
            Map.entry("man", List.of("--directory", "FOLDER/man")));

    /** Commands that need no server, or say themselves what is wrong with each. */
    private static final Set<String> WITHOUT_SERVERS = Set.of(
            "keys generate",
            "keys inspect",
            "report decrypt",
            "config check",
            "completion",
            "man",
            "login",
            "doctor",
            "plan",
            "help",
            "queue move",
            "sinks add",
            "sinks test");

    /** What can pass is waited for; with every command, that would take minutes. */
    static final ServerPatience SHORT = new ServerPatience(Duration.ofMillis(1));

    @TempDir
    private Path folder;

    private record Ended(int exitCode, String out, String err) {}

    @ParameterizedTest
    @CsvSource({"28P01,3", "3D000,3", "57P03,5", "53300,5", "42501,3", "08P01,3", "XX000,1", "26000,3"})
    void whateverPostgresAnswers(String sqlState, int exitCode) throws IOException {
        try (TroubledServer postgres = TroubledServer.postgres(sqlState)) {
            everyCommandEndsWith(Map.of("DB_PORT", Integer.toString(postgres.port())), exitCode);
        }
    }

    @Test
    void aHostThatIsNotThere() throws IOException {
        everyCommandEndsWith(Map.of("DB_HOST", "no-such-host.invalid"), ExitCode.UNAVAILABLE);
    }

    @Test
    void aPortThatNobodyListensOn() throws IOException {
        everyCommandEndsWith(Map.of("DB_PORT", Integer.toString(closedPort())), ExitCode.UNAVAILABLE);
    }

    @Test
    void aServerOfAnotherProtocolWhereADatabaseShouldBe() throws IOException {
        try (TroubledServer web = TroubledServer.saying("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")) {
            everyCommandEndsWith(Map.of("DB_PORT", Integer.toString(web.port())), ExitCode.CONFIGURATION);
        }
    }

    @Test
    void aServerThatAsksForThePasswordItselfGetsNothing() throws IOException {
        StringBuffer stolen = new StringBuffer();
        try (TroubledServer thief = TroubledServer.thief(stolen)) {
            Ended ended = run(Map.of("DB_PORT", Integer.toString(thief.port())), List.of("latest"));
            assertThat(ended.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(ended.err()).contains("clear text");
        }
        assertThat(stolen).doesNotContain("secret");
    }

    /** Encryption is required where a network is in between, so a server without it is refused before anything is sent. */
    @Test
    void aServerWithoutEncryptionIsRefusedIfItIsRequired() throws IOException {
        try (TroubledServer postgres = TroubledServer.postgres("28P01")) {
            Ended ended = run(
                    Map.of("DB_PORT", Integer.toString(postgres.port()), "DB_SSLMODE", "verify-full"),
                    List.of("latest"));
            assertThat(ended.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(ended.err()).contains("TLS", "DB_SSLMODE").doesNotContainPattern(INSIDE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-WRONGPASS invalid username-password pair,3,refused the password",
        "-NOAUTH Authentication required.,3,refused the password",
        "-LOADING Redis is loading the dataset in memory,5,loads its data",
        "-NOPERM this user has no permissions,3,permit",
        "-ERR unknown command,3,not Redis"
    })
    void whateverRedisAnswers(String reply, int exitCode, String words) throws IOException {
        try (TroubledServer redis = TroubledServer.redis(reply)) {
            Ended ended = run(Map.of("REDIS_URL", "redis://127.0.0.1:" + redis.port()), List.of("queue", "status"));
            assertThat(ended.err()).contains(words, "REDIS_URL").doesNotContainPattern(INSIDE);
            assertThat(ended.exitCode()).isEqualTo(exitCode);
        }
    }

    @Test
    void aServerOfAnotherProtocolWhereRedisShouldBe() throws IOException {
        try (TroubledServer web = TroubledServer.saying("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            Ended ended = run(Map.of("REDIS_URL", "redis://127.0.0.1:" + web.port()), List.of("queue", "status"));
            assertThat(ended.err()).contains("Redis", "REDIS_URL").doesNotContainPattern(INSIDE);
            assertThat(ended.exitCode()).isIn(ExitCode.CONFIGURATION, ExitCode.UNAVAILABLE);
        }
    }

    private void everyCommandEndsWith(Map<String, String> environment, int exitCode) throws IOException {
        Set<String> tested = new TreeSet<>();
        for (String command : commands()) {
            // These ask Redis first, which is away.
            if (command.startsWith("queue ")) {
                continue;
            }
            Ended ended = run(environment, withArguments(command));
            assertThat(ended.err()).as(command).doesNotContainPattern(INSIDE);
            if (!WITHOUT_SERVERS.contains(command)) {
                assertThat(ended.exitCode()).as(command + ": " + ended).isEqualTo(exitCode);
                assertThat(ended.err().lines()).as(command).hasSize(1);
                tested.add(command);
            }
        }
        assertThat(tested).hasSizeGreaterThan(25);
    }

    private List<String> withArguments(String command) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        for (String argument : ARGUMENTS.getOrDefault(command, List.of())) {
            arguments.add(
                    switch (argument) {
                        case "KEYS" -> keys();
                        case "PLACES" -> places();
                        default -> argument.replace("FOLDER", folder.toString());
                    });
        }
        return arguments;
    }

    static List<String> commands() {
        List<String> found = new ArrayList<>();
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        collect("", Tools.commandLine(CommandContext.ofScript(Map.of(), nowhere, nowhere)), found);
        return found;
    }

    private static void collect(String words, CommandLine line, List<String> found) {
        line.getSubcommands().forEach((name, command) -> {
            if (command.getSubcommands().isEmpty()) {
                found.add(words + name);
            } else {
                collect(words + name + " ", command, found);
            }
        });
    }

    private String keys() throws IOException {
        return Files.writeString(folder.resolve("Bike.keys"), "Private key: Rjh3iCif9EtMn7sPeI4MsLWh3I4K1MTSlvCMSQ==\n")
                .toString();
    }

    private String places() throws IOException {
        return Files.writeString(folder.resolve("places.geojson"), """
                        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Home", "radius": 100},
                         "geometry": {"type": "Point", "coordinates": [2, 1]}}]}""").toString();
    }

    private Ended run(Map<String, String> trouble, List<String> arguments) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "DATA_DIR",
                folder.resolve("data").toString(),
                "MASTER_KEY",
                "Rjh3iCif9EtMn7sPeI4MsLWh3I4K1MTSlvCMSQAAAAA=",
                "DB_HOST",
                "127.0.0.1",
                "DB_PORT",
                Integer.toString(closedPort()),
                "DB_PASSWORD",
                "secret",
                "REDIS_URL",
                "redis://:secret@127.0.0.1:" + closedPort(),
                "ANISETTE_SERVER",
                "http://joe:secret@127.0.0.1:" + closedPort(),
                "FINDMY_GSA_URL",
                "https://127.0.0.1:" + closedPort(),
                "FINDMY_SETUP_URL",
                "https://127.0.0.1:" + closedPort(),
                "FINDMY_GATEWAY_URL",
                "https://127.0.0.1:" + closedPort()));
        environment.putAll(trouble);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandContext context = CommandContext.ofScript(environment, new PrintWriter(out), new PrintWriter(err))
                .waiting(SHORT);
        int exitCode = Tools.run(context, arguments.toArray(String[]::new));
        return new Ended(exitCode, out.toString(), err.toString());
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
