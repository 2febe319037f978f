package org.trackerreports.core.commandline;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.trackerreports.core.failure.Failures;
import org.trackerreports.core.text.Printable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;

/** Says what is wrong with an argument, in the words of its option: which one, what was found, what was expected. */
final class CommandLineMistake {

    private CommandLineMistake() {}

    /** The mistake in one line. */
    static String sentence(ParameterException mistake) {
        ArgSpec argument = mistake.getArgSpec();
        if (argument == null) {
            return Printable.of(Failures.message(mistake));
        }
        String name = name(argument);
        if (mistake instanceof OverwrittenOptionException) {
            return name + " is given more than once; give it once.";
        }
        if (mistake instanceof MissingParameterException || mistake.getValue() == null) {
            return missing(mistake, argument, name);
        }
        return name + " is '" + Printable.brief(mistake.getValue()) + "'; expected "
                + expected(argument, mistake.getValue()) + ".";
    }

    private static String missing(ParameterException mistake, ArgSpec argument, String name) {
        List<ArgSpec> all = mistake instanceof MissingParameterException several
                        && !several.getMissing().isEmpty()
                ? several.getMissing()
                : List.of(argument);
        String names = all.stream().map(CommandLineMistake::usage).collect(Collectors.joining(", "));
        boolean valueOnly =
                argument.isOption() && String.valueOf(mistake.getMessage()).contains("required parameter");
        return valueOnly ? name + " needs a value: " + usage(argument) + "." : "Missing: " + names + ".";
    }

    private static String usage(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + (option.arity().max() == 0 ? "" : " " + option.paramLabel())
                : argument.paramLabel();
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String expected(ArgSpec argument, String mistake) {
        if (argument.completionCandidates() != null) {
            return "one of: " + String.join(", ", argument.completionCandidates());
        }
        Class<?> type = argument.typeInfo().isMap() ? Map.class : argument.auxiliaryTypes()[0];
        if (type == Map.class) {
            return "the form " + argument.paramLabel();
        }
        if (type == Path.class) {
            // Letters that the locale does not have are lost before this program sees them.
            return "the name of a file that this machine can have"
                    + (mistake.contains("\uFFFD") ? " (for letters beyond ASCII, set LC_ALL=C.UTF-8)" : "");
        }
        boolean whole =
                List.of(int.class, long.class, Integer.class, Long.class).contains(type);
        boolean number =
                whole || List.of(double.class, float.class, Double.class).contains(type);
        return whole ? "a whole number" : number ? "a number" : "the form " + argument.paramLabel();
    }
}
