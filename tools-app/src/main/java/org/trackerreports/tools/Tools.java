package org.trackerreports.tools;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.ProjectVersion;
import org.trackerreports.core.commandline.CommandHelp;
import org.trackerreports.core.commandline.Mistakes;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.failure.Failure;
import org.trackerreports.tools.access.TokensCommand;
import org.trackerreports.tools.account.AccountsCommand;
import org.trackerreports.tools.account.LoginCommand;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.CommonOptions;
import org.trackerreports.tools.export.ExportCommand;
import org.trackerreports.tools.fetch.AccuracyCommand;
import org.trackerreports.tools.fetch.CompareCommand;
import org.trackerreports.tools.fetch.FetchCommand;
import org.trackerreports.tools.history.GapsCommand;
import org.trackerreports.tools.history.HistoryCommand;
import org.trackerreports.tools.history.LatestCommand;
import org.trackerreports.tools.key.KeysCommand;
import org.trackerreports.tools.key.ReportCommand;
import org.trackerreports.tools.maintenance.CompletionCommand;
import org.trackerreports.tools.maintenance.ConfigCommand;
import org.trackerreports.tools.maintenance.DatabaseCommand;
import org.trackerreports.tools.maintenance.DoctorCommand;
import org.trackerreports.tools.maintenance.HelpCommand;
import org.trackerreports.tools.maintenance.ManCommand;
import org.trackerreports.tools.map.MapCommand;
import org.trackerreports.tools.movement.StaysCommand;
import org.trackerreports.tools.movement.TransitionsCommand;
import org.trackerreports.tools.movement.TripsCommand;
import org.trackerreports.tools.place.PlacesCommand;
import org.trackerreports.tools.queue.ExplainCommand;
import org.trackerreports.tools.queue.PlanCommand;
import org.trackerreports.tools.queue.QueueCommand;
import org.trackerreports.tools.sink.SinksCommand;
import org.trackerreports.tools.tracker.TrackersCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command line: every command, with the options of the configuration on each. */
@Command(name = "findmy tools", mixinStandardHelpOptions = true, resourceBundle = "org.trackerreports.tools.help")
public final class Tools {

    private static final Logger LOG = LoggerFactory.getLogger(Tools.class);

    private static final List<Class<?>> COMMANDS = List.of(
            LoginCommand.class,
            AccountsCommand.class,
            TrackersCommand.class,
            KeysCommand.class,
            FetchCommand.class,
            AccuracyCommand.class,
            CompareCommand.class,
            ReportCommand.class,
            LatestCommand.class,
            HistoryCommand.class,
            GapsCommand.class,
            StaysCommand.class,
            TripsCommand.class,
            PlacesCommand.class,
            TransitionsCommand.class,
            SinksCommand.class,
            ExportCommand.class,
            MapCommand.class,
            QueueCommand.class,
            PlanCommand.class,
            ExplainCommand.class,
            DoctorCommand.class,
            ConfigCommand.class,
            DatabaseCommand.class,
            TokensCommand.class,
            CompletionCommand.class,
            ManCommand.class,
            HelpCommand.class);

    private Tools() {}

    /**
     * Runs one command as a script would: nobody is asked anything.
     *
     * @param environment the environment's variables
     * @return the exit code
     */
    public static int run(Map<String, String> environment, PrintWriter out, PrintWriter err, String... arguments) {
        return run(CommandContext.ofScript(environment, out, err), arguments);
    }

    static int run(CommandContext context, String... given) {
        Set<String> words = new HashSet<>(List.of(given));
        CommandLine line = commandLine(context, words::contains);
        line.setParameterExceptionHandler((mistake, all) -> Mistakes.tell(mistake));
        line.setExecutionExceptionHandler((exception, commandLine, parsed) -> {
            context.out().flush();
            Failure failure = CommandFailure.describe(exception);
            commandLine.getErr().println(failure.message());
            if (failure.exitCode() == ExitCode.USAGE) {
                Mistakes.tellWhereHelpIs(commandLine);
            }
            LOG.debug("The command ends with {}.", failure.exitCode(), exception);
            return failure.exitCode();
        });
        int exitCode = line.execute(CommandHelp.asOption(line, given));
        try {
            context.requireReader();
        } catch (IOException e) {
            if (exitCode != ExitCode.FAILED) {
                context.err().println(e.getMessage());
            }
            exitCode = ExitCode.FAILED;
        }
        context.err().flush();
        return exitCode;
    }

    /** Every command with all its options. */
    static CommandLine commandLine(CommandContext context) {
        CommandLine line = commandLine(context, name -> true);
        CommonOptions.addToAll(line);
        return line;
    }

    /**
     * Every command, with the arguments of those that are needed; of the others only what the list of commands says. To look at the classes
     * of some fifty commands, of which one is used, would take most of the time of a short command.
     */
    private static CommandLine commandLine(CommandContext context, Predicate<String> needed) {
        CommandRunner runner = new CommandRunner(context);
        CommandLine line = new CommandLine(new Tools(), runner);
        for (Class<?> type : COMMANDS) {
            Command command = type.getAnnotation(Command.class);
            CommandSpec listed = CommandSpec.create();
            line.addSubcommand(command.name(), needed.test(command.name()) ? new CommandLine(type, runner) : listed);
        }
        CommandHelp.showConfiguration(line);
        line.setExecutionStrategy(runner);
        line.setOut(context.out());
        line.setErr(context.err());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        complete(line, "findmy tools " + ProjectVersion.current());
        CommonOptions.addWhenUsed(line);
        return line;
    }

    private static void complete(CommandLine line, String version) {
        line.getCommandSpec().version(version);
        // A footer of several lines has no end of line.
        line.getHelpSectionMap()
                .put(
                        UsageMessageSpec.SECTION_KEY_FOOTER,
                        help -> help.footer().stripTrailing() + System.lineSeparator());
        line.getSubcommands().values().forEach(command -> complete(command, version));
    }
}
