package org.trackerreports.tools.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.pipeline.FetchTarget;
import org.trackerreports.core.pipeline.TrackerLoader;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandFailure;

/** Finds the trackers and keys that a command requests. */
final class Targets {

    private Targets() {}

    /**
     * The targets of trackers in the database.
     *
     * @param complain receives a line for each tracker whose keys cannot be read
     */
    static List<FetchTarget> stored(List<Tracker> trackers, Consumer<String> complain) {
        List<FetchTarget> targets = new ArrayList<>();
        for (Tracker tracker : trackers) {
            try {
                targets.add(TrackerLoader.target(tracker, 0));
            } catch (IllegalArgumentException e) {
                complain.accept(tracker.name() + ": " + e.getMessage());
            }
        }
        return targets;
    }

    /** The targets of key files. Their ids only tell them apart. */
    static List<FetchTarget> loose(List<NamedKeys> keys) {
        List<FetchTarget> targets = new ArrayList<>();
        for (NamedKeys named : keys) {
            targets.add(new FetchTarget(-1L - targets.size(), named.name(), named.keys(), 0));
        }
        return targets;
    }

    /**
     * The trackers in the database that have the keys of key files.
     *
     * @throws CommandFailure if one has not been imported
     */
    static List<Tracker> imported(ReportStore store, List<NamedKeys> keys) throws CommandFailure {
        List<Tracker> trackers = new ArrayList<>();
        for (NamedKeys named : keys) {
            Optional<Tracker> tracker = named.keys() instanceof StaticKeys fixed
                    ? store.trackers().findByKey(fixed.keys().get(0).hashed().base64())
                    : store.trackers().find(named.name());
            trackers.add(tracker.orElseThrow(() -> new CommandFailure(
                    ExitCode.FAILED,
                    named.name()
                            + " has not been imported, so its reports cannot be stored. Import it first: findmy tools"
                            + " trackers import FILE; or add --no-store to see them only.")));
        }
        return trackers;
    }
}
