package org.trackerreports.systemtests.tools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.trackerreports.core.config.ConfigurationLoader;
import org.trackerreports.core.embedded.EmbeddedServers;
import org.trackerreports.core.embedded.ServerAddresses;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.keyfile.KeyFiles;
import org.trackerreports.simulator.SimulatedAccount;
import org.trackerreports.simulator.Simulator;
import org.trackerreports.simulator.SimulatorSettings;
import org.trackerreports.simulator.world.Finders;
import org.trackerreports.simulator.world.KeySchedule;
import org.trackerreports.simulator.world.Position;
import org.trackerreports.simulator.world.Route;
import org.trackerreports.simulator.world.TagSpec;
import org.trackerreports.store.ReportStore;
import org.trackerreports.systemtests.TestServers;
import org.trackerreports.testsupport.Directories;

/**
 * The environment of the commands: external PostgreSQL and Redis servers, the simulated services, and a signed-in account.
 * One for all tests of a run (see {@link WithToolWorld}), so a test uses names of its own for what it changes.
 */
final class ToolWorld implements AutoCloseable {

    /** The alias of the account that is signed in. */
    static final String ACCOUNT = "main";

    static final String APPLE_ID = "owner@example.com";
    static final String PASSWORD = "a made-up password";

    private final Path directory;
    private final Simulator simulator;
    private final EmbeddedServers servers;
    private final Map<String, String> environment = new HashMap<>();
    private final Application application;
    private final SecureRandom random = new SecureRandom();

    private ToolWorld() throws Exception {
        directory = Files.createTempDirectory("tool-world");
        Path certificate = directory.resolve("ca.pem");
        simulator = Simulator.start(SimulatorSettings.defaults().withCertificateAuthorityFile(certificate));
        simulator.accounts().add(SimulatedAccount.of(APPLE_ID, PASSWORD));
        servers = TestServers.start(directory.resolve("servers"));
        environment.putAll(simulator.clientEnvironment());
        environment.put("FETCH_INTERVAL", "100ms");
        environment.put("MAX_REQUESTS_PER_DAY", "100000");
        environment.putAll(servers());
        // Not the home directory, so that a command that wrongly starts embedded servers is noticed.
        environment.put("DATA_DIR", directory.resolve("data").toString());
        environment.put("MASTER_KEY", "Rjh3iCif9EtMn7sPeI4MsLWh3I4K1MTSlvCMSQAAAAA=");
        try {
            tool("db", "migrate").done();
            signIn(ACCOUNT, APPLE_ID, "--remember-password");
            application = Application.of(
                    ConfigurationLoader.load(Map.of(), environment, Optional.empty()),
                    EmbeddedServers.User.TOOL,
                    Clock.systemUTC());
        } catch (Exception | AssertionError e) {
            // Nobody else would stop them.
            servers.close();
            simulator.close();
            throw e;
        }
    }

    static ToolWorld start() throws Exception {
        return new ToolWorld();
    }

    /** Signs an account of the simulator in, with further arguments. */
    final void signIn(String alias, String appleId, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("login", "--account", alias, "--username", appleId));
        command.addAll(List.of("--password-file", passwordFile(alias)));
        command.addAll(List.of(more));
        tool(command.toArray(String[]::new)).done();
    }

    /** The command that signs an account in and keeps its session in a file. */
    String[] loginToFile(Path session, String appleId, String passphraseFile) throws IOException {
        List<String> command = new ArrayList<>(List.of("login", "--session", session.toString()));
        command.addAll(List.of(
                "--username",
                appleId,
                "--password-file",
                passwordFile(session.getFileName().toString())));
        command.addAll(List.of("--passphrase-file", passphraseFile));
        return command.toArray(String[]::new);
    }

    private String passwordFile(String name) throws IOException {
        return write(name + ".password", PASSWORD).toString();
    }

    private Map<String, String> servers() {
        ServerAddresses addresses = servers.addresses();
        return Map.of(
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
                "redis://:" + addresses.redisPassword() + "@127.0.0.1:" + addresses.redisPort());
    }

    /** The value of an environment variable of the commands. */
    String variable(String name) {
        return environment.get(name);
    }

    /** A connection that may do everything; close it. */
    Connection superuser(String database) throws SQLException, IOException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + variable("DB_PORT") + "/" + database,
                "postgres",
                Files.readString(directory.resolve("servers/servers.password")));
    }

    Simulator simulator() {
        return simulator;
    }

    /** A directory for the files of tests; removed at the end. */
    Path directory() {
        return directory;
    }

    Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content, StandardCharsets.UTF_8);
    }

    /** A part of the system that looks at the same servers, to prepare and to check. */
    <T> T get(Class<T> type) {
        return application.get(type);
    }

    ReportStore store() {
        return get(ReportStore.class);
    }

    /** The command line as a process of its own, with the servers and the services of this world in its environment. */
    ToolProcess tool() {
        return ToolProcess.in(environment);
    }

    /** Runs one command with the servers and the services of this world, within this process. */
    ToolProcess.Ended tool(String... arguments) {
        return ToolCall.run(environment, arguments);
    }

    /** The same services, with the default embedded servers in a separate directory. */
    ToolProcess embedded(Path dataDirectory) {
        return tool().without("DB_HOST", "DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD", "REDIS_URL", "MASTER_KEY")
                .with("DATA_DIR", dataDirectory.toString());
    }

    /**
     * Adds a new static tag that finders have seen every ten minutes for three days, at one place. Does not import it.
     *
     * @param change changes the tag before it is added
     * @return its key file, as {@code .keys} text named after the tag
     */
    Path newTag(String name, double latitude, double longitude, UnaryOperator<TagSpec> change) throws IOException {
        StaticKeys keys = new StaticKeys(List.of(PrivateTrackerKey.generate(random)));
        Instant now = Instant.now();
        TagSpec spec = TagSpec.of(
                        name,
                        KeySchedule.fixed(keys.keys().get(0).advertisementKey().bytes()),
                        Route.stayingAt(Position.ofDegrees(latitude, longitude)),
                        Finders.every(Duration.ofMinutes(10))
                                .withConfidence(2, 3)
                                .withDelay(Duration.ZERO, Duration.ZERO))
                .seenBetween(now.minus(Duration.ofDays(3)), now.plus(Duration.ofHours(1)));
        simulator.world().addTag(change.apply(spec));
        return write(name + ".keys", KeyFiles.writeKeysText(keys));
    }

    /** The same, and imports it. */
    void newTracker(String name, double latitude, double longitude) throws IOException {
        Path file = newTag(name, latitude, longitude, UnaryOperator.identity());
        tool("trackers", "import", file.toString()).done();
    }

    @Override
    public void close() throws IOException {
        application.close();
        servers.close();
        simulator.close();
        Directories.delete(directory);
    }
}
