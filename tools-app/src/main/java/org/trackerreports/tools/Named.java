package org.trackerreports.tools;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Tracker;

/**
 * The trackers that a person named.
 *
 * @param trackers those that there are
 * @param unknown for each name that no tracker has: the name and the nearest ones
 */
record Named(List<Tracker> trackers, List<String> unknown) {

    private static final int SUGGESTIONS = 3;

    static Named find(ReportStore store, List<String> names) {
        List<Tracker> trackers = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String name : names) {
            Optional<Tracker> tracker = store.trackers().find(name);
            tracker.ifPresentOrElse(trackers::add, () -> unknown.add(describe(store, name)));
        }
        return new Named(trackers, unknown);
    }

    private static String describe(ReportStore store, String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        List<String> nearest = store.trackers().list().stream()
                .map(Tracker::name)
                .sorted(Comparator.comparingInt(
                        each -> LevenshteinDistance.getDefaultInstance().apply(each.toLowerCase(Locale.ROOT), wanted)))
                .limit(SUGGESTIONS)
                .toList();
        return "There is no tracker named '" + name + "'"
                + (nearest.isEmpty()
                        ? "; import some: findmy tools trackers import FILE"
                        : "; nearest: " + String.join(", ", nearest));
    }

    String message() {
        return String.join("\n", unknown);
    }
}
