package org.trackerreports.tools.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.history.LatestPosition;
import org.trackerreports.store.history.LeftOutReports;

/** Says what a command did not show, and which option shows it. */
public final class LeftOut {

    private LeftOut() {}

    /** What a query left out, such as "1046 of confidence 1 left out, --min-confidence 1 shows them"; empty if nothing. */
    static String text(LeftOutReports reports, FlagFilter flags) {
        List<String> parts = new ArrayList<>();
        if (!reports.lessCertain().isEmpty()) {
            parts.add(ofLowConfidence(reports.lessCertain()) + " left out, " + option(reports.lessCertain())
                    + " shows them");
        }
        if (reports.flagged() > 0) {
            // Those without flags, or those whose flags say that they are wrong.
            String which = flags == FlagFilter.ONLY ? " without flags" : " with flags";
            parts.add(reports.flagged() + which + " left out, --flags with shows them");
        }
        return String.join("; ", parts);
    }

    /** Reports that were received just now and that other commands leave out. */
    public static String lessCertain(SortedMap<Integer, Long> byConfidence) {
        return ofLowConfidence(byConfidence) + ", which other commands leave out unless " + option(byConfidence)
                + " is given";
    }

    /** The options that show positions which were left out for their confidence or their flags. */
    public static String options(List<LatestPosition> positions, int minConfidence, FlagFilter flags) {
        SortedMap<Integer, Long> lessCertain = positions.stream()
                .filter(position -> position.confidence() < minConfidence)
                .collect(Collectors.groupingBy(LatestPosition::confidence, TreeMap::new, Collectors.counting()));
        List<String> options = new ArrayList<>();
        if (!lessCertain.isEmpty()) {
            options.add(option(lessCertain));
        }
        if (positions.stream().anyMatch(position -> !isShown(position.flags(), flags))) {
            options.add("--flags with");
        }
        return String.join(" ", options);
    }

    private static boolean isShown(Set<String> codes, FlagFilter flags) {
        return switch (flags) {
            case WITHOUT -> FlagWords.areUncertain(codes);
            case WITH -> true;
            case ONLY -> !codes.isEmpty();
        };
    }

    private static String ofLowConfidence(SortedMap<Integer, Long> byConfidence) {
        return byConfidence.values().stream().mapToLong(Long::longValue).sum() + " of confidence "
                + byConfidence.keySet().stream().map(String::valueOf).collect(Collectors.joining(" or "));
    }

    private static String option(SortedMap<Integer, Long> byConfidence) {
        return "--min-confidence " + byConfidence.firstKey();
    }
}
