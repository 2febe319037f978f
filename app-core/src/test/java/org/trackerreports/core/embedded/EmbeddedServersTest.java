package org.trackerreports.core.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.trackerreports.core.config.DefaultDirectories;
import org.trackerreports.core.embedded.EmbeddedServers.Request;
import org.trackerreports.core.embedded.EmbeddedServers.User;
import org.trackerreports.testsupport.JavaCommand;
import org.trackerreports.testsupport.TestProcess;

class EmbeddedServersTest {

    private static final Path BINARIES =
            DefaultDirectories.cache(Map.copyOf(System.getenv())).resolve("postgresql");

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

            assertThatThrownBy(() -> redis(addresses, null).shutdown()).hasStackTraceContaining("NOAUTH");
            RedissonClient redis = redis(addresses, addresses.redisPassword());
            redis.getBucket("key").set("value");
            redis.shutdown();
        }
        assertThat(DataDirectory.prepare(temporary.resolve("data")).resolve("servers.json"))
                .doesNotExist();
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
        List<String> command = JavaCommand.ofClass(List.of(), KilledOwner.class, data.toString(), BINARIES.toString());
        try (TestProcess owner =
                TestProcess.start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT))) {
            assertThat(owner.exitCode(Duration.ofSeconds(60))).isEqualTo(KilledOwner.KILLED);
        }
        ServerAddresses left = ServerAddresses.fromJson(Files.readString(data.resolve("servers.json")))
                .orElseThrow();
        assertThat(query(left, "SELECT value FROM kept"))
                .as("the servers still run")
                .isEqualTo("here");

        try (EmbeddedServers servers = open(User.DAEMON)) {
            assertThat(query(servers.addresses(), "SELECT value FROM kept")).isEqualTo("here");
            assertThatThrownBy(() -> connect(left).close()).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void filesWithSecretsAreReadableByTheirOwnerAlone() throws Exception {
        try (EmbeddedServers servers = open(User.DAEMON)) {
            assertThat(servers.addresses().toString())
                    .doesNotContain(servers.addresses().databasePassword());
            for (String name : new String[] {"servers.json", "servers.password", "redis.conf"}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                                temporary.resolve("data").resolve(name))))
                        .as(name)
                        .isEqualTo("rw-------");
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temporary.resolve("data"))))
                    .isEqualTo("rwx------");
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
        Properties properties = new Properties();
        properties.setProperty("user", ServerAddresses.USER);
        properties.setProperty("password", password);
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + addresses.databasePort() + "/" + ServerAddresses.USER, properties);
    }

    private static RedissonClient redis(ServerAddresses addresses, String password) {
        Config config = new Config();
        config.setPassword(password);
        config.useSingleServer()
                .setAddress("redis://127.0.0.1:" + addresses.redisPort())
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(2)
                .setRetryAttempts(0);
        return Redisson.create(config);
    }
}
