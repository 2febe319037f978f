package org.trackerreports.store.tracker;

import java.util.Objects;

/** A newer alignment of a tracker. One that goes back in time or index is ignored. */
public record AlignmentUpdate(long trackerId, Alignment alignment) {

    public AlignmentUpdate {
        Objects.requireNonNull(alignment, "alignment");
    }
}
