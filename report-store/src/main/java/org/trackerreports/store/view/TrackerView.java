package org.trackerreports.store.view;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.trackerreports.store.history.LatestPosition;

/**
 * A tracker without its secrets.
 *
 * @param enabled whether its reports are fetched
 * @param position the latest one, from reports with confidence 2 or more that are not wrong
 * @param battery {@code full}, {@code medium}, {@code low} or {@code critical}; empty if it does not tell
 * @param heard when a report of it was last received
 * @param silentSince since when nothing of it was received, if that is long
 */
public record TrackerView(
        long id,
        String name,
        Map<String, String> labels,
        boolean enabled,
        Instant created,
        Optional<LatestPosition> position,
        Optional<String> battery,
        Optional<Instant> heard,
        Optional<Instant> silentSince) {

    public TrackerView {
        Objects.requireNonNull(name, "name");
        labels = Map.copyOf(labels);
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(battery, "battery");
        Objects.requireNonNull(heard, "heard");
        Objects.requireNonNull(silentSince, "silentSince");
    }

    @Override
    public String toString() {
        return "TrackerView[id=" + id + "]";
    }
}
