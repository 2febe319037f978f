package org.trackerreports.tools.movement;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ConfidenceOption;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.NextStep;
import org.trackerreports.tools.command.NotJudged;
import org.trackerreports.tools.command.TimeRange;
import org.trackerreports.tools.command.TimeRange.Range;
import org.trackerreports.tools.command.TrackerNames;
import org.trackerreports.tools.history.Clocks;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which part of a tracker's movement a command shows, as a mixin. */
final class MovementSelection {

    private static final Duration DEFAULT_AGE = Duration.ofDays(7);

    @Parameters(paramLabel = "TRACKER", description = "The name of a tracker.")
    private String name;

    @Mixin
    private TimeRange time;

    @Mixin
    private ConfidenceOption confidence;

    private final Installation installation;

    @Inject
    MovementSelection(Installation installation) {
        this.installation = installation;
    }

    /** What was selected: without {@code --from} of the last seven days. */
    record Selected(ReportStore store, Tracker tracker, Range range, StoredMovement movement, Clocks clocks) {

        /** Why there is nothing, and what to do next. */
        String nothingFound(String what) {
            boolean seen = !store.history().latest(List.of(tracker.id())).isEmpty();
            return seen
                    ? "There is no " + what + " from " + range.from() + " to " + range.to()
                            + "; a stay takes 15 minutes or more within 150 m. Give an earlier --from or a later --to."
                    : NextStep.fetch(store, List.of(tracker));
        }

        Optional<String> notJudged() {
            return NotJudged.note(store.judging().backlog());
        }
    }

    Selected find() throws CommandFailure {
        Range range = time.range(installation.now(), Optional.of(DEFAULT_AGE));
        Clocks clocks = new Clocks(time.zone());
        int minConfidence = confidence.minimum();
        ReportStore store = installation.store();
        Tracker tracker = TrackerNames.trackers(store, List.of(name)).get(0);
        return new Selected(store, tracker, range, new StoredMovement(store, minConfidence), clocks);
    }
}
