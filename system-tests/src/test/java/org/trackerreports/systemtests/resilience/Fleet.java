package org.trackerreports.systemtests.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.trackerreports.simulator.SimulatedAccount;
import org.trackerreports.simulator.Simulator;
import org.trackerreports.simulator.SimulatorSettings;
import org.trackerreports.simulator.world.GeneratedTag;
import org.trackerreports.simulator.world.TagSpec;
import org.trackerreports.testsupport.RedisServer;
import org.trackerreports.tools.Tools;

/** Several instances of the daemon on one PostgreSQL, one Redis and one simulator, as a company would run them. */
final class Fleet implements AutoCloseable {

    private static final String PASSWORD = "a made-up password";

    /** The tools read no file of keys above 16 MB. */
    private static final int TAGS_IN_A_FILE = 50_000;

    private final Path directory;
    private final DatabaseServer database;
    private final RedisServer redis;
    private final Simulator simulator;
    private final Map<String, String> environment = new HashMap<>();
    private final List<FetcherProcess> instances = new ArrayList<>();

    private Fleet(Path directory, SimulatorSettings settings) {
        this.directory = directory;
        Path certificate = directory.resolve("ca.pem");
        simulator = Simulator.start(settings.withCertificateAuthorityFile(certificate));
        database = new DatabaseServer(directory);
        redis = RedisServer.start("--appendonly", "yes");
        environment.put("DB_HOST", "127.0.0.1");
        environment.put("DB_PORT", Integer.toString(database.port()));
        environment.put("DB_NAME", "postgres");
        environment.put("DB_USER", DatabaseServer.USER);
        environment.put("DB_PASSWORD", "not asked for");
        environment.put("REDIS_URL", redis.url());
        environment.put("MASTER_KEY", "Rjh3iCif9EtMn7sPeI4MsLWh3I4K1MTSlvCMSQAAAAA=");
        environment.putAll(simulator.clientEnvironment());
        environment.put("HEARTBEAT_TIMEOUT", "3s");
        environment.put("QUEUE_VERIFY_INTERVAL", "3s");
        environment.put("HTTP_PORT", "0");
        environment.put("WEB_PORT", "off");
    }

    /** Servers, and a database that is ready for use. */
    static Fleet ready(Path directory, SimulatorSettings settings) {
        Fleet fleet = new Fleet(directory, settings);
        try {
            fleet.require(fleet.tools("db", "migrate"));
            return fleet;
        } catch (RuntimeException | AssertionError e) {
            fleet.close();
            throw e;
        }
    }

    /**
     * A fleet with signed-in accounts, whose report service returns every report that it keeps.
     *
     * @param gap between two requests of an account
     * @param interval between two requests for a tracker
     */
    static Fleet givingEverything(Path directory, Duration gap, Duration interval, int accounts) throws IOException {
        Fleet fleet =
                ready(directory, SimulatorSettings.defaults().withReportsPerEntry(SimulatorSettings.EVERYTHING, 20));
        fleet.with("FETCH_INTERVAL", gap.toMillis() + "ms")
                .with("MAX_REQUESTS_PER_DAY", "100000")
                .with("REQUEST_INTERVAL_HOURS", interval.toSeconds() + "s")
                .addAccounts(accounts);
        return fleet;
    }

    /** Sets a variable of the environment, for what starts afterwards. */
    Fleet with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    static String appleId(int number) {
        return "owner-" + number + "@example.com";
    }

    /** Signs accounts in that may sign in again by themselves. */
    void addAccounts(int count) throws IOException {
        Path password = Files.writeString(directory.resolve("password"), PASSWORD);
        for (int number = 0; number < count; number++) {
            simulator.accounts().add(SimulatedAccount.of(appleId(number), PASSWORD));
            require(tools(
                    "login",
                    "--account",
                    "account-" + number,
                    "--username",
                    appleId(number),
                    "--password-file",
                    password.toString(),
                    "--remember-password"));
        }
    }

    /**
     * Adds generated tags to the world and imports their keys.
     *
     * @param shape changes each tag before it is added
     */
    void addTags(int count, Function<TagSpec, TagSpec> shape) throws IOException {
        List<GeneratedTag> tags = GeneratedTag.make(1, count);
        tags.forEach(tag -> simulator.world().addTag(shape.apply(tag.spec())));
        List<String> arguments = new ArrayList<>(List.of("trackers", "import"));
        for (int begin = 0; begin < count; begin += TAGS_IN_A_FILE) {
            String keys = tags.subList(begin, Math.min(count, begin + TAGS_IN_A_FILE)).stream()
                    .map(tag -> "{\"id\": 1, \"name\": \"" + tag.spec().name() + "\", \"privateKey\": \""
                            + Base64.getEncoder().encodeToString(tag.privateKey()) + "\"}")
                    .collect(Collectors.joining(",\n", "[", "]"));
            arguments.add(Files.writeString(directory.resolve("devices-" + begin + ".json"), keys)
                    .toString());
        }
        require(tools(arguments.toArray(String[]::new)));
    }

    /** Starts instances that need little memory and little time to start. */
    void startSmallInstances(int count) {
        startInstances(count, "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    }

    /** Starts instances whose Java is told what {@code ./findmy fetcher} tells it. */
    void startInstances(int count) {
        startInstances(
                count,
                "@../fetcher-app/src/main/resources/org/trackerreports/fetcher/fetcher-java.options",
                "-Xmx120m");
    }

    private void startInstances(int count, String... javaOptions) {
        for (int number = 0; number < count; number++) {
            FetcherProcess instance = new FetcherProcess(
                    directory.resolve("instance-" + number), Map.copyOf(environment), List.of(javaOptions));
            instances.add(instance);
            instance.start();
        }
    }

    /** Runs the command line while the daemons run; returns its exit code. */
    int tools(String... arguments) {
        StringWriter out = new StringWriter();
        Map<String, String> own = new HashMap<>(environment);
        own.put("DATA_DIR", directory.resolve("tools").toString());
        int exitCode = Tools.run(own, new PrintWriter(out), new PrintWriter(out), arguments);
        lastOutput = out.toString();
        return exitCode;
    }

    private String lastOutput = "";

    /** The output of the last command. */
    String lastOutput() {
        return lastOutput;
    }

    private void require(int exitCode) {
        assertThat(exitCode).as(lastOutput).isZero();
    }

    FetcherProcess instance(int number) {
        return instances.get(number);
    }

    List<FetcherProcess> instances() {
        return instances;
    }

    DatabaseServer database() {
        return database;
    }

    RedisServer redis() {
        return redis;
    }

    Simulator simulator() {
        return simulator;
    }

    @Override
    public void close() {
        for (FetcherProcess instance : instances) {
            instance.close();
        }
        redis.close();
        database.close();
        simulator.close();
    }
}
