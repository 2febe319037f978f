package org.trackerreports.sinks.internal.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.trackerreports.sinks.SightingEvent;
import org.trackerreports.sinks.SightingEvent.Report;

/** Picks the positions out of events. */
public final class Positions {

    private Positions() {}

    /**
     * The reports that a program for positions can use, by the time of the event. Programs of this kind cannot take a position back, so the
     * news that one is wrong is left out.
     */
    public static List<Report> inEventOrder(List<SightingEvent> events) {
        List<Report> reports = new ArrayList<>();
        for (SightingEvent event : events) {
            if (isUsable(event)) {
                reports.add((Report) event);
            }
        }
        reports.sort(Comparator.comparing(Report::eventTime));
        return reports;
    }

    /** The events that {@link #inEventOrder} leaves out. */
    public static List<SightingEvent> others(List<SightingEvent> events) {
        return events.stream().filter(event -> !isUsable(event)).toList();
    }

    private static boolean isUsable(SightingEvent event) {
        return event instanceof Report report && !(report.revised() && report.wrong());
    }
}
