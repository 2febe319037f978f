package org.trackerreports.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The options as text: the effective configuration, and the table of the documentation. */
public final class ConfigurationTable {

    private ConfigurationTable() {}

    /** The effective configuration in columns: option, value, default and origin. */
    public static String effective(Configuration configuration) {
        return table(configuration.effective());
    }

    /** A sentence, and the options that differ from their defaults in the same columns. */
    public static String changed(Configuration configuration) {
        List<Configuration.Row> changed = configuration.effective().stream()
                .filter(row -> !row.text().equals(row.option().defaultText()))
                .toList();
        return changed.isEmpty()
                ? "All options have their defaults."
                : "All options have their defaults, except:\n" + table(changed);
    }

    private static String table(List<Configuration.Row> rows) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("option", "value", "default", "origin"));
        for (Configuration.Row row : rows) {
            lines.add(List.of(
                    row.option().name(),
                    row.text().orElse("-"),
                    row.option().defaultText().orElse("-"),
                    row.origin().name().toLowerCase(Locale.ROOT)));
        }
        int[] widths = new int[lines.get(0).size()];
        for (List<String> line : lines) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], line.get(column).length());
            }
        }
        return lines.stream().map(line -> padded(line, widths)).collect(Collectors.joining("\n"));
    }

    private static String padded(List<String> line, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            text.append(String.format("%-" + (widths[column] + 2) + "s", line.get(column)));
        }
        return text.toString().stripTrailing();
    }

    /** All options as the Markdown table of the documentation. */
    public static String markdown() {
        StringBuilder table =
                new StringBuilder("| option | argument | default | unit | what |\n|---|---|---|---|---|\n");
        for (Option<?> option : Options.ALL) {
            String argument = option.secret() ? "`" + option.name() + "_FILE`" : "`" + option.argument() + "`";
            String standard = option.equals(Options.DATA_DIR)
                    ? "the user's data directory"
                    : option.defaultText().map(text -> "`" + text + "`").orElse("");
            table.append(String.format(
                    "| `%s` | %s | %s | %s | %s |%n",
                    option.name(), argument, standard, option.type().unit(), option.description()));
        }
        return table.toString().replace(System.lineSeparator(), "\n");
    }
}
