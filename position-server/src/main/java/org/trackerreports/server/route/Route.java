package org.trackerreports.server.route;

import java.util.Objects;
import java.util.Set;

/**
 * Which requests a handler answers.
 *
 * @param method for example {@code GET}, which includes {@code HEAD}
 * @param path for example {@code /api/v1/trackers/{id}}: a name in braces stands for one segment
 * @param scope what a caller needs; {@link Scope#NONE} for everybody
 * @param handler is called only for a caller with that scope
 * @param bodyLimit the most bytes of a request's body; a larger one is refused with 413
 */
public record Route(String method, String path, Scope scope, RouteHandler handler, int bodyLimit) {

    /** Enough for what a person types. */
    public static final int DEFAULT_BODY_LIMIT = 65_536;

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    public Route {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(handler, "handler");
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("the method of a route is one of " + METHODS + ", not " + method);
        }
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("the path of a route begins with /: " + path);
        }
        if (bodyLimit < 0) {
            throw new IllegalArgumentException("the limit of a body is not negative");
        }
    }

    public Route(String method, String path, Scope scope, RouteHandler handler) {
        this(method, path, scope, handler, DEFAULT_BODY_LIMIT);
    }

    public Route withBodyLimit(int bytes) {
        return new Route(method, path, scope, handler, bytes);
    }
}
