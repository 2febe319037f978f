package org.trackerreports.core.sink;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The kinds of programs that are told what happened. */
public enum SinkType {
    WEBHOOK(
            "report.stored",
            "report.revised",
            "place.entered",
            "place.left",
            "place.transition_withdrawn",
            "tracker.silent",
            "tracker.heard_again",
            "battery.changed"),
    HOMEASSISTANT("report.stored", "report.revised"),
    TRACCAR("report.stored", "report.revised"),
    OWNTRACKS("report.stored", "report.revised"),
    DAWARICH("report.stored", "report.revised");

    /** All types of events. */
    static final List<String> EVENTS = List.copyOf(WEBHOOK.events);

    private final Set<String> events;

    SinkType(String... events) {
        this.events = new TreeSet<>(Arrays.asList(events));
    }

    /** The types of events that a program of this kind is told of unless its file says something else. */
    Set<String> events() {
        return Set.copyOf(events);
    }

    /**
     * Whether it keeps a position as often as it gets it, and cannot change one. Then a report that changes is news to it only if it was
     * not told of it before, because its position was wrong until now.
     */
    public boolean keepsDoubles() {
        return this == TRACCAR || this == OWNTRACKS;
    }

    /** Whether it keeps a list of trackers, so that it has to know of their names. */
    public boolean keepsTrackers() {
        return this == HOMEASSISTANT || this == OWNTRACKS;
    }
}
