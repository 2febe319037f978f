package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.config.DefaultDirectories;
import org.trackerreports.core.embedded.DataDirectory;
import org.trackerreports.core.embedded.EmbeddedServers;
import org.trackerreports.core.embedded.ServerAddresses;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.systemtests.client.Certificates;
import org.trackerreports.testsupport.FreePorts;
import org.trackerreports.testsupport.TestProcess;
import org.trackerreports.tools.Tools;

/** A PostgreSQL of one's own: with a certificate, and behind PgBouncer. */
class ExternalDatabaseTest {

    @TempDir
    private static Path directory;

    private static EmbeddedServers servers;
    private static Path authority;

    private record Ended(int exitCode, String out, String err) {}

    /** The certificate is for localhost. */
    @BeforeAll
    static void start() throws Exception {
        servers = EmbeddedServers.open(
                DataDirectory.prepare(directory.resolve("servers")),
                new EmbeddedServers.Request(
                        EmbeddedServers.User.DAEMON,
                        FreePorts.next(),
                        0,
                        DefaultDirectories.cache(Map.copyOf(System.getenv()), directory)
                                .resolve("programs")));
        Certificates certificates = new Certificates();
        authority = directory.resolve("ca.pem");
        certificates.writeAuthority(authority);
        Path certificate = directory.resolve("server.crt");
        Path key = directory.resolve("server.key");
        certificates.writeServer(certificate, key, "localhost");
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET ssl_cert_file = '" + certificate + "'");
            statement.execute("ALTER SYSTEM SET ssl_key_file = '" + key + "'");
            statement.execute("ALTER SYSTEM SET ssl = on");
            statement.execute("SELECT pg_reload_conf()");
        }
        await().atMost(Duration.ofSeconds(30)).until(ExternalDatabaseTest::isEncrypted);
        Ended migrated = tool(Map.of("DB_HOST", "127.0.0.1"), "db", "migrate");
        assertThat(migrated.exitCode()).as(migrated.toString()).isZero();
    }

    @AfterAll
    static void stop() {
        if (servers != null) {
            servers.close();
        }
    }

    private static Connection superuser() throws SQLException, IOException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + servers.addresses().databasePort() + "/" + ServerAddresses.USER,
                "postgres",
                Files.readString(directory.resolve("servers/servers.password")));
    }

    private static boolean isEncrypted() throws SQLException, IOException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static Ended tool(Map<String, String> variables, String... arguments) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "DATA_DIR",
                directory.resolve("data").toString(),
                "DB_PORT",
                Integer.toString(servers.addresses().databasePort()),
                "DB_NAME",
                ServerAddresses.USER,
                "DB_USER",
                ServerAddresses.USER,
                "DB_PASSWORD",
                servers.addresses().databasePassword()));
        environment.putAll(variables);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Tools.run(environment, new PrintWriter(out), new PrintWriter(err), arguments);
        return new Ended(exitCode, out.toString(), err.toString());
    }

    private static void assertWorks(Map<String, String> variables) {
        Ended ended = tool(variables, "trackers", "list");
        assertThat(ended.exitCode()).as(ended.toString()).isIn(ExitCode.DONE, ExitCode.NOTHING_FOUND);
    }

    private static void assertRefused(Map<String, String> variables, String... words) {
        Ended ended = tool(variables, "trackers", "list");
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(ended.err().lines()).as("at once, in one sentence").hasSize(1);
        assertThat(ended.err()).contains(words).doesNotContain("Exception", "Verifier");
    }

    @Test
    void aValidCertificateIsAcceptedAndEveryOtherRefusedWithWhatToDo() throws Exception {
        Map<String, String> full = Map.of("DB_SSLMODE", "verify-full", "DB_SSLROOTCERT", authority.toString());
        assertWorks(with(full, "DB_HOST", "localhost"));
        assertRefused(with(full, "DB_HOST", "127.0.0.1"), "for another host name", "DB_HOST", "DB_SSLMODE");
        assertWorks(with(with(full, "DB_SSLMODE", "verify-ca"), "DB_HOST", "127.0.0.1"));

        Path stranger = directory.resolve("stranger.pem");
        new Certificates().writeAuthority(stranger);
        for (String mode : List.of("verify-full", "verify-ca")) {
            Map<String, String> localhost = Map.of("DB_HOST", "localhost", "DB_SSLMODE", mode);
            assertRefused(
                    with(localhost, "DB_SSLROOTCERT", stranger.toString()),
                    "not trusted",
                    "authority in DB_SSLROOTCERT");
            assertRefused(localhost, "not trusted", "authority in DB_SSLROOTCERT");
        }
    }

    private static Map<String, String> with(Map<String, String> variables, String name, String value) {
        Map<String, String> changed = new HashMap<>(variables);
        changed.put(name, value);
        return changed;
    }

    @Test
    void pgbouncerWorksInSessionModeAndIsNamedInTransactionMode() throws Exception {
        Optional<Path> program = Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
                .map(path -> Path.of(path, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeThat(program)
                .as("PgBouncer is not tested, because it is not installed (apt: pgbouncer)")
                .isPresent();
        for (String mode : List.of("session", "transaction")) {
            int port = FreePorts.next();
            try (TestProcess pooler = pooler(program.get(), mode, port)) {
                await().atMost(Duration.ofSeconds(30)).until(() -> answers(port) && pooler.isAlive());
                Map<String, String> behind = Map.of("DB_HOST", "127.0.0.1", "DB_PORT", Integer.toString(port));
                if (mode.equals("session")) {
                    assertThat(tool(behind, "db", "migrate").exitCode()).isZero();
                    assertWorks(behind);
                } else {
                    assertRefused(behind, "connection pooler", "pool_mode = transaction", "session mode");
                }
            }
        }
    }

    /** PgBouncer refuses to run as root. */
    private static TestProcess pooler(Path program, String mode, int port) throws IOException {
        Path folder = Files.createTempDirectory("pooler");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path settings = Files.writeString(
                folder.resolve("pgbouncer.ini"),
                String.join(
                        "\n",
                        "[databases]",
                        "* = host=127.0.0.1 port=" + servers.addresses().databasePort() + " user="
                                + ServerAddresses.USER + " password="
                                + servers.addresses().databasePassword(),
                        "[pgbouncer]",
                        "listen_addr = 127.0.0.1",
                        "listen_port = " + port,
                        "unix_socket_dir =",
                        "auth_type = any",
                        "pool_mode = " + mode,
                        ""));
        folder.toFile().deleteOnExit();
        settings.toFile().deleteOnExit();
        List<String> command = new ArrayList<>(List.of(program.toString(), settings.toString()));
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(1, List.of("-u", "nobody"));
        }
        return TestProcess.start(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("pgbouncer-" + mode + ".log").toFile()));
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
