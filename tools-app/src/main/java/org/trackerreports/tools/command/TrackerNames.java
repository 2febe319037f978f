package org.trackerreports.tools.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.trackerreports.core.config.NearestNames;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.text.Printable;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.tracker.Tracker;

/** Finds trackers by name, and shows their labels. */
public final class TrackerNames {

    private TrackerNames() {}

    /**
     * The trackers of these names, in this order.
     *
     * @throws CommandFailure if a tracker does not exist, with the nearest names
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

    /** Labels as a person writes them, such as {@code client=acme, colour=red}. */
    public static String labels(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> Printable.of(label.getKey() + "=" + label.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String unknown(ReportStore store, String name) {
        List<String> names = store.trackers().list().stream().map(Tracker::name).toList();
        return "There is no tracker named '" + name + "'"
                + (names.isEmpty()
                        ? "; import some: findmy tools trackers import FILE"
                        : "; nearest: " + String.join(", ", NearestNames.of(name, names)));
    }
}
