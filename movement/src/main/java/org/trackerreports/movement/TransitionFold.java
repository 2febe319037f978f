package org.trackerreports.movement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds when a tracker entered and left a place: a fold over the reports that decide, in event order. The first decision sets the state
 * without a transition. The state changes after {@code confirm} equal decisions in a row, the first and the last of them {@code dwell}
 * apart; the transition has the time of the first. Undecided reports change nothing.
 *
 * <p>Since it depends on the reports only, what late reports change is the {@linkplain TransitionChanges difference} of two folds.
 *
 * @param transitions in event order
 * @param state where the fold ended
 */
public record TransitionFold(List<Transition> transitions, PlaceState state) {

    public TransitionFold {
        transitions = List.copyOf(transitions);
        Objects.requireNonNull(state, "state");
    }

    /**
     * Folds.
     *
     * @param trackerId the tracker, for the ids of transitions
     * @param place the place
     * @param from where to begin: {@link PlaceState#BEGINNING}, a stored state, or {@link PlaceState#after} the last transition whose decided
     *     time is before the earliest report that is new, gone, or differently flagged
     * @param judgements of all reports after that, in any order; those before are left out
     * @param minimumConfidence reports below do not decide
     */
    public static TransitionFold of(
            long trackerId, Place place, PlaceState from, List<Judgement> judgements, int minimumConfidence) {
        Folding folding = new Folding(trackerId, place, from);
        for (Fixes.Fix fix : Fixes.of(judgements, minimumConfidence)) {
            folding.add(fix);
        }
        return new TransitionFold(folding.transitions, folding.state);
    }

    private static final class Folding {

        private final long trackerId;
        private final Place place;
        private final List<Transition> transitions = new ArrayList<>();
        private PlaceState state;

        Folding(long trackerId, Place place, PlaceState from) {
            this.trackerId = trackerId;
            this.place = place;
            state = from;
        }

        void add(Fixes.Fix fix) {
            PlaceState.Point point =
                    new PlaceState.Point(fix.first().time(), fix.first().digest());
            if (state.after().isPresent() && point.compareTo(state.after().get()) <= 0) {
                return;
            }
            Decision decision = place.decide(fix.report());
            if (decision == Decision.UNDECIDED) {
                return;
            }
            boolean inside = decision == Decision.IN;
            if (state.inside().isEmpty() || state.inside().get() == inside) {
                state = new PlaceState(Optional.of(inside), Optional.empty(), Optional.of(point));
                return;
            }
            PlaceState.Pending pending = state.pending()
                    .map(before -> new PlaceState.Pending(before.count() + 1, before.first()))
                    .orElse(new PlaceState.Pending(1, point));
            Duration lasted = Duration.between(pending.first().time(), point.time());
            if (pending.count() < place.confirm() || lasted.compareTo(place.dwell()) < 0) {
                state = new PlaceState(state.inside(), Optional.of(pending), Optional.of(point));
                return;
            }
            transitions.add(Transition.of(
                    trackerId, place.id(), inside ? Direction.ENTERED : Direction.LEFT, pending.first(), point));
            state = new PlaceState(Optional.of(inside), Optional.empty(), Optional.of(point));
        }
    }
}
