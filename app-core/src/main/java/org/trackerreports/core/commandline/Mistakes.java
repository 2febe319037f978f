package org.trackerreports.core.commandline;

import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trackerreports.core.config.NearestNames;
import org.trackerreports.core.config.Option;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.text.Printable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells mistakes on a command line in two lines: what is wrong, with the nearest name, and where help is. The whole help, some screens long,
 * would hide what is wrong.
 */
public final class Mistakes {

    private Mistakes() {}

    /**
     * Prints a mistake.
     *
     * @return the exit code
     */
    public static int tell(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        if (mistake instanceof UnmatchedArgumentException unmatched) {
            err.println(command.getColorScheme().errorText(unknown(unmatched)));
        } else if (mistake.getArgSpec() == null && !command.getSubcommands().isEmpty()) {
            // Nothing was said of what to do, so this is what there is.
            command.usage(err, command.getColorScheme());
            return ExitCode.USAGE;
        } else {
            err.println(command.getColorScheme().errorText(CommandLineMistake.sentence(mistake)));
        }
        tellWhereHelpIs(command);
        return ExitCode.USAGE;
    }

    /** Prints how to get the help of a command. */
    public static void tellWhereHelpIs(CommandLine command) {
        command.getErr().println("Help: " + command.getCommandSpec().qualifiedName() + " --help");
    }

    private static String unknown(UnmatchedArgumentException mistake) {
        CommandSpec command = mistake.getCommandLine().getCommandSpec();
        String word = mistake.getUnmatched().get(0);
        if (word.startsWith("-")) {
            String name = word.replaceFirst("=.*", "");
            return "There is no option " + Printable.brief(name) + " here" + nearest(name, options(command));
        }
        return command.subcommands().isEmpty()
                ? "'" + Printable.brief(word) + "' is not expected here; texts with blanks need quotation marks."
                : "There is no command '" + Printable.brief(word) + "'"
                        + nearest(word, command.subcommands().keySet().stream());
    }

    /** The names of options as they are documented. Of what help does not list these are those of the configuration. */
    private static Stream<String> options(CommandSpec command) {
        Set<String> configuration = Options.ALL.stream().map(Option::argument).collect(Collectors.toSet());
        return command.options().stream()
                .filter(option -> !option.hidden() || configuration.contains(option.longestName()))
                .map(OptionSpec::longestName);
    }

    private static String nearest(String word, Stream<String> names) {
        List<String> found = NearestNames.of(word, names.toList());
        return found.isEmpty() ? "." : "; nearest: " + String.join(", ", found) + ".";
    }
}
