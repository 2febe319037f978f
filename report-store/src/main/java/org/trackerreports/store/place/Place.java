package org.trackerreports.store.place;

import java.util.Objects;

/** A stored place. */
public record Place(long id, NewPlace content) {

    public Place {
        Objects.requireNonNull(content, "content");
    }

    public String name() {
        return content.name();
    }
}
