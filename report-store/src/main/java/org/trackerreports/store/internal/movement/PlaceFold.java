package org.trackerreports.store.internal.movement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trackerreports.store.movement.Judge;
import org.trackerreports.store.movement.PlaceJudgement;
import org.trackerreports.store.movement.PlaceJudgement.Decided;
import org.trackerreports.store.movement.PlaceWindow;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.report.StoredReport;

/** The transitions of one tracker at one place, from a checkpoint on. Takes its reports in event order. Not thread-safe. */
final class PlaceFold {

    private final long tracker;
    private final Place place;
    private final Instant from;
    private final List<Decided> transitions = new ArrayList<>();
    private Optional<String> state;
    private Optional<String> checkpoint = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();

    /**
     * Begins.
     *
     * @param from reports before are in the state
     * @param state absent before the first report
     */
    PlaceFold(long tracker, Place place, Instant from, Optional<String> state) {
        this.tracker = tracker;
        this.place = place;
        this.from = from;
        this.state = state;
    }

    Place place() {
        return place;
    }

    Instant from() {
        return from;
    }

    List<Decided> transitions() {
        return transitions;
    }

    /** The state before the first report at or after the time that was asked for; absent if there was no such report. */
    Optional<String> checkpoint() {
        return checkpoint;
    }

    /** What the judge failed with. Then nothing else of this counts. */
    Optional<RuntimeException> failure() {
        return failure;
    }

    /** Takes further reports, of which those before the checkpoint are left out. */
    void add(List<StoredReport> reports, Judge judge, Instant checkpointAt) {
        if (failure.isPresent()) {
            return;
        }
        List<StoredReport> own = reports.stream()
                .filter(report -> !report.timestamp().isBefore(from))
                .toList();
        try {
            PlaceJudgement judgement = judge.transitions(new PlaceWindow(tracker, place, state, own, checkpointAt));
            transitions.addAll(judgement.transitions());
            state = Optional.of(judgement.state());
            checkpoint = checkpoint.or(judgement::checkpoint);
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        }
    }
}
