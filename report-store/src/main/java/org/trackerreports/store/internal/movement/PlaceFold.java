package org.trackerreports.store.internal.movement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trackerreports.store.internal.inbox.MovementDue;
import org.trackerreports.store.internal.movement.PlaceCheckpoints.Checkpoint;
import org.trackerreports.store.internal.movement.PlaceCheckpoints.Known;
import org.trackerreports.store.movement.Judge;
import org.trackerreports.store.movement.PlaceJudgement;
import org.trackerreports.store.movement.PlaceJudgement.Decided;
import org.trackerreports.store.movement.PlaceWindow;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.report.StoredReport;

/** The transitions of one tracker at one place, from a checkpoint on. Takes its reports in event order. Not thread-safe. */
final class PlaceFold {

    /** What is folded. */
    record Subject(long tracker, Place place) {}

    private final Subject subject;
    private final Known known;
    private final boolean beganAtRecent;
    private final Instant from;
    private final List<Decided> transitions = new ArrayList<>();
    private Optional<String> state;
    private Optional<String> settledState = Optional.empty();
    private Optional<Checkpoint> recent = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();

    /**
     * Begins.
     *
     * @param known the checkpoints that there are
     * @param begin one of them; absent to begin before the first report
     * @param beganAtRecent whether it is the recent one
     */
    PlaceFold(Subject subject, Known known, Optional<Checkpoint> begin, boolean beganAtRecent) {
        this.subject = subject;
        this.known = known;
        this.beganAtRecent = beganAtRecent;
        this.from = begin.map(Checkpoint::asOf).orElse(MovementDue.BEGINNING);
        this.state = begin.map(Checkpoint::state);
    }

    Subject subject() {
        return subject;
    }

    Known known() {
        return known;
    }

    boolean beganAtRecent() {
        return beganAtRecent;
    }

    /** Reports before are in the state that it began with. */
    Instant from() {
        return from;
    }

    List<Decided> transitions() {
        return transitions;
    }

    /** The state before the first report that is not final; absent if there was no such report. */
    Optional<String> settledState() {
        return settledState;
    }

    /** Where it stood at the last {@link #mark}. */
    Optional<Checkpoint> recent() {
        return recent;
    }

    /** What the judge failed with. Then nothing else of this counts. */
    Optional<RuntimeException> failure() {
        return failure;
    }

    /**
     * Takes further reports, of which those before its beginning are left out.
     *
     * @param finalBefore reports before this time are final
     */
    void add(List<StoredReport> reports, Judge judge, Instant finalBefore) {
        if (failure.isPresent()) {
            return;
        }
        List<StoredReport> own = reports.stream()
                .filter(report -> !report.timestamp().isBefore(from))
                .toList();
        try {
            PlaceJudgement judgement =
                    judge.transitions(new PlaceWindow(subject.tracker(), subject.place(), state, own, finalBefore));
            transitions.addAll(judgement.transitions());
            state = Optional.of(judgement.state());
            settledState = settledState.or(judgement::checkpoint);
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        }
    }

    /** Notes where it stands: all reports before this time were taken, and no other. */
    void mark(Instant time) {
        if (time.isAfter(from)) {
            recent = state.map(now -> new Checkpoint(time, now));
        }
    }
}
