package org.trackerreports.store.place;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A tracker entered or left a place.
 *
 * @param id the same after every computation: it follows from tracker, place, direction and the report that caused it
 * @param revision 1 at first; grows when a late report shows that the transition was none, and when another one restores it
 * @param eventTime the time of the report that caused it
 * @param decidedTime the time of the report that confirmed it
 * @param causingDigest the report that caused it
 * @param recordedAt when it was noticed first
 * @param late whether it was noticed so late that it is no news
 * @param withdrawn whether a late report showed that it did not happen
 */
public record Transition(
        UUID id,
        int revision,
        long trackerId,
        long placeId,
        Direction direction,
        Instant eventTime,
        Instant decidedTime,
        UUID causingDigest,
        Instant recordedAt,
        boolean late,
        boolean withdrawn) {

    /** Which way. */
    public enum Direction {
        ENTERED("entered"),
        LEFT("left");

        private final String text;

        Direction(String text) {
            this.text = text;
        }

        /** The name in JSON and in the database. */
        public String text() {
            return text;
        }

        /**
         * The direction with a name.
         *
         * @throws IllegalArgumentException if there is no such direction
         */
        public static Direction of(String text) {
            return switch (text) {
                case "entered" -> ENTERED;
                case "left" -> LEFT;
                default -> throw new IllegalArgumentException("a direction is entered or left");
            };
        }
    }

    /** As it was at a revision: the first raises it, the second withdraws it, the third restores it, and so on. */
    public Transition asOf(int earlier) {
        return new Transition(
                id,
                earlier,
                trackerId,
                placeId,
                direction,
                eventTime,
                decidedTime,
                causingDigest,
                recordedAt,
                late,
                earlier % 2 == 0);
    }

    public Transition {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(eventTime, "eventTime");
        Objects.requireNonNull(decidedTime, "decidedTime");
        Objects.requireNonNull(causingDigest, "causingDigest");
        Objects.requireNonNull(recordedAt, "recordedAt");
    }
}
