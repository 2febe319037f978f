package org.trackerreports.fetcher;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.fetcher.config.Configuration;
import org.trackerreports.fetcher.config.ConfigurationException;
import org.trackerreports.fetcher.config.ConfigurationLoader;
import org.trackerreports.fetcher.config.ConfigurationTable;
import org.trackerreports.fetcher.config.OptionArguments;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The daemon's command line: runs until it is told to end. */
@Command(
        name = "findmy fetcher",
        mixinStandardHelpOptions = true,
        version = "findmy fetcher 0.1.0",
        description =
                "Fetches the reports of all trackers, steadily and within what the accounts may do, until it is ended"
                        + " by Ctrl-C or SIGTERM.",
        footer = {
            "",
            "Every option can also be an environment variable (the name in brackets).",
            "Example: findmy fetcher --anisette-server http://localhost:6969"
        })
final class FetcherCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(FetcherCommand.class);

    private final Map<String, String> environment;
    private final CountDownLatch end = new CountDownLatch(1);

    @Spec
    private CommandSpec spec;

    private FetcherCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    static CommandLine create(Map<String, String> environment) {
        FetcherCommand command = new FetcherCommand(environment);
        CommandLine line = new CommandLine(command);
        OptionArguments.addTo(line.getCommandSpec());
        line.addSubcommand("config", new ConfigCommand(command));
        line.setExecutionExceptionHandler((exception, commandLine, parsed) -> {
            Failure failure = Failure.of(exception);
            commandLine.getErr().println(failure.message());
            LOG.debug("The program ends with {}.", failure.exitCode(), exception);
            return failure.exitCode();
        });
        return line;
    }

    /** Whether a signal has ended the daemon. */
    static boolean ended(CommandLine line) {
        FetcherCommand command = line.getCommand();
        return command.end.getCount() == 0;
    }

    private Configuration configuration() throws ConfigurationException {
        return ConfigurationLoader.load(
                OptionArguments.texts(spec.commandLine().getParseResult()),
                environment,
                OptionArguments.file(spec.commandLine().getParseResult(), environment));
    }

    @Override
    public Integer call() throws ConfigurationException, InterruptedException {
        Configuration configuration = configuration();
        LOG.info("Configuration in force:\n{}", ConfigurationTable.effective(configuration));
        Fetcher fetcher = Fetcher.start(configuration, Clock.systemUTC());
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            end.countDown();
                            fetcher.close();
                            closed.countDown();
                        },
                        "end"));
        end.await();
        closed.await();
        return ExitCode.DONE;
    }

    /** Looks at the configuration without starting anything. */
    @Command(name = "config", description = "Looks at the configuration.", mixinStandardHelpOptions = true)
    static final class ConfigCommand {

        private final FetcherCommand parent;

        ConfigCommand(FetcherCommand parent) {
            this.parent = parent;
        }

        @Command(
                name = "check",
                mixinStandardHelpOptions = true,
                description = "Prints what is in force, or everything that is wrong (exit code 3). Starts nothing.")
        int check() throws ConfigurationException {
            parent.spec.commandLine().getOut().println(ConfigurationTable.effective(parent.configuration()));
            return ExitCode.DONE;
        }
    }
}
