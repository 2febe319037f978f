package org.trackerreports.systemtests.daemon;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.core.config.ConfigurationLoader;
import org.trackerreports.fetcher.Fetcher;
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
import org.trackerreports.tools.Tools;

/** A simulator, a data directory, and the tools and the daemon on them. */
final class LocalSystem implements AutoCloseable {

    static final String APPLE_ID = "owner@example.com";
    static final String PASSWORD = "a made-up password";

    private final Path directory;
    private final Simulator simulator;
    private final Map<String, String> environment = new HashMap<>();
    private Fetcher fetcher;

    /** What a command printed and how it ended. */
    record Ended(int exitCode, String out, String err) {}

    LocalSystem(Path directory) {
        this.directory = directory;
        Path certificate = directory.resolve("ca.pem");
        simulator = Simulator.start(SimulatorSettings.defaults().withCertificateAuthorityFile(certificate));
        simulator.accounts().add(SimulatedAccount.of(APPLE_ID, PASSWORD));
        environment.put("DATA_DIR", directory.resolve("data").toString());
        environment.putAll(simulator.clientEnvironment());
        environment.put("HTTP_PORT", "0");
        environment.put("WEB_PORT", "0");
        environment.put("FETCH_INTERVAL", "300ms");
        environment.put("MAX_REQUESTS_PER_DAY", "100000");
        environment.put("REQUEST_INTERVAL_HOURS", "1s");
        environment.put("HEARTBEAT_TIMEOUT", "1s");
        environment.put("QUEUE_VERIFY_INTERVAL", "1s");
    }

    Simulator simulator() {
        return simulator;
    }

    /** Sets a variable of the environment, for what starts afterwards. */
    LocalSystem with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Removes the addresses of the servers, so that programs started afterwards use embedded servers. */
    LocalSystem embedded() {
        environment.keySet().removeAll(List.of("DB_HOST", "DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD", "REDIS_URL"));
        return this;
    }

    /** What programs get that are started now. */
    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    /** Makes static tags that are seen every second, and imports them. */
    void addTrackers(int count) throws IOException {
        Instant now = Instant.now();
        addTrackers("tag", count, now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)));
    }

    /** Makes static tags that are seen every second from one time to another, and imports them. */
    void addTrackers(String prefix, int count, Instant from, Instant until) throws IOException {
        SecureRandom random = new SecureRandom();
        String[] arguments = new String[count + 2];
        arguments[0] = "trackers";
        arguments[1] = "import";
        for (int number = 0; number < count; number++) {
            StaticKeys keys = new StaticKeys(List.of(PrivateTrackerKey.generate(random)));
            String name = prefix + "-" + number;
            simulator
                    .world()
                    .addTag(TagSpec.of(
                                    name,
                                    KeySchedule.fixed(keys.keys()
                                            .get(0)
                                            .advertisementKey()
                                            .bytes()),
                                    Route.stayingAt(Position.ofDegrees(10 + number / 100.0, 20)),
                                    Finders.every(Duration.ofSeconds(1))
                                            .withConfidence(2, 3)
                                            .withDelay(Duration.ZERO, Duration.ZERO))
                            .seenBetween(from, until));
            arguments[number + 2] =
                    write(name + ".keys", KeyFiles.writeKeysText(keys)).toString();
        }
        require(tools(arguments));
    }

    /**
     * Signs the account in.
     *
     * @param remember whether the daemon may sign in again by itself
     */
    void login(boolean remember) throws IOException {
        Path password = write("password", PASSWORD);
        require(remember ? login(password, "--remember-password") : login(password));
    }

    /** Tries to sign the account in with the password in a file, and with further arguments. */
    Ended login(Path password, String... more) {
        List<String> arguments = new ArrayList<>(List.of("login", "--account", "main", "--username", APPLE_ID));
        arguments.addAll(List.of("--password-file", password.toString()));
        arguments.addAll(List.of(more));
        return tools(arguments.toArray(String[]::new));
    }

    private static void require(Ended ended) {
        if (ended.exitCode() != 0) {
            throw new AssertionError(ended.toString());
        }
    }

    Ended tools(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Tools.run(environment, new PrintWriter(out), new PrintWriter(err), arguments);
        return new Ended(exitCode, out.toString(), err.toString());
    }

    void startDaemon() throws Exception {
        startDaemon(Clock.systemUTC());
    }

    /** Starts the daemon with a clock of the test. Redis keeps its own time. */
    void startDaemon(Clock clock) throws Exception {
        fetcher = Fetcher.start(ConfigurationLoader.load(Map.of(), environment, Optional.empty()), clock);
    }

    void stopDaemon() {
        fetcher.close();
        fetcher = null;
    }

    Fetcher fetcher() {
        return fetcher;
    }

    ReportStore store() {
        return fetcher.get(ReportStore.class);
    }

    @Override
    public void close() {
        if (fetcher != null) {
            fetcher.close();
        }
        simulator.close();
    }
}
