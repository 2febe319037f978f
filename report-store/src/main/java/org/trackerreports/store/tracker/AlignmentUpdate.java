package org.trackerreports.store.tracker;

import java.util.Objects;

/**
 * A newer alignment of a tracker. An update that goes back in time or index is ignored.
 *
 * @param trackerId the tracker
 * @param alignment its new alignment
 */
public record AlignmentUpdate(long trackerId, Alignment alignment) {

    public AlignmentUpdate {
        Objects.requireNonNull(alignment, "alignment");
    }
}
