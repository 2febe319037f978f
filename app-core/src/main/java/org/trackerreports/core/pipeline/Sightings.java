package org.trackerreports.core.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.KeySighting;
import org.trackerreports.findmy.report.LocationReport;
import org.trackerreports.store.tracker.Alignment;
import org.trackerreports.store.tracker.AlignmentUpdate;

/** Collects what an answer tells about the accessories' alignments. Not thread-safe. */
final class Sightings {

    private final Map<Long, Accessory> accessories = new HashMap<>();
    private final Map<Long, List<KeySighting>> sightings = new HashMap<>();

    void add(FetchTarget target, LocationReport report) {
        if (target.keys() instanceof Accessory accessory) {
            accessories.put(target.trackerId(), accessory);
            report.sighting()
                    .ifPresent(sighting -> sightings
                            .computeIfAbsent(target.trackerId(), unused -> new ArrayList<>())
                            .add(sighting));
        }
    }

    /** The alignments that moved forward. */
    List<AlignmentUpdate> alignmentUpdates() {
        List<AlignmentUpdate> updates = new ArrayList<>();
        sightings.forEach((trackerId, seen) -> {
            Accessory before = Objects.requireNonNull(accessories.get(trackerId));
            Accessory aligned = before.alignedBy(seen);
            if (aligned != before) {
                updates.add(new AlignmentUpdate(
                        trackerId,
                        new Alignment(
                                aligned.alignment().time(), aligned.alignment().index())));
            }
        });
        return updates;
    }
}
