package org.trackerreports.store.access;

import java.time.Instant;
import java.util.Objects;

/**
 * What is shown to whoever has a link, without the secret of the link.
 *
 * @param id the first part of the link's text
 */
public record Share(String id, NewShare content, Instant created) {

    public Share {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(created, "created");
    }
}
