package org.trackerreports.tools.command;

import java.util.function.Consumer;
import org.trackerreports.core.commandline.CommandHelp;
import org.trackerreports.core.config.OptionArguments;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options that every command has in addition to its own: {@code --quiet} and those of the configuration. */
public final class CommonOptions {

    private static final String QUIET = "--quiet";
    private static final String SYNOPSIS_HEADING = "Usage: ";

    private CommonOptions() {}

    /**
     * Adds them to a command when the command line names it. Adding the whole configuration to some fifty commands, of which one is used,
     * would slow down each start.
     */
    public static void addWhenUsed(CommandLine all) {
        forEachCommand(
                all,
                command -> command.preprocessor((arguments, used, argument, information) -> {
                    if (used.findOption(QUIET) == null) {
                        addQuiet(used);
                        CommandHelp.addConfiguration(used);
                    }
                    return false;
                }));
    }

    /** Adds them to every command, for manual pages and completion. */
    public static void addToAll(CommandLine all) {
        forEachCommand(all, command -> {
            addQuiet(command);
            OptionArguments.addTo(command, false);
        });
    }

    /** Whether only failures are to be printed on standard error. */
    public static boolean quiet(ParseResult parsed) {
        return parsed.matchedOptionValue(QUIET, false);
    }

    /** Groups of commands do nothing themselves and have no such options. */
    private static void forEachCommand(CommandLine line, Consumer<CommandSpec> action) {
        for (CommandLine command : line.getSubcommands().values()) {
            if (command.getSubcommands().isEmpty()) {
                action.accept(command.getCommandSpec());
            } else {
                forEachCommand(command, action);
            }
        }
    }

    private static void addQuiet(CommandSpec command) {
        command.addOption(OptionSpec.builder(QUIET)
                .type(boolean.class)
                .description("Prints only failures on standard error.")
                .build());
        // The many options of the configuration would hide the command's own in the synopsis.
        command.usageMessage().customSynopsis(synopsis(command)).sortOptions(false);
    }

    private static String[] synopsis(CommandSpec command) {
        String own = command.commandLine()
                .getHelp()
                .synopsis(SYNOPSIS_HEADING.length())
                .stripTrailing();
        String indent =
                " ".repeat(SYNOPSIS_HEADING.length() + command.qualifiedName().length() + 1);
        return (own + "\n" + indent + "[CONFIGURATION]").replace("%", "%%").split("\\R");
    }
}
