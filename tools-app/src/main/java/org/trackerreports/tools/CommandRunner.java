package org.trackerreports.tools;

import com.google.inject.multibindings.OptionalBinder;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.ConfigurationException;
import org.trackerreports.core.config.ConfigurationLoader;
import org.trackerreports.core.config.OptionArguments;
import org.trackerreports.core.embedded.EmbeddedServers;
import org.trackerreports.core.embedded.Notices;
import org.trackerreports.core.logging.LogSettings;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.core.wiring.ServerPatience;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommonOptions;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Makes the commands and runs one of them. Guice makes commands and their mixins before the command line is read. So they take a provider
 * for every part that depends on the configuration, and open that part only when the command runs. For one run.
 */
final class CommandRunner implements IFactory, IExecutionStrategy {

    private final CommandContext context;
    private final Clock clock = Clock.systemUTC();
    private Optional<Application> application = Optional.empty();
    private Optional<Configuration> configuration = Optional.empty();

    CommandRunner(CommandContext context) {
        this.context = context;
    }

    /** Made with the first command: help needs none. */
    private Application application() {
        if (application.isEmpty()) {
            Provider<CommandLine> all = () -> Tools.commandLine(context);
            application = Optional.of(Application.of(this::configuration, EmbeddedServers.User.TOOL, clock, binder -> {
                binder.bind(CommandContext.class).toInstance(context);
                binder.bind(CommandLine.class).toProvider(all);
                OptionalBinder.newOptionalBinder(binder, Notices.class)
                        .setBinding()
                        .toInstance(context::note);
                OptionalBinder.newOptionalBinder(binder, ServerPatience.class)
                        .setBinding()
                        .toInstance(context.patience());
            }));
        }
        return application.get();
    }

    private Configuration configuration() {
        return configuration.orElseThrow(
                () -> new IllegalStateException("a part was opened before the command line was read"));
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        boolean injected = Stream.of(type.getDeclaredConstructors())
                .anyMatch(constructor -> constructor.isAnnotationPresent(Inject.class));
        return injected ? application().get(type) : CommandLine.defaultFactory().create(type);
    }

    /** Reads the configuration, runs the command, and closes what it opened. */
    @Override
    public int execute(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        CommandLine command = last.commandSpec().commandLine();
        boolean group = !command.getSubcommands().isEmpty();
        if (group || CommandLine.executeHelpRequest(parsed) != null) {
            // Of a group it shows the help, or says that a command is missing.
            return group
                    ? new RunLast().execute(parsed)
                    : command.getCommandSpec().exitCodeOnUsageHelp();
        }
        try {
            configure(last);
        } catch (ConfigurationException e) {
            throw new ExecutionException(command, "the configuration is not valid", e);
        }
        try (Application opened = application();
                EndOfProgram end = EndOfProgram.closing(opened)) {
            return run(parsed, end);
        }
    }

    private void configure(ParseResult parsed) throws ConfigurationException {
        Configuration loaded = ConfigurationLoader.load(
                OptionArguments.texts(parsed),
                context.environment(),
                OptionArguments.file(parsed, context.environment()));
        LogSettings.apply(loaded, clock);
        context.quiet(CommonOptions.quiet(parsed));
        configuration = Optional.of(loaded);
    }

    private static int run(ParseResult parsed, EndOfProgram end) {
        try {
            return new RunLast().execute(parsed);
        } catch (ExecutionException e) {
            end.awaitIfEnding();
            throw e;
        }
    }
}
