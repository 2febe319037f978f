package org.trackerreports.core.commandline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.trackerreports.core.config.OptionArguments;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The help of commands that take the options of the configuration. These are some hundred lines, so the help of a command says where they are, and
 * shows them only where they are asked for: with {@code --help-all}, and in the help of {@code config}.
 */
public final class CommandHelp {

    private static final String ALL = "--help-all";
    private static final String SECTION = "configuration";
    private static final String SECTION_BEFORE = CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;

    private CommandHelp() {}

    /** The arguments that show what {@code help COMMAND} asks for, or tell that there is no such command; others stay as they are. */
    public static String[] asOption(CommandLine line, String... arguments) {
        if (arguments.length == 0
                || !arguments[0].equals("help")
                || Arrays.stream(arguments).anyMatch(each -> each.startsWith("-"))) {
            return arguments;
        }
        String[] words = Arrays.copyOfRange(arguments, 1, arguments.length);
        CommandLine command = line;
        for (String word : words) {
            command = command.getSubcommands().get(word);
            if (command == null) {
                return words;
            }
        }
        return Stream.concat(Arrays.stream(words), Stream.of("--help")).toArray(String[]::new);
    }

    /** Adds the options of the configuration to a command. */
    public static void addConfiguration(CommandSpec command) {
        OptionArguments.addTo(command, true);
        OptionSpec all = OptionSpec.builder(ALL)
                .usageHelp(true)
                .type(boolean.class)
                .description("Also shows the options of the configuration.")
                .build();
        command.addOption(all);
        add(command.commandLine(), help -> Boolean.TRUE.equals(all.getValue()) ? options(help) : reference(command));
    }

    /** Shows the options of the configuration in the help of {@code config}, a group of commands. */
    public static void showConfiguration(CommandLine line) {
        add(Objects.requireNonNull(line.getSubcommands().get("config")), CommandHelp::options);
    }

    private static void add(CommandLine command, IHelpSectionRenderer renderer) {
        List<String> sections = new ArrayList<>(command.getHelpSectionKeys());
        sections.add(sections.indexOf(SECTION_BEFORE) + 1, SECTION);
        command.setHelpSectionKeys(sections);
        command.getHelpSectionMap().put(SECTION, renderer);
    }

    private static String reference(CommandSpec command) {
        return String.format(
                "%nOptions of the configuration, such as --data-dir: %s help config%n",
                command.root().qualifiedName());
    }

    private static String options(Help help) {
        CommandSpec listed = CommandSpec.create();
        listed.usageMessage().sortOptions(false);
        OptionArguments.addTo(listed, false);
        return String.format(
                "%nOptions of the configuration. Each is also an environment variable, whose name is in%n"
                        + "parentheses, and a line of the file that --config names:%n%s",
                new Help(listed, help.colorScheme()).optionList());
    }
}
