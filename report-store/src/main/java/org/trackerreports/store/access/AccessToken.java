package org.trackerreports.store.access;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A stored token, without its secret.
 *
 * @param id the first part of its text
 * @param labels the trackers that its holder may see: those that have all of these; empty for all trackers
 * @param lastUsed to the minute
 */
public record AccessToken(
        String id,
        String name,
        TokenScope scope,
        Map<String, String> labels,
        Instant created,
        Optional<Instant> expires,
        Optional<Instant> lastUsed) {

    public AccessToken {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(scope, "scope");
        labels = Map.copyOf(labels);
        Objects.requireNonNull(expires, "expires");
        Objects.requireNonNull(lastUsed, "lastUsed");
    }
}
