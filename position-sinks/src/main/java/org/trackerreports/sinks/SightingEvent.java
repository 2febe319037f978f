package org.trackerreports.sinks;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * One thing that happened. A {@code switch} over {@link #kind} is complete. The text forms contain no coordinates.
 *
 * <p>The same event has the same {@link #id} at every try, so a receiver can drop what it has. Immutable.
 */
public sealed interface SightingEvent {

    /** What happened. */
    enum Kind {
        REPORT,
        TRANSITION,
        CONDITION,
        TRACKER
    }

    Kind kind();

    /** Identifies the event: letters, digits, {@code _} and {@code -} only. */
    String id();

    /** Where the event stands in its source, for example {@code 812-3}; empty if it comes from elsewhere. */
    String place();

    SightedTracker tracker();

    /** Its name outside, for example {@code report.stored}. */
    String type();

    /** When it happened. */
    Instant eventTime();

    /** When this system learned of it. */
    Instant noticedTime();

    /**
     * A report was stored, or its position or flags changed.
     *
     * @param revised false if the report is new
     * @param receivedTime when it was fetched
     * @param latitude degrees north, -90 to 90
     * @param longitude degrees east, -180 to 180
     * @param accuracy metres, 0 or more
     * @param confidence as received; 2 and more are reliable
     * @param battery its class: {@code full}, {@code medium}, {@code low} or {@code critical}
     * @param flags why the position is wrong or uncertain
     * @param wrong whether a flag says that it is wrong
     */
    record Report(
            String id,
            String place,
            SightedTracker tracker,
            boolean revised,
            Instant eventTime,
            Instant receivedTime,
            double latitude,
            double longitude,
            OptionalDouble accuracy,
            int confidence,
            Optional<String> battery,
            List<String> flags,
            boolean wrong,
            Optional<String> nearestCity)
            implements SightingEvent {

        public Report {
            requireParts(id, place, tracker, eventTime, receivedTime);
            if (!(latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180)) {
                throw new IllegalArgumentException("the position of an event is not on earth");
            }
            Objects.requireNonNull(accuracy, "accuracy");
            Objects.requireNonNull(battery, "battery");
            Objects.requireNonNull(nearestCity, "nearestCity");
            flags = List.copyOf(flags);
        }

        @Override
        public Kind kind() {
            return Kind.REPORT;
        }

        @Override
        public String type() {
            return revised ? "report.revised" : "report.stored";
        }

        @Override
        public Instant noticedTime() {
            return receivedTime;
        }

        @Override
        public String toString() {
            return "Report[id=" + id + ", place=" + place + "]";
        }
    }

    /**
     * A tracker entered or left a place, or it turned out that it did not.
     *
     * @param transition the same for all revisions
     * @param revision grows when it is withdrawn, and when it is restored; the highest one holds
     * @param placeName the name of the place
     * @param entered false if it left
     * @param decidedTime the time of the report that confirmed it
     * @param recordedTime when it was noticed first
     * @param withdrawn whether it did not happen after all
     */
    record PlaceTransition(
            String id,
            String place,
            SightedTracker tracker,
            UUID transition,
            int revision,
            String placeName,
            long placeId,
            boolean entered,
            Instant eventTime,
            Instant decidedTime,
            Instant recordedTime,
            boolean withdrawn)
            implements SightingEvent {

        public PlaceTransition {
            requireParts(id, place, tracker, eventTime, recordedTime);
            Objects.requireNonNull(transition, "transition");
            Objects.requireNonNull(placeName, "placeName");
            Objects.requireNonNull(decidedTime, "decidedTime");
        }

        @Override
        public Kind kind() {
            return Kind.TRANSITION;
        }

        @Override
        public String type() {
            return withdrawn ? "place.transition_withdrawn" : direction(entered);
        }

        private static String direction(boolean entered) {
            return entered ? "place.entered" : "place.left";
        }

        @Override
        public Instant noticedTime() {
            return recordedTime;
        }
    }

    /**
     * A tracker fell silent, was heard again, or its battery changed.
     *
     * @param condition which of them
     * @param data further values, for example {@code battery}: {@code low}
     */
    record TrackerCondition(
            String id,
            String place,
            SightedTracker tracker,
            Condition condition,
            Instant eventTime,
            Instant recordedTime,
            Map<String, String> data)
            implements SightingEvent {

        /** Which condition. */
        public enum Condition {
            SILENT("tracker.silent"),
            HEARD_AGAIN("tracker.heard_again"),
            BATTERY_CHANGED("battery.changed");

            private final String type;

            Condition(String type) {
                this.type = type;
            }

            /** The name of the event. */
            public String type() {
                return type;
            }
        }

        public TrackerCondition {
            requireParts(id, place, tracker, eventTime, recordedTime);
            Objects.requireNonNull(condition, "condition");
            data = Map.copyOf(data);
        }

        @Override
        public Kind kind() {
            return Kind.CONDITION;
        }

        @Override
        public String type() {
            return condition.type();
        }

        @Override
        public Instant noticedTime() {
            return recordedTime;
        }
    }

    /**
     * A tracker was added, renamed or labelled, or it is gone. Only programs that keep a list of trackers need it.
     *
     * @param gone whether it was removed, or is no longer one of those that the sink is for; the name is empty if it is not known any more
     */
    record TrackerChange(String id, String place, SightedTracker tracker, boolean gone, Instant eventTime)
            implements SightingEvent {

        public TrackerChange {
            requireParts(id, place, tracker, eventTime, eventTime);
        }

        @Override
        public Kind kind() {
            return Kind.TRACKER;
        }

        @Override
        public String type() {
            return gone ? "tracker.removed" : "tracker.changed";
        }

        @Override
        public Instant noticedTime() {
            return eventTime;
        }
    }

    private static void requireParts(
            String id, String place, SightedTracker tracker, Instant eventTime, Instant noticedTime) {
        if (!id.matches("[A-Za-z0-9_-]{1,200}")) {
            throw new IllegalArgumentException("the id of an event has letters, digits, _ and - only");
        }
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(tracker, "tracker");
        Objects.requireNonNull(eventTime, "eventTime");
        Objects.requireNonNull(noticedTime, "noticedTime");
    }
}
