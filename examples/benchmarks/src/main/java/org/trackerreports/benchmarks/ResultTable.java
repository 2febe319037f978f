package org.trackerreports.benchmarks;

import java.util.List;

/** The table of results. */
final class ResultTable {

    private ResultTable() {}

    /**
     * The table in Markdown.
     *
     * @param circumstances lines that say when, where and by which command
     */
    static String of(List<Comparison> comparisons, List<String> circumstances) {
        StringBuilder text = new StringBuilder();
        circumstances.forEach(line -> text.append("* ").append(line).append('\n'));
        text.append("\n| what | unit | measured | compared with | measured | ratio |\n|---|---|---|---|---|---|\n");
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
