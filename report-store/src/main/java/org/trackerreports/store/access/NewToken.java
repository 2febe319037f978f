package org.trackerreports.store.access;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A token to be made.
 *
 * @param name unique
 * @param labels the trackers that its holder may see: those that have all of these; empty for all trackers
 * @param expires from when on it is refused; empty for never
 */
public record NewToken(String name, TokenScope scope, Map<String, String> labels, Optional<Instant> expires) {

    public NewToken {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(scope, "scope");
        labels = Map.copyOf(labels);
        Objects.requireNonNull(expires, "expires");
    }
}
