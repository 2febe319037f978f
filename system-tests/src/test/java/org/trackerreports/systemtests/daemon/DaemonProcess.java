package org.trackerreports.systemtests.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.core.config.ConfigurationException;
import org.trackerreports.core.config.ConfigurationLoader;
import org.trackerreports.core.embedded.EmbeddedServers;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.simulator.Simulator;
import org.trackerreports.testsupport.FreePorts;
import org.trackerreports.testsupport.JavaCommand;
import org.trackerreports.testsupport.TestProcess;

/**
 * The packaged daemon in a process of its own, on servers that all tests share, with two trackers and an account that is signed in. The
 * test looks at the same servers.
 */
final class DaemonProcess implements AutoCloseable {

    private final Path directory;
    private final SharedServers servers;
    private final LocalSystem system;
    private final int port = FreePorts.next();
    private Application application;
    private TestProcess process;
    private Path log;
    private int starts;

    DaemonProcess(Path directory, SharedServers servers) throws Exception {
        this.directory = directory;
        this.servers = servers;
        system = new LocalSystem(directory);
        servers.give(system);
        system.addTrackers(2);
        system.login(true);
    }

    /** Starts over: no process, no fault, a new queue and new budgets. */
    void prepare() throws ConfigurationException, SQLException {
        stop();
        servers.forgetBudgets(system.environment().get("DB_NAME"));
        system.simulator().faults().clear();
        system.with("QUEUE_PREFIX", "test-" + starts);
        application = Application.of(
                ConfigurationLoader.load(Map.of(), system.environment(), Optional.empty()),
                EmbeddedServers.User.TOOL,
                Clock.systemUTC());
    }

    private void stop() {
        if (process != null) {
            process.kill();
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
        return system.environment().get("DB_PASSWORD");
    }

    /**
     * Starts the daemon.
     *
     * @param variables names and values to add to its environment
     */
    void start(String... variables) {
        log = directory.resolve("log-" + ++starts);
        ProcessBuilder builder = builder().redirectOutput(log.toFile());
        for (int index = 0; index < variables.length; index += 2) {
            builder.environment().put(variables[index], variables[index + 1]);
        }
        process = TestProcess.start(builder);
    }

    /** Runs the program to its end. Its result has both outputs in one. */
    TestProcess.Result run(String... arguments) {
        return TestProcess.run(builder(arguments), "", Duration.ofSeconds(30));
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.addAll(JavaCommand.ofJar(
                List.of("-XX:TieredStopAtLevel=1"), JavaCommand.packagedJar("../fetcher-app"), arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(system.environment());
        builder.environment().put("HTTP_PORT", Integer.toString(port));
        builder.environment().put("WEB_PORT", "0");
        return builder;
    }

    void signal(String name) {
        process.signal(name);
    }

    /** Waits for the end. */
    int exitCode(int withinSeconds) throws IOException {
        try {
            return process.exitCode(Duration.ofSeconds(withinSeconds));
        } catch (AssertionError e) {
            throw new AssertionError(log(), e);
        }
    }

    /** The log since the last start. */
    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        stop();
        system.close();
    }
}
