package org.trackerreports.simulator;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of the simulator. Exit codes: 2 usage, 3 wrong settings, 130 or 143 by signal. */
@Command(
        name = "findmy simulator",
        sortOptions = false,
        description = "Simulates the Find My services and an anisette server. Listens on the loopback"
                + " interface only and runs until it is stopped.")
public final class SimulatorMain implements Callable<Integer> {
    static final int SETTINGS_WRONG = 3;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "9443",
            description =
                    "HTTPS port of all services; the anisette server also speaks HTTP on it. 0 selects a free port. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--service-port",
            paramLabel = "SERVICE=PORT",
            description = "Separate port for one service: ${COMPLETION-CANDIDATES}. Repeatable.")
    private Map<Service, Integer> servicePorts = Map.of();

    @Option(
            names = "--control-port",
            paramLabel = "PORT",
            defaultValue = "9480",
            description = "HTTP port of the control API. Default: ${DEFAULT-VALUE}.")
    private int controlPort;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            defaultValue = "simulator-ca.pem",
            description =
                    "PEM file to write the certificate authority to. Clients must trust it. Default: ${DEFAULT-VALUE}.")
    private Path certificateAuthority;

    @Option(
            names = "--ca-key",
            paramLabel = "FILE",
            description =
                    "PEM file with the private key of the certificate authority. If this file and --ca exist, they are used; otherwise both are created.")
    private Path certificateAuthorityKey;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed for all generated data; the same seed gives the same data. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description = "JSON file with accounts, tags and faults, in the format of the control API. Repeatable.")
    private List<Path> scenarios = List.of();

    @Option(
            names = "--account",
            paramLabel = "APPLE_ID:PASSWORD[:SECOND_FACTOR]",
            description = "Account to create. The second factor is NONE, SMS or TRUSTED_DEVICE. Repeatable.")
    private List<String> accounts = List.of();

    @Option(
            names = "--fault",
            paramLabel = "SERVICE:KIND[:NAME=VALUE...]",
            description =
                    "Fault to inject, for example GATEWAY:UNAVAILABLE:times=3 or GSA:SLOW:seconds=60:delaySeconds=2."
                            + " The names are those of the control API. Repeatable.")
    private List<String> faults = List.of();

    @Option(
            names = "--make-tags",
            paramLabel = "N",
            defaultValue = "0",
            description = "Number of tags to generate, each with its own key.")
    private int makeTags;

    @Option(
            names = "--tag-keys",
            paramLabel = "FILE",
            defaultValue = "simulator-tags.json",
            description =
                    "File to write the private keys of generated tags to, in the format of macless-haystack devices files."
                            + " Default: ${DEFAULT-VALUE}.")
    private Path tagKeys;

    @Option(
            names = "--v2-reports",
            paramLabel = "N|all",
            defaultValue = "1",
            description = "Maximum number of reports per v2 fetch entry. Default: ${DEFAULT-VALUE}.")
    private String v2Reports;

    @Option(
            names = "--v1-reports",
            paramLabel = "N|all",
            defaultValue = "20",
            description = "Maximum number of reports per v1 search entry. Default: ${DEFAULT-VALUE}.")
    private String v1Reports;

    @Option(
            names = "--session-lifetime",
            paramLabel = "DURATION",
            defaultValue = "P30D",
            description = "Lifetime of a session, for example PT12H. Default: ${DEFAULT-VALUE}.")
    private Duration sessionLifetime;

    @Option(names = "--foreign-anisette", description = "Accept one-time passwords of other anisette servers.")
    private boolean foreignAnisette;

    @Option(names = "--fixed-width-proofs", description = "Refuse login proofs without leading zero bytes.")
    private boolean fixedWidthProofs;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads the annotation.
    private boolean help;

    private SimulatorMain() {}

    /** Runs the program; see {@code --help}. */
    public static void main(String[] arguments) {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "org/trackerreports/simulator/simulator-logback.xml");
        }
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new SimulatorMain()).setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setParameterExceptionHandler((mistake, arguments) -> {
            commandLine.getErr().println(mistake.getMessage());
            commandLine.getErr().println("Help: " + commandLine.getCommandName() + " --help");
            return CommandLine.ExitCode.USAGE;
        });
        commandLine.setExecutionExceptionHandler((failure, line, parsed) -> {
            line.getErr().println(failure.getMessage());
            return SETTINGS_WRONG;
        });
        return commandLine;
    }

    @Override
    public Integer call() throws Exception {
        try (Simulator simulator = start()) {
            printAddresses(simulator, spec.commandLine().getOut());
            Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "simulator-stop"));
            new CountDownLatch(1).await();
        }
        return 0;
    }

    /** Starts the simulator with the options. */
    Simulator start() {
        SimulatorSettings settings = SimulatorSettings.defaults()
                .withPort(port)
                .withControlPort(controlPort)
                .withSeed(seed)
                .withReportsPerEntry(limit(v2Reports), limit(v1Reports))
                .withSessionLifetime(sessionLifetime)
                .withForeignAnisette(foreignAnisette)
                .withMinimalWidthProofs(!fixedWidthProofs);
        settings = certificateAuthorityKey == null
                ? settings.withCertificateAuthorityFile(certificateAuthority)
                : settings.withCertificateAuthority(certificateAuthority, certificateAuthorityKey);
        for (Map.Entry<Service, Integer> own : servicePorts.entrySet()) {
            settings = settings.withPort(own.getKey(), own.getValue());
        }
        List<Scenario> content = new ArrayList<>();
        scenarios.forEach(file -> content.add(Scenario.read(file)));
        content.add(CommandLineContent.scenario(accounts, faults));
        Simulator simulator = Simulator.start(settings);
        try {
            content.forEach(scenario -> scenario.applyTo(simulator));
            if (makeTags > 0) {
                CommandLineContent.makeTags(simulator.world(), seed, makeTags, tagKeys);
            }
        } catch (RuntimeException e) {
            simulator.close();
            throw e;
        }
        return simulator;
    }

    private static void printAddresses(Simulator simulator, PrintWriter out) {
        simulator.clientEnvironment().forEach((name, value) -> out.println(name + "=" + value));
        out.println("# control API: " + simulator.controlUrl());
        out.println("# " + simulator.accounts().all().size() + " accounts, "
                + simulator.world().size() + " tags; ready");
        out.flush();
    }

    private static int limit(String text) {
        if (text.equals("all")) {
            return SimulatorSettings.EVERYTHING;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("A number of reports is a number or 'all', found '" + text + "'.", e);
        }
    }
}
