package org.trackerreports.movement;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a fold over the reports of a tracker stands, for one place. Stored as a checkpoint, it spares reading what came before.
 *
 * @param inside whether the tracker is in the place; absent before the first decision
 * @param pending the decisions for the opposite since then
 * @param after only reports after this one in event order are to be folded; absent before the first decision
 */
public record PlaceState(Optional<Boolean> inside, Optional<Pending> pending, Optional<Point> after) {

    /** Before the first report. */
    public static final PlaceState BEGINNING = new PlaceState(Optional.empty(), Optional.empty(), Optional.empty());

    public PlaceState {
        Objects.requireNonNull(inside, "inside");
        Objects.requireNonNull(pending, "pending");
        Objects.requireNonNull(after, "after");
    }

    /** After a transition that is certain to stand. */
    public static PlaceState after(Transition transition) {
        return new PlaceState(
                Optional.of(transition.direction() == Direction.ENTERED),
                Optional.empty(),
                Optional.of(new Point(transition.decidedTime(), transition.decidedDigest())));
    }

    /**
     * A report in event order.
     *
     * @param time its time
     * @param digest its digest
     */
    public record Point(Instant time, UUID digest) implements Comparable<Point> {

        @Override
        public int compareTo(Point other) {
            int byTime = time.compareTo(other.time);
            return byTime != 0 ? byTime : Report.compareDigests(digest, other.digest);
        }
    }

    /**
     * Equal decisions in a row that are not enough yet.
     *
     * @param count how many
     * @param first the first of them
     */
    public record Pending(int count, Point first) {}
}
