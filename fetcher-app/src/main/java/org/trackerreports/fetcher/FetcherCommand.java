package org.trackerreports.fetcher;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.ProjectVersion;
import org.trackerreports.core.commandline.CommandHelp;
import org.trackerreports.core.commandline.Mistakes;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.ConfigurationException;
import org.trackerreports.core.config.ConfigurationLoader;
import org.trackerreports.core.config.ConfigurationTable;
import org.trackerreports.core.config.OptionArguments;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.config.RequestRate;
import org.trackerreports.core.config.Role;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.failure.Failure;
import org.trackerreports.core.failure.Failures;
import org.trackerreports.core.logging.LogSettings;
import org.trackerreports.fetcher.operations.HealthProbe;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The daemon's command line. Runs until it receives a signal. */
@Command(
        name = "findmy fetcher",
        mixinStandardHelpOptions = true,
        description =
                "Fetches the reports of all trackers continuously, within the request budgets of the accounts, and judges"
                        + " their positions. Ctrl-C or SIGTERM stops it.",
        footer = {"", "Example: findmy fetcher --anisette-server http://localhost:6969"})
final class FetcherCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(FetcherCommand.class);

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    private FetcherCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    static CommandLine create(Map<String, String> environment) {
        FetcherCommand command = new FetcherCommand(environment);
        CommandLine line = new CommandLine(command);
        line.getCommandSpec().version("findmy fetcher " + ProjectVersion.current());
        CommandHelp.addConfiguration(line.getCommandSpec());
        line.addSubcommand("config", new ConfigCommand(command));
        CommandHelp.showConfiguration(line);
        line.addSubcommand("healthcheck", new HealthcheckCommand(command));
        line.setParameterExceptionHandler((mistake, arguments) -> Mistakes.tell(mistake));
        line.setExecutionExceptionHandler((exception, commandLine, parsed) -> {
            Failure failure = Failures.of(exception);
            commandLine.getErr().println(failure.message());
            LOG.debug("Exit code {}.", failure.exitCode(), exception);
            return failure.exitCode();
        });
        return line;
    }

    private Configuration configuration() throws ConfigurationException {
        return ConfigurationLoader.load(
                OptionArguments.texts(spec.commandLine().getParseResult()),
                environment,
                OptionArguments.file(spec.commandLine().getParseResult(), environment));
    }

    private static Optional<String> rateWarning(Configuration configuration) {
        return configuration.get(Options.ROLES).contains(Role.FETCH)
                ? RequestRate.warning(configuration)
                : Optional.empty();
    }

    @Override
    public Integer call() throws Exception {
        Configuration configuration = configuration();
        Clock clock = Clock.systemUTC();
        LogSettings.apply(configuration, clock);
        LOG.info("findmy fetcher {}. {}", ProjectVersion.current(), ConfigurationTable.changed(configuration));
        rateWarning(configuration).ifPresent(LOG::warn);
        EndSignals signals = EndSignals.listen();
        try {
            Optional<Fetcher> fetcher = signals.start(() -> Fetcher.start(configuration, clock));
            if (fetcher.isPresent()) {
                signals.onHangUp(fetcher.get()::readAgain);
                signals.await();
                fetcher.get().close();
            }
            return signals.exitCode();
        } catch (ConfigurationException | RuntimeException e) {
            Failure failure = Failures.of(e);
            LOG.error("The daemon does not start: {}", failure.message());
            LOG.debug("Exit code {}.", failure.exitCode(), e);
            return failure.exitCode();
        } finally {
            signals.done();
        }
    }

    /** Checks the configuration without starting anything. */
    @Command(
            name = "config",
            description = "Checks the configuration; its help lists all options.",
            mixinStandardHelpOptions = true)
    static final class ConfigCommand {

        private final FetcherCommand parent;

        ConfigCommand(FetcherCommand parent) {
            this.parent = parent;
        }

        @Command(
                name = "check",
                mixinStandardHelpOptions = true,
                description = "Prints the effective configuration, or all problems (exit code 3). Starts nothing.")
        int check() throws ConfigurationException {
            Configuration configuration = parent.configuration();
            parent.spec.commandLine().getOut().println(ConfigurationTable.effective(configuration));
            rateWarning(configuration).ifPresent(parent.spec.commandLine().getErr()::println);
            return ExitCode.DONE;
        }
    }

    /** Asks a running daemon for its health. */
    @Command(
            name = "healthcheck",
            mixinStandardHelpOptions = true,
            description =
                    "Asks the running daemon with the same configuration for its health. For containers without curl.",
            footer = {"", "Exit codes: 0 healthy, 1 not healthy or not running."})
    static final class HealthcheckCommand implements Callable<Integer> {

        private final FetcherCommand parent;

        @Option(names = "--live", description = "Checks only whether the process works, not whether it can fetch.")
        private boolean live;

        @Spec
        private CommandSpec own;

        HealthcheckCommand(FetcherCommand parent) {
            this.parent = parent;
        }

        @Override
        public Integer call() throws ConfigurationException {
            HealthProbe.Answer answer =
                    HealthProbe.ask(parent.configuration(), live ? "/health/live" : "/health/ready");
            own.commandLine().getOut().println(answer.text());
            return answer.healthy() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }
}
