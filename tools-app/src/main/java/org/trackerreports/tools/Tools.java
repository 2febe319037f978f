package org.trackerreports.tools;

import java.io.PrintWriter;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.fetcher.Failure;
import org.trackerreports.fetcher.config.OptionArguments;
import org.trackerreports.tools.account.AccountsCommand;
import org.trackerreports.tools.account.LoginCommand;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Surroundings;
import org.trackerreports.tools.command.ToolCommand;
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
import org.trackerreports.tools.maintenance.ManCommand;
import org.trackerreports.tools.map.MapCommand;
import org.trackerreports.tools.queue.ExplainCommand;
import org.trackerreports.tools.queue.PlanCommand;
import org.trackerreports.tools.queue.QueueCommand;
import org.trackerreports.tools.tracker.TrackersCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;

/** The command line: every command, with the options of the configuration on each. */
@Command(
        name = "findmy tools",
        mixinStandardHelpOptions = true,
        version = "findmy tools 0.1.0",
        description = "Sign in, import trackers, fetch now, look at positions.",
        subcommands = {
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
            ExportCommand.class,
            MapCommand.class,
            QueueCommand.class,
            PlanCommand.class,
            ExplainCommand.class,
            DoctorCommand.class,
            ConfigCommand.class,
            DatabaseCommand.class,
            CompletionCommand.class,
            ManCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 usage, 3 configuration, 4 login or second factor needed,",
            "5 service unavailable, 6 partly failed, 7 nothing found."
        })
public final class Tools {

    private static final String SYNOPSIS_HEADING = "Usage: ";

    private static final Logger LOG = LoggerFactory.getLogger(Tools.class);

    private Tools() {}

    /**
     * Runs one command as a script would: nobody is asked anything.
     *
     * @param environment the environment's variables
     * @return the exit code
     */
    public static int run(Map<String, String> environment, PrintWriter out, PrintWriter err, String... arguments) {
        return run(Surroundings.ofScript(environment, out, err), arguments);
    }

    static int run(Surroundings surroundings, String... arguments) {
        CommandLine line = commandLine(surroundings);
        line.setExecutionExceptionHandler((exception, commandLine, parsed) -> {
            Failure failure = CommandFailure.describe(exception);
            commandLine.getErr().println(failure.message());
            LOG.debug("The command ends with {}.", failure.exitCode(), exception);
            return failure.exitCode();
        });
        int exitCode = line.execute(arguments);
        surroundings.out().flush();
        surroundings.err().flush();
        return exitCode;
    }

    /** Every command, not yet run. */
    static CommandLine commandLine(Surroundings surroundings) {
        CommandLine line = new CommandLine(new Tools(), factory(surroundings));
        line.setOut(surroundings.out());
        line.setErr(surroundings.err());
        addOptions(line);
        return line;
    }

    /** Commands that do something get the configuration's options, too many for the synopsis; groups of commands do not. */
    private static void addOptions(CommandLine line) {
        for (CommandLine command : line.getSubcommands().values()) {
            if (command.getSubcommands().isEmpty()) {
                CommandSpec spec = command.getCommandSpec();
                String own =
                        command.getHelp().synopsis(SYNOPSIS_HEADING.length()).stripTrailing();
                String indent = " "
                        .repeat(SYNOPSIS_HEADING.length() + spec.qualifiedName().length() + 1);
                spec.usageMessage()
                        .customSynopsis((own + "\n" + indent + "[CONFIGURATION]")
                                .replace("%", "%%")
                                .split("\\R"))
                        // The command's own come first, not among the many others.
                        .sortOptions(false);
                OptionArguments.addTo(spec);
            } else {
                addOptions(command);
            }
        }
    }

    /** Gives each command its surroundings. */
    private static IFactory factory(Surroundings surroundings) {
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                K created = CommandLine.defaultFactory().create(type);
                if (created instanceof ToolCommand command) {
                    command.surroundings(surroundings);
                }
                return created;
            }
        };
    }
}
