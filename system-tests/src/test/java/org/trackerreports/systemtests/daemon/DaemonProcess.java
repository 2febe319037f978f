package org.trackerreports.systemtests.daemon;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.trackerreports.core.config.ConfigurationException;
import org.trackerreports.core.config.ConfigurationLoader;
import org.trackerreports.core.config.DefaultDirectories;
import org.trackerreports.core.embedded.DataDirectory;
import org.trackerreports.core.embedded.EmbeddedServers;
import org.trackerreports.core.embedded.ServerAddresses;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.simulator.Simulator;

/**
 * The packaged daemon in a process of its own, on servers that somebody else runs, with two trackers and an account that is signed in. The
 * test looks at the same servers.
 */
final class DaemonProcess implements AutoCloseable {

    private final Path directory;
    private final LocalSystem system;
    private final EmbeddedServers servers;
    private Application application;
    private final int port;
    private Process process;
    private Path log;
    private int starts;

    /** How a command ended and all that it printed. */
    record Ended(int exitCode, String output) {}

    DaemonProcess(Path directory) throws Exception {
        this.directory = directory;
        system = new LocalSystem(directory);
        servers = EmbeddedServers.open(
                DataDirectory.prepare(directory.resolve("servers")),
                new EmbeddedServers.Request(EmbeddedServers.User.DAEMON, 0, 0, binaries()));
        ServerAddresses addresses = servers.addresses();
        system.with("DB_HOST", "127.0.0.1")
                .with("DB_PORT", Integer.toString(addresses.databasePort()))
                .with("DB_NAME", ServerAddresses.USER)
                .with("DB_USER", ServerAddresses.USER)
                .with("DB_PASSWORD", addresses.databasePassword())
                .with("REDIS_URL", "redis://:" + addresses.redisPassword() + "@127.0.0.1:" + addresses.redisPort());
        system.tools("db", "migrate");
        system.addTrackers(2);
        system.login(true);
        port = freePort();
    }

    /** Begins anew: no process, no fault, and a queue and budgets that nobody has used. */
    void prepare() throws ConfigurationException {
        stop();
        system.simulator().faults().clear();
        system.with("QUEUE_PREFIX", "test-" + starts);
        application = Application.of(
                ConfigurationLoader.load(Map.of(), system.environment(), Optional.empty()),
                EmbeddedServers.User.TOOL,
                Clock.systemUTC());
    }

    private void stop() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
        if (application != null) {
            application.close();
        }
    }

    /** Whether a process can be given the signals that this one may have been started without, as background jobs are. */
    static boolean canSendEverySignal() throws InterruptedException {
        try {
            return new ProcessBuilder("env", "--default-signal=INT", "true")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where the daemon itself would unpack them, so that they are unpacked once. */
    private static Path binaries() {
        return DefaultDirectories.cache(Map.copyOf(System.getenv())).resolve("postgresql");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Simulator simulator() {
        return system.simulator();
    }

    /** A part of the system that looks at the same servers. */
    <T> T get(Class<T> type) {
        return application.get(type);
    }

    int port() {
        return port;
    }

    String databasePassword() {
        return servers.addresses().databasePassword();
    }

    /** Starts the daemon. @param variables names and values to add to its environment */
    void start(String... variables) throws IOException {
        log = directory.resolve("log-" + ++starts);
        ProcessBuilder builder = builder(log);
        for (int index = 0; index < variables.length; index += 2) {
            builder.environment().put(variables[index], variables[index + 1]);
        }
        process = builder.start();
    }

    /** Runs the program to its end. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        Path output = directory.resolve("log-" + ++starts);
        Process command = builder(output, arguments).start();
        if (!command.waitFor(30, TimeUnit.SECONDS)) {
            command.destroyForcibly();
            throw new AssertionError("not ended: " + List.of(arguments) + "\n" + Files.readString(output));
        }
        return new Ended(command.exitValue(), Files.readString(output));
    }

    private ProcessBuilder builder(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                program().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        Map<String, String> variables = new HashMap<>(system.environment());
        variables.put("HTTP_PORT", Integer.toString(port));
        builder.environment().putAll(variables);
        return builder;
    }

    /** The jar that is handed out; the build makes it before these tests run. */
    private static Path program() throws IOException {
        Path target = Path.of("..", "fetcher-app", "target");
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "fetcher-app-*-app.jar")) {
            for (Path jar : jars) {
                return jar.toAbsolutePath().normalize();
            }
        }
        throw new AssertionError("There is no " + target + "/fetcher-app-*-app.jar; run mvn package first.");
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Waits for the end. */
    int exitCode(int withinSeconds) throws InterruptedException, IOException {
        if (!process.waitFor(withinSeconds, TimeUnit.SECONDS)) {
            throw new AssertionError("not ended within " + withinSeconds + " s:\n" + log());
        }
        return process.exitValue();
    }

    /** What it has written since it was started. */
    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        stop();
        servers.close();
        system.close();
    }
}
