package org.trackerreports.tools.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.tracker.Tracker;

/** Finds what a person named. */
public final class TrackerNames {

    private static final int SUGGESTIONS = 3;

    private TrackerNames() {}

    /**
     * The trackers of these names, in this order.
     *
     * @throws CommandFailure if there is no tracker of a name, with the nearest names
     */
    public static List<Tracker> trackers(ReportStore store, List<String> names) throws CommandFailure {
        List<Tracker> trackers = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String name : names) {
            Optional<Tracker> tracker = store.trackers().find(name);
            tracker.ifPresentOrElse(trackers::add, () -> unknown.add(unknown(store, name)));
        }
        if (!unknown.isEmpty()) {
            throw new CommandFailure(ExitCode.FAILED, String.join("\n", unknown));
        }
        return trackers;
    }

    private static String unknown(ReportStore store, String name) {
        List<String> names = store.trackers().list().stream().map(Tracker::name).toList();
        return "There is no tracker named '" + name + "'"
                + (names.isEmpty()
                        ? "; import some: findmy tools trackers import FILE"
                        : "; nearest: " + String.join(", ", nearest(name, names)));
    }

    /** Those of the names that are most like a name, the most alike first. */
    public static List<String> nearest(String name, List<String> names) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return names.stream()
                .sorted(Comparator.comparingInt(
                        each -> LevenshteinDistance.getDefaultInstance().apply(each.toLowerCase(Locale.ROOT), wanted)))
                .limit(SUGGESTIONS)
                .toList();
    }
}
