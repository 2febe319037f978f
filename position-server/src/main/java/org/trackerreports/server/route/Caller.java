package org.trackerreports.server.route;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Who makes a request.
 *
 * @param token the name of the token; empty without one
 * @param scope what the caller may do
 * @param labels the trackers that the caller may see: those that have all of these; empty for all trackers
 */
public record Caller(Optional<String> token, Scope scope, Map<String, String> labels) {

    /** Whoever is not known. */
    public static final Caller NOBODY = new Caller(Optional.empty(), Scope.NONE, Map.of());

    public Caller {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(scope, "scope");
        labels = Map.copyOf(labels);
    }

    /** Whether the caller may see all trackers. */
    public boolean seesAll() {
        return labels.isEmpty();
    }
}
