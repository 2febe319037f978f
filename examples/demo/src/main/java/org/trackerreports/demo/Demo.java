package org.trackerreports.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.config.ConfigurationException;
import org.trackerreports.core.config.ConfigurationLoader;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.failure.Failure;
import org.trackerreports.core.failure.Failures;
import org.trackerreports.fetcher.Fetcher;
import org.trackerreports.fetcher.daemon.Serving;
import org.trackerreports.simulator.AccountCondition;
import org.trackerreports.simulator.PasswordProtocol;
import org.trackerreports.simulator.SecondFactor;
import org.trackerreports.simulator.SimulatedAccount;
import org.trackerreports.simulator.Simulator;
import org.trackerreports.simulator.SimulatorSettings;
import org.trackerreports.store.ReportStore;
import org.trackerreports.tools.Tools;

/**
 * Runs the demo: does what a new user does, with the same programs, in its own directory. Not thread-safe, except for {@link #close}.
 */
final class Demo implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

    private static final String ACCOUNT = "demo";
    private static final String APPLE_ID = "owner@example.com";
    private static final String PASSWORD = "correct horse battery staple";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Duration BETWEEN_TABLES = Duration.ofSeconds(20);

    /** Of each key: Apple gives one report, but a demo shows an hour of movement at once. */
    private static final int PAST_REPORTS = 150;

    private final Path directory;
    private final boolean once;
    private final PrintWriter out;
    private final PrintWriter err;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Simulator simulator;
    private final SampleTrackers samples;
    private final Map<String, String> environment;
    private @Nullable Fetcher fetcher;

    /**
     * Prepares the demo and starts the simulator.
     *
     * @param directory for everything that the demo writes
     * @param once whether to stop when reports of every tracker are stored; else the page in the browser is shown, too
     */
    Demo(Path directory, boolean once, PrintWriter out, PrintWriter err) {
        this.directory = directory;
        this.once = once;
        this.out = out;
        this.err = err;
        SimulatorSettings settings =
                SimulatorSettings.defaults().withCertificateAuthorityFile(directory.resolve("simulator-ca.pem"));
        simulator = Simulator.start(once ? settings : settings.withReportsPerEntry(PAST_REPORTS, PAST_REPORTS));
        simulator
                .accounts()
                .add(new SimulatedAccount(
                        APPLE_ID, PASSWORD, PasswordProtocol.S2K, SecondFactor.SMS, AccountCondition.OK));
        samples = new SampleTrackers(Clock.systemUTC().instant());
        samples.addTo(simulator.world());
        environment = makeEnvironment();
    }

    /** What a user would set in the environment. Such short intervals are for the simulator only. */
    private Map<String, String> makeEnvironment() {
        Map<String, String> variables = new HashMap<>(simulator.clientEnvironment());
        variables.put("DATA_DIR", directory.resolve("data").toString());
        variables.put("HTTP_PORT", "0");
        variables.put("FETCH_INTERVAL", "300ms");
        variables.put("MAX_REQUESTS_PER_DAY", "100000");
        variables.put("MAX_KEYS_PER_BATCH", "4");
        variables.put("REQUEST_INTERVAL_HOURS", "2s");
        variables.put("HEARTBEAT_TIMEOUT", "1s");
        if (once) {
            variables.put("WEB_PORT", "off");
        } else {
            variables.put("WEB_PORT", webPort());
            variables.put("REQUEST_INTERVAL_HOURS", "10s");
            // The daemon runs before there are trackers.
            variables.put("QUEUE_VERIFY_INTERVAL", "1s");
        }
        return variables;
    }

    /** The usual port if nobody else has it, because that is the address in the documents. */
    private static String webPort() {
        String usual = Options.WEB_PORT.defaultText().orElseThrow();
        try (ServerSocket free = new ServerSocket(Integer.parseInt(usual), 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(free.getLocalPort());
        } catch (IOException e) {
            return "0";
        }
    }

    Simulator simulator() {
        return simulator;
    }

    Map<String, String> environment() {
        return environment;
    }

    /**
     * Runs the demo.
     *
     * @return the exit code
     */
    int run() throws IOException, InterruptedException {
        try {
            if (!once) {
                startDaemon();
                sayAddress();
            }
            return steps();
        } catch (ConfigurationException | RuntimeException e) {
            Failure failure = Failures.of(e);
            err.println(failure.message());
            return failure.exitCode();
        }
    }

    private int steps() throws IOException, InterruptedException, ConfigurationException {
        step(1, "Importing " + samples.size() + " sample trackers from key files");
        int exitCode = importTrackers();
        if (exitCode != ExitCode.DONE) {
            return exitCode;
        }
        step(2, "Signing in to the simulated account; the verification code comes by text message");
        exitCode = login();
        if (exitCode != ExitCode.DONE) {
            return exitCode;
        }
        if (once) {
            step(3, "Starting the daemon and waiting until it has fetched every tracker");
            startDaemon();
        } else {
            step(3, "Waiting until the daemon has fetched every tracker");
            // Where the bike begins and ends each round, so that it comes and goes.
            tools("places", "add", "Home", "--lat=52.5200", "--lon=13.4050", "--radius=150");
        }
        if (!awaitPositions()) {
            if (end.getCount() == 0) {
                return ExitCode.INTERRUPTED;
            }
            err.println("Not all trackers were fetched within " + PATIENCE.toSeconds() + " s. See the messages above.");
            return ExitCode.FAILED;
        }
        step(4, "Done: reports of all trackers are fetched, decrypted and stored. Latest positions:");
        exitCode = tools("latest");
        if (!once && exitCode == ExitCode.DONE) {
            sayAddress();
            err.println("The trackers keep moving. The table is printed every " + BETWEEN_TABLES.toSeconds()
                    + " s. Press Ctrl-C to stop.");
            while (!end.await(BETWEEN_TABLES.toMillis(), TimeUnit.MILLISECONDS)) {
                tools("latest");
            }
        }
        return exitCode;
    }

    private void step(int number, String what) {
        err.println("[" + number + "/4] " + what);
        err.flush();
    }

    private int importTrackers() throws IOException {
        Path keyFiles = Files.createDirectories(directory.resolve("keys"));
        List<String> arguments = new ArrayList<>(List.of("trackers", "import"));
        samples.writeKeyFiles(keyFiles).forEach(file -> arguments.add(file.toString()));
        return tools(arguments.toArray(String[]::new));
    }

    /** Signs in with two calls, as a script does: the first requests a code, the second enters it. */
    private int login() throws IOException {
        Path password = Files.writeString(directory.resolve("password"), PASSWORD);
        int exitCode = tools(
                "login",
                "--account",
                ACCOUNT,
                "--username",
                APPLE_ID,
                "--password-file",
                password.toString(),
                "--second-factor",
                "sms");
        Optional<String> sent = simulator.accounts().lastCode(APPLE_ID);
        if (exitCode != ExitCode.LOGIN_NEEDED || sent.isEmpty()) {
            return exitCode == ExitCode.DONE ? ExitCode.FAILED : exitCode;
        }
        Path code = Files.writeString(directory.resolve("code"), sent.get());
        return tools(
                "login",
                "--account",
                ACCOUNT,
                "--password-file",
                password.toString(),
                "--code-file",
                code.toString(),
                "--remember-password");
    }

    private int tools(String... arguments) {
        return Tools.run(environment, out, err, arguments);
    }

    private void sayAddress() {
        Fetcher running = fetcher;
        if (running != null) {
            running.get(Serving.class)
                    .address()
                    .ifPresent(
                            address -> err.println("Open " + address + " in a browser to see the trackers on a map."));
            err.flush();
        }
    }

    private synchronized void startDaemon() throws ConfigurationException {
        if (end.getCount() > 0) {
            fetcher =
                    Fetcher.start(ConfigurationLoader.load(Map.of(), environment, Optional.empty()), Clock.systemUTC());
        }
    }

    private boolean awaitPositions() throws InterruptedException {
        Fetcher running = fetcher;
        if (running == null) {
            return false;
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (end.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
            if (running.get(ReportStore.class).history().latest().size() == samples.size()) {
                return true;
            }
        }
        return false;
    }

    /** Stops the daemon and the simulator, and removes the directory. */
    @Override
    public synchronized void close() {
        end.countDown();
        if (fetcher != null) {
            fetcher.close();
            fetcher = null;
        }
        simulator.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("Could not remove the directory {}: {}", directory, e.getMessage());
        }
    }
}
