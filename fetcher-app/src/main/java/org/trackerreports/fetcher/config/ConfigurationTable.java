package org.trackerreports.fetcher.config;

import java.util.List;
import java.util.stream.Collectors;

/** The table of options as text: what is in force, and what there is. */
public final class ConfigurationTable {

    private ConfigurationTable() {}

    /** What is in force: option, value, origin; one line each. */
    public static String effective(Configuration configuration) {
        List<Configuration.Row> rows = configuration.effective();
        int name = rows.stream()
                .mapToInt(row -> row.option().name().length())
                .max()
                .orElse(0);
        int text = rows.stream()
                .mapToInt(row -> row.text().orElse("-").length())
                .max()
                .orElse(0);
        return rows.stream()
                .map(row -> String.format(
                        "%-" + name + "s  %-" + text + "s  %s",
                        row.option().name(),
                        row.text().orElse("-"),
                        row.origin().name().toLowerCase(java.util.Locale.ROOT)))
                .collect(Collectors.joining("\n"));
    }

    /** All options as a Markdown table, as the README shows it. */
    public static String markdown() {
        StringBuilder table =
                new StringBuilder("| option | argument | default | unit | what |\n|---|---|---|---|---|\n");
        for (Option<?> option : Options.ALL) {
            String argument = option.secret() ? "`" + option.name() + "_FILE`" : "`" + option.argument() + "`";
            String standard = option == Options.DATA_DIR
                    ? "the user's data directory"
                    : option.defaultText().map(text -> "`" + text + "`").orElse("");
            table.append(String.format(
                    "| `%s` | %s | %s | %s | %s |%n",
                    option.name(), argument, standard, option.type().unit(), option.description()));
        }
        return table.toString().replace(System.lineSeparator(), "\n");
    }
}
