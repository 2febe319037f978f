package org.trackerreports.store.movement;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.report.StoredReport;

/**
 * Further reports of a tracker for one place.
 *
 * @param state what a former judgement said of all reports before these; absent if these are the first
 * @param reports those with a position, with their flags, in the order of time and digest; payload, city and reason
 *     are left out, because they say nothing about movement
 * @param checkpointAt for the state before the first report at or after this time is asked
 */
public record PlaceWindow(
        long trackerId, Place place, Optional<String> state, List<StoredReport> reports, Instant checkpointAt) {

    public PlaceWindow {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(state, "state");
        reports = List.copyOf(reports);
        Objects.requireNonNull(checkpointAt, "checkpointAt");
    }
}
