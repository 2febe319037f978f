package org.trackerreports.tools.maintenance;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of a command, in the format of man. */
final class ManPage {

    private static final String EXIT_CODES = "Exit codes:";
    private static final String PRODUCT = "Tracker report fetching";

    private final CommandSpec command;
    private final StringBuilder page = new StringBuilder();

    ManPage(CommandSpec command) {
        this.command = command;
    }

    /** The page's name for {@code man}. */
    String name() {
        return command.qualifiedName("-").replace(' ', '-');
    }

    String text() {
        page.setLength(0);
        line(".TH " + name().toUpperCase(Locale.ROOT) + " 1 \"\" \"" + PRODUCT + "\"");
        section("NAME");
        String[] description = command.usageMessage().description();
        line(escaped(name()) + " \\- " + escaped(description[0]));
        section("SYNOPSIS");
        line(escaped(new Help(command, Ansi.OFF).synopsis(0).strip().replaceAll("\\s+", " ")));
        section("DESCRIPTION");
        for (String text : description) {
            line(".PP");
            line(escaped(text));
        }
        arguments();
        commands();
        examples();
        exitStatus();
        return page.toString();
    }

    private void arguments() {
        List<PositionalParamSpec> positions = command.positionalParameters();
        List<OptionSpec> options = command.options();
        if (positions.isEmpty() && options.isEmpty()) {
            return;
        }
        section("OPTIONS");
        for (PositionalParamSpec position : positions) {
            item(position.paramLabel(), position.description());
        }
        for (OptionSpec option : options) {
            String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
            item(String.join(", ", option.names()) + label, option.description());
        }
    }

    private void commands() {
        if (command.subcommands().isEmpty()) {
            return;
        }
        section("COMMANDS");
        command.subcommands()
                .forEach((name, each) ->
                        item(name, each.getCommandSpec().usageMessage().description()));
    }

    private void examples() {
        section("EXAMPLES");
        line(".nf");
        footer(command).takeWhile(text -> !text.startsWith(EXIT_CODES)).forEach(text -> line(escaped(example(text))));
        line(".fi");
    }

    private static String example(String text) {
        return text.replaceFirst("^Examples?: *", "").strip();
    }

    /** The exit codes are the same for all commands, so they are in the help of the whole program. */
    private void exitStatus() {
        section("EXIT STATUS");
        line(escaped(footer(command.root())
                .dropWhile(text -> !text.startsWith(EXIT_CODES))
                .collect(Collectors.joining(" "))
                .replaceFirst("^" + EXIT_CODES + " *", "")));
    }

    private static Stream<String> footer(CommandSpec command) {
        return Stream.of(command.usageMessage().footer()).filter(text -> !text.isBlank());
    }

    private void section(String title) {
        line(".SH " + title);
    }

    private void item(String term, String[] description) {
        line(".TP");
        line(".B " + escaped(term));
        line(escaped(String.join(" ", description)));
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    /** Escapes a text: no escape sequences, no request at the beginning of a line, hyphens that can be copied. */
    private static String escaped(String text) {
        String plain = text.replace("%%", "%").replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
