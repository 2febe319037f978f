package org.trackerreports.core.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.api.RedissonClient;
import org.trackerreports.core.config.DefaultDirectories;
import org.trackerreports.core.embedded.EmbeddedServers.Request;
import org.trackerreports.core.embedded.EmbeddedServers.User;
import org.trackerreports.queue.RedisClients;
import org.trackerreports.testsupport.FreePorts;
import org.trackerreports.testsupport.JavaCommand;
import org.trackerreports.testsupport.TestProcess;

class EmbeddedServersTest {

    private static final Path BINARIES = DefaultDirectories.cache(Map.copyOf(System.getenv()), Path.of("target"))
            .resolve("programs");

    @TempDir
    private Path temporary;

    @Test
    void bothServersAreDurableAndAskForThePassword() throws Exception {
        try (EmbeddedServers servers = open(User.DAEMON)) {
            ServerAddresses addresses = servers.addresses();
            assertThat(show(addresses, "fsync")).isEqualTo("on");
            assertThat(show(addresses, "synchronous_commit")).isEqualTo("on");
            assertThat(show(addresses, "password_encryption")).isEqualTo("scram-sha-256");
            assertThatThrownBy(() -> connect(addresses, "wrong").close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");

            RedissonClient stranger = redis(addresses, "wrong");
            assertThatThrownBy(() -> stranger.getBucket("key").get()).hasStackTraceContaining("WRONGPASS");
            stranger.shutdown();
            RedissonClient redis = redis(addresses, addresses.redisPassword());
            redis.getBucket("key").set("value");
            redis.shutdown();
        }
        assertThat(DataDirectory.prepare(temporary.resolve("data")).resolve("servers.json"))
                .doesNotExist();
    }

    /** A verifier of PostgreSQL is {@code SCRAM-SHA-256$iterations:salt$keys}. */
    @Test
    void passwordsOfDirectoriesOfOlderVersionsAreHashedAnewInOneIteration() throws Exception {
        try (EmbeddedServers servers = open(User.DAEMON)) {
            setPasswordsAsOlderVersionsDid(servers.addresses());
        }
        try (EmbeddedServers servers = open(User.DAEMON);
                Connection connection = connect(servers.addresses(), "postgres", read("servers.password"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT rolpassword FROM pg_authid WHERE rolcanlogin")) {
            List<String> verifiers = new ArrayList<>();
            while (rows.next()) {
                verifiers.add(rows.getString(1));
            }
            assertThat(verifiers).hasSize(2).allMatch(verifier -> verifier.startsWith("SCRAM-SHA-256$1:"));
        }
    }

    private void setPasswordsAsOlderVersionsDid(ServerAddresses addresses) throws Exception {
        String superuser = read("servers.password");
        try (Connection connection = connect(addresses, "postgres", superuser);
                Statement statement = connection.createStatement()) {
            statement.execute("SET scram_iterations = 4096");
            statement.execute("ALTER ROLE postgres PASSWORD '" + superuser + "'");
            statement.execute(
                    "ALTER ROLE " + ServerAddresses.USER + " PASSWORD '" + addresses.databasePassword() + "'");
        }
    }

    /** A first start takes seconds, and somebody waits for it. */
    @Test
    void aCommandSaysWhatItWaitsForIfThatTakesLongerThanItsPatience() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        DataDirectory data = DataDirectory.prepare(temporary.resolve("data"));
        try (EmbeddedServers servers =
                EmbeddedServers.open(data, new Request(User.TOOL, 0, 0, BINARIES, told::add, Duration.ofMillis(1)))) {
            assertThat(told)
                    .containsExactly("Starting the embedded PostgreSQL and Redis. Their logs: "
                            + data.resolve("postgresql.log") + ", " + data.resolve("redis.log"));
            try (EmbeddedServers guest = EmbeddedServers.open(
                    data, new Request(User.TOOL, 0, 0, BINARIES, told::add, Duration.ofMillis(1)))) {
                assertThat(guest.addresses()).isEqualTo(servers.addresses());
            }
            assertThat(told).as("a guest starts and stops nothing").hasSize(1);
        }
        assertThat(told).hasSize(2).last().isEqualTo("Stopping the embedded PostgreSQL and Redis.");
        told.clear();
        EmbeddedServers.open(data, new Request(User.TOOL, 0, 0, BINARIES, told::add, Duration.ofHours(1)))
                .close();
        assertThat(told).as("it is patient").isEmpty();
        EmbeddedServers.open(data, new Request(User.DAEMON, 0, 0, BINARIES, told::add, Duration.ofHours(1)))
                .close();
        assertThat(told).as("a daemon says it at once").hasSize(1);
    }

    @Test
    void dataSurvivesARestart() throws Exception {
        try (EmbeddedServers servers = open(User.DAEMON);
                Connection connection = connect(servers.addresses());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept (value text)");
            statement.execute("INSERT INTO kept VALUES ('here')");
            RedissonClient redis =
                    redis(servers.addresses(), servers.addresses().redisPassword());
            redis.getBucket("kept").set("here");
            redis.shutdown();
        }
        try (EmbeddedServers servers = open(User.DAEMON)) {
            assertThat(query(servers.addresses(), "SELECT value FROM kept")).isEqualTo("here");
            RedissonClient redis =
                    redis(servers.addresses(), servers.addresses().redisPassword());
            assertThat(redis.<String>getBucket("kept").get()).isEqualTo("here");
            redis.shutdown();
        }
    }

    @Test
    void aToolUsesTheServersOfARunningDaemonAndLeavesThemRunning() throws Exception {
        try (EmbeddedServers daemon = open(User.DAEMON)) {
            try (EmbeddedServers tool = open(User.TOOL)) {
                assertThat(tool.addresses()).isEqualTo(daemon.addresses());
            }
            assertThat(query(daemon.addresses(), "SELECT 'still here'")).isEqualTo("still here");
        }
    }

    @Test
    void aSecondDaemonIsRefused() throws Exception {
        try (EmbeddedServers first = open(User.DAEMON)) {
            assertThatThrownBy(() -> open(User.DAEMON).close())
                    .isInstanceOf(EmbeddedServersException.class)
                    .hasMessageContaining(
                            "another daemon (process " + first.addresses().pid() + ")")
                    .hasMessageContaining("--data-dir");
        }
    }

    @Test
    void aToolInTheDaemonsProcessTakesNothingFromTheDaemon() throws Exception {
        try (EmbeddedServers daemon = open(User.DAEMON)) {
            open(User.TOOL).close();
            List<String> command = JavaCommand.ofClass(
                    List.of(),
                    KilledOwner.class,
                    temporary.resolve("data").toString(),
                    BINARIES.toString(),
                    Integer.toString(FreePorts.next()));

            TestProcess.Result other = TestProcess.run(new ProcessBuilder(command), "", Duration.ofSeconds(60));

            assertThat(other.err())
                    .contains("another daemon (process " + daemon.addresses().pid() + ")");
            assertThat(query(daemon.addresses(), "SELECT 'still here'")).isEqualTo("still here");
        }
    }

    @Test
    void aTakenPortIsNamedAndNothingStaysRunning() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Request request = new Request(User.DAEMON, taken.getLocalPort(), 0, BINARIES);
            assertThatThrownBy(() -> EmbeddedServers.open(DataDirectory.prepare(temporary.resolve("data")), request)
                            .close())
                    .isInstanceOf(EmbeddedServersException.class)
                    .hasMessageContaining("EMBEDDED_DB_PORT is " + taken.getLocalPort())
                    .hasMessageContaining("in use");
        }
        open(User.DAEMON).close();
    }

    @Test
    void serversOfAKilledDaemonAreStoppedAndTheirDataIsKept() throws Exception {
        Path data = temporary.resolve("data");
        int port = FreePorts.next();
        List<String> command = JavaCommand.ofClass(
                List.of(), KilledOwner.class, data.toString(), BINARIES.toString(), Integer.toString(port));
        try (TestProcess owner =
                TestProcess.start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT))) {
            assertThat(owner.exitCode(Duration.ofSeconds(60))).isEqualTo(KilledOwner.KILLED);
        }
        ServerAddresses left = ServerAddresses.fromJson(Files.readString(data.resolve("servers.json")))
                .orElseThrow();
        assertThat(query(left, "SELECT value FROM kept"))
                .as("the servers still run")
                .isEqualTo("here");

        Optional<String> process = read("postgresql/postmaster.pid").lines().findFirst();
        try (EmbeddedServers servers =
                EmbeddedServers.open(DataDirectory.prepare(data), new Request(User.DAEMON, port, 0, BINARIES))) {
            assertThat(query(servers.addresses(), "SELECT value FROM kept")).isEqualTo("here");
            assertThat(read("postgresql/postmaster.pid").lines().findFirst())
                    .as("the process of PostgreSQL")
                    .isNotEqualTo(process);
        }
    }

    @Test
    void filesWithSecretsAreReadableByTheirOwnerAlone() throws Exception {
        try (EmbeddedServers servers = open(User.DAEMON)) {
            ServerAddresses addresses = servers.addresses();
            Set<String> passwords =
                    Set.of(addresses.databasePassword(), addresses.redisPassword(), read("servers.password"));
            assertThat(passwords).as("one for each role").hasSize(3);
            passwords.forEach(password -> assertThat(addresses.toString()).doesNotContain(password));
            try (Stream<Path> all = Files.walk(temporary.resolve("data"))) {
                assertThat(all.filter(path -> !path.startsWith(temporary.resolve("data/redis")))
                                .filter(path -> permissions(path).substring(3).contains("r")
                                        || permissions(path).substring(3).contains("w")))
                        .isEmpty();
            }
            assertThat(permissions(temporary.resolve("data/redis"))).isEqualTo("rwx------");
        }
    }

    @Test
    void theServersListenOnUnixSocketsThatOnlyTheirOwnerCanReach() throws Exception {
        try (EmbeddedServers servers = open(User.DAEMON)) {
            assertThat(servers.addresses().redis()).startsWith(temporary.resolve("data"));
            assertThat(show(servers.addresses(), "listen_addresses")).isEmpty();
            assertThat(show(servers.addresses(), "unix_socket_permissions")).isEqualTo("0700");
            assertThat(read("redis.conf"))
                    .contains("port 0", "unixsocketperm 700", "client-output-buffer-limit normal");
        }
    }

    @Test
    void aPathThatIsTooLongForSocketsPutsThemElsewhere() throws Exception {
        DataDirectory data = DataDirectory.prepare(temporary.resolve("d".repeat(120)));
        try (EmbeddedServers servers = EmbeddedServers.open(data, new Request(User.DAEMON, 0, 0, BINARIES))) {
            Path sockets = servers.addresses().redis().getParent();
            assertThat(permissions(sockets)).isEqualTo("rwx------");
            assertThat(query(servers.addresses(), "SELECT 'reached'")).isEqualTo("reached");
        }
    }

    @Test
    void additionalPortsAreForThoseWhoAskForThem() throws Exception {
        int databasePort = FreePorts.next();
        int redisPort = FreePorts.next();
        Request request = new Request(User.DAEMON, databasePort, redisPort, BINARIES);
        try (EmbeddedServers servers = EmbeddedServers.open(DataDirectory.prepare(temporary.resolve("data")), request);
                Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + databasePort + "/" + ServerAddresses.USER,
                        ServerAddresses.USER,
                        servers.addresses().databasePassword());
                Socket redis = new Socket(InetAddress.getLoopbackAddress(), redisPort)) {
            assertThat(connection.isValid(10)).isTrue();
            assertThat(redis.isConnected()).isTrue();
            assertThat(query(servers.addresses(), "SHOW port")).isEqualTo(Integer.toString(databasePort));
        }
    }

    @Test
    void aDataDirectoryThatOthersCouldUseIsClosedAndThatIsSaid() throws Exception {
        Path data = Files.createDirectory(temporary.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path key = Files.writeString(data.resolve("master.key"), "secret");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        DataDirectory directory = DataDirectory.prepare(data);
        assertThat(directory.secret("master.key", () -> "new")).isEqualTo("secret");
        assertThat(permissions(data)).isEqualTo("rwx------");
        assertThat(permissions(key)).isEqualTo("rw-------");
        assertThat(directory.corrections())
                .hasSize(2)
                .anyMatch(text -> text.startsWith(directory.path() + " could be changed"))
                .anyMatch(text -> text.contains("master.key could be read"));
    }

    @Test
    void programsThatOthersCouldChangeAreUnpackedAgain() throws Exception {
        Path directory = Files.createDirectory(temporary.resolve("programs"));
        Path redis = Programs.in(directory).redis();
        Files.writeString(redis, "planted");
        assertThat(Programs.in(directory).redis())
                .as("nobody else can have changed it")
                .hasContent("planted");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(Files.size(Programs.in(directory).redis())).isGreaterThan(1_000_000);
        assertThat(permissions(directory)).isEqualTo("rwx------");
    }

    private String read(String name) throws IOException {
        return Files.readString(temporary.resolve("data").resolve(name));
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EmbeddedServers open(User user) throws EmbeddedServersException, IOException {
        return EmbeddedServers.open(
                DataDirectory.prepare(temporary.resolve("data")), new Request(user, 0, 0, BINARIES));
    }

    private static String show(ServerAddresses addresses, String setting) throws SQLException {
        return query(addresses, "SHOW " + setting);
    }

    private static String query(ServerAddresses addresses, String sql) throws SQLException {
        try (Connection connection = connect(addresses);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Connection connect(ServerAddresses addresses) throws SQLException {
        return connect(addresses, addresses.databasePassword());
    }

    private static Connection connect(ServerAddresses addresses, String password) throws SQLException {
        return connect(addresses, ServerAddresses.USER, password);
    }

    private static Connection connect(ServerAddresses addresses, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return DriverManager.getConnection(addresses.databaseUrl(), properties);
    }

    private static RedissonClient redis(ServerAddresses addresses, String password) {
        return RedisClients.connect(addresses.redis(), password, Duration.ofSeconds(10));
    }
}
