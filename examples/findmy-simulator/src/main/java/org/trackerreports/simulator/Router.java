package org.trackerreports.simulator;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Which service answers which request. Filled before the server starts. */
final class Router {
    private final Map<String, Route> routes = new HashMap<>();

    Router add(Service service, String methodAndPath, Function<Call, Reply> handler) {
        routes.put(methodAndPath, new Route(service, handler));
        return this;
    }

    Optional<Route> find(String method, String path) {
        return Optional.ofNullable(routes.get(method + ' ' + path));
    }

    /** One endpoint of a service. */
    record Route(Service service, Function<Call, Reply> handler) {}
}
