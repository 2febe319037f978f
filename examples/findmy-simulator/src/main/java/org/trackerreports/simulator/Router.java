package org.trackerreports.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Which service answers which request. */
final class Router {
    private final Map<String, Route> routes;

    Router(Map<String, Route> routes) {
        this.routes = Map.copyOf(routes);
    }

    Optional<Route> find(String method, String path) {
        return Optional.ofNullable(routes.get(method + ' ' + path));
    }

    /** One endpoint of a service. */
    record Route(Service service, Function<Call, Reply> handler) {}
}
