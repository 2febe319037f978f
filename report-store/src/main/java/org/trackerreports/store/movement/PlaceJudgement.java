package org.trackerreports.store.movement;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.trackerreports.store.place.Transition.Direction;

/**
 * What was judged for a place.
 *
 * @param transitions in the order of their decisions
 * @param state of all reports so far, as JSON
 * @param checkpoint the state before the first report at or after the time that was asked for; absent if there was no such report
 */
public record PlaceJudgement(List<Decided> transitions, String state, Optional<String> checkpoint) {

    public PlaceJudgement {
        transitions = List.copyOf(transitions);
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(checkpoint, "checkpoint");
    }

    /**
     * A transition.
     *
     * @param id follows from tracker, place, direction and the report that caused it
     * @param eventTime the time of the report that caused it
     * @param decidedTime the time of the report that confirmed it
     * @param causingDigest the report that caused it
     */
    public record Decided(UUID id, Direction direction, Instant eventTime, Instant decidedTime, UUID causingDigest) {}
}
