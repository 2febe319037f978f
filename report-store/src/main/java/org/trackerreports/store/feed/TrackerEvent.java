package org.trackerreports.store.feed;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * What happened to a tracker apart from its position.
 *
 * @param id follows from the tracker, the type and the time, so it is the same after every computation
 * @param time when it happened: the last receipt before a silence, the receipt that ended it, or the time of the report with the new battery
 * @param recordedAt when it was noticed
 * @param data its further values, for example {@code battery}: {@code low}
 */
public record TrackerEvent(
        UUID id, long trackerId, Type type, Instant time, Instant recordedAt, Map<String, String> data) {

    /** The types, with their names outside. */
    public enum Type {
        SILENT("tracker.silent"),
        HEARD_AGAIN("tracker.heard_again"),
        BATTERY_CHANGED("battery.changed");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        /** The name in JSON and in the database. */
        public String text() {
            return text;
        }

        /**
         * The type with a name.
         *
         * @throws IllegalArgumentException if there is no such type
         */
        public static Type of(String text) {
            for (Type type : values()) {
                if (type.text.equals(text)) {
                    return type;
                }
            }
            throw new IllegalArgumentException("there is no type of event with this name");
        }
    }

    public TrackerEvent {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        data = Map.copyOf(data);
    }
}
