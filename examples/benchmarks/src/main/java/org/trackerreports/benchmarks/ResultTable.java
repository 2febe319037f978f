package org.trackerreports.benchmarks;

import java.util.List;

/** The table of results. */
final class ResultTable {

    static final String HEAD = "| what | unit | measured | compared with | measured | ratio |";
    static final String RULE = "|---|---|---|---|---|---|";

    private ResultTable() {}

    /**
     * The table in Markdown.
     *
     * @param circumstances lines that say when, where and by which command
     */
    static String of(List<Comparison> comparisons, List<String> circumstances) {
        StringBuilder text = new StringBuilder();
        circumstances.forEach(line -> text.append("* ").append(line).append('\n'));
        text.append('\n').append(HEAD).append('\n').append(RULE).append('\n');
        for (Comparison each : comparisons) {
            text.append(String.join(
                            " | ",
                            "| " + each.what(),
                            each.unit(),
                            each.own().text(),
                            each.other().name(),
                            each.other().text(),
                            each.ratio()))
                    .append(" |\n");
        }
        return text.toString();
    }
}
