package org.trackerreports.tools.command;

import java.util.List;
import org.trackerreports.core.text.Printable;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.text.Shell;

/** What somebody who has just begun is to do next, for commands that find nothing. */
public final class NextStep {

    /** There is no tracker at all. */
    public static final String IMPORT = "There is no tracker yet. Import some: findmy tools trackers import FILE";

    private static final int MOST_NAMES = 3;

    private NextStep() {}

    /** No report of these trackers was ever stored. */
    public static String fetch(ReportStore store, List<Tracker> trackers) {
        List<String> names = trackers.stream().map(Tracker::name).toList();
        boolean few = names.size() <= MOST_NAMES;
        String found =
                "No report of " + (few ? Printable.of(String.join(", ", names)) : "these " + names.size() + " trackers")
                        + " is stored yet. ";
        if (store.accounts().list().isEmpty()) {
            return found + "To fetch some, sign in first: findmy tools login --account main";
        }
        String which = few ? String.join(" ", names.stream().map(Shell::word).toList()) : "--all";
        return found + "Fetch now: findmy tools fetch " + which
                + "; or run the daemon, which fetches continuously: findmy fetcher";
    }
}
