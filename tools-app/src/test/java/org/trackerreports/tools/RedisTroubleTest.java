package org.trackerreports.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trackerreports.core.config.ConfigurationLoader;
import org.trackerreports.core.config.DefaultDirectories;
import org.trackerreports.core.embedded.DataDirectory;
import org.trackerreports.core.embedded.EmbeddedServers;
import org.trackerreports.core.embedded.ServerAddresses;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.findmy.login.SessionCodec;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;

/** The database works, Redis does not: every command that needs Redis says so in one sentence, and all others do their work. */
class RedisTroubleTest {

    /** All that ask for due work or for the budgets of accounts. */
    private static final Set<String> NEED_REDIS = Set.of(
            "accounts list",
            "accounts resume",
            "accounts show",
            "accuracy",
            "compare",
            "explain",
            "fetch",
            "queue pause",
            "queue requeue",
            "queue resume",
            "queue show",
            "queue status",
            "queue verify");

    /** They say themselves what does not work, or change what the other commands need. */
    private static final Set<String> OTHERS = Set.of("doctor", "login", "db rotate-key");

    @TempDir
    private static Path directory;

    private static EmbeddedServers servers;
    private static Application application;
    private static ReportStore store;

    private record Ended(int exitCode, String out, String err) {}

    @BeforeAll
    static void start() throws Exception {
        servers = EmbeddedServers.open(
                DataDirectory.prepare(directory.resolve("servers")),
                new EmbeddedServers.Request(
                        EmbeddedServers.User.DAEMON,
                        closedPort(),
                        0,
                        DefaultDirectories.cache(Map.copyOf(System.getenv()), directory)
                                .resolve("programs")));
        assertThat(run("redis://127.0.0.1:9", List.of("db", "migrate")).exitCode())
                .isEqualTo(ExitCode.DONE);
        application = Application.of(
                ConfigurationLoader.load(Map.of(), environment("redis://127.0.0.1:9"), Optional.empty()),
                EmbeddedServers.User.TOOL,
                Clock.systemUTC());
        store = application.get(ReportStore.class);
    }

    @AfterAll
    static void stop() {
        if (application != null) {
            application.close();
        }
        if (servers != null) {
            servers.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-WRONGPASS invalid username-password pair,3",
        "-LOADING Redis is loading the dataset in memory,5",
        "-NOPERM this user has no permissions,3",
        "-ERR unknown command,3"
    })
    void whateverRedisAnswers(String reply, int exitCode) throws IOException {
        try (TroubledServer redis = TroubledServer.redis(reply)) {
            commandsEnd(NEED_REDIS, "redis://:secret@127.0.0.1:" + redis.port(), exitCode);
        }
    }

    @Test
    void aRedisThatIsNotThere() throws IOException {
        Set<String> all = new TreeSet<>(EveryTroubleTest.commands());
        all.removeAll(OTHERS);
        commandsEnd(all, "redis://:secret@127.0.0.1:" + closedPort(), ExitCode.UNAVAILABLE);
    }

    private static void commandsEnd(Set<String> commands, String redis, int exitCode) throws IOException {
        Set<String> needed = new TreeSet<>();
        for (String command : new TreeSet<>(commands)) {
            prepare();
            List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
            for (String argument : EveryTroubleTest.ARGUMENTS.getOrDefault(command, List.of())) {
                arguments.add(argument.equals("KEYS") ? keys() : argument.replace("FOLDER", directory.toString()));
            }
            Ended ended = run(redis, arguments);
            assertThat(ended.err()).as(command).doesNotContainPattern(EveryTroubleTest.INSIDE);
            if (ended.err().contains("REDIS_URL")) {
                needed.add(command);
                assertThat(ended.exitCode()).as(command + ": " + ended).isEqualTo(exitCode);
                assertThat(ended.err().lines()).as(command).hasSize(1);
            } else {
                assertThat(ended.exitCode()).as(command + ": " + ended).isNotEqualTo(ExitCode.UNAVAILABLE);
            }
        }
        assertThat(needed).isEqualTo(new TreeSet<>(NEED_REDIS));
    }

    /** One tracker and one account, whatever the last command did to them. */
    private static void prepare() throws IOException {
        if (store.trackers().find("Bike").isEmpty()) {
            for (Tracker tracker : store.trackers().list()) {
                store.trackers().remove(tracker.id(), true);
            }
            run("redis://127.0.0.1:9", List.of("trackers", "import", keys()));
        }
        Account main = store.accounts().find("main").orElse(Account.create("main"));
        Session session = new Session(
                "owner@example.com",
                "1",
                "token",
                DeviceIdentity.random(),
                "machine",
                Instant.parse("2026-06-01T12:00:00Z"));
        store.accounts()
                .save(main.withState(AccountState.READY)
                        .withSession(Optional.of(Secret.of(SessionCodec.write(session)))));
    }

    private static String keys() throws IOException {
        Path file = directory.resolve("Bike.keys");
        return Files.writeString(file, "Private key: Rjh3iCif9EtMn7sPeI4MsLWh3I4K1MTSlvCMSQ==\n")
                .toString();
    }

    private static Map<String, String> environment(String redis) {
        ServerAddresses addresses = servers.addresses();
        return new HashMap<>(Map.of(
                "DATA_DIR",
                directory.resolve("data").toString(),
                "MASTER_KEY",
                "Rjh3iCif9EtMn7sPeI4MsLWh3I4K1MTSlvCMSQAAAAA=",
                "DB_HOST",
                "127.0.0.1",
                "DB_PORT",
                Integer.toString(addresses.databasePort()),
                "DB_NAME",
                ServerAddresses.USER,
                "DB_USER",
                ServerAddresses.USER,
                "DB_PASSWORD",
                addresses.databasePassword(),
                "REDIS_URL",
                redis,
                "ANISETTE_SERVER",
                "http://127.0.0.1:9"));
    }

    private static Ended run(String redis, List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandContext context = CommandContext.ofScript(environment(redis), new PrintWriter(out), new PrintWriter(err))
                .waiting(EveryTroubleTest.SHORT);
        int exitCode = Tools.run(context, arguments.toArray(String[]::new));
        return new Ended(exitCode, out.toString(), err.toString());
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
