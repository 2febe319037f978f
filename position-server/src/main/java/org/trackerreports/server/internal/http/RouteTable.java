package org.trackerreports.server.internal.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.trackerreports.server.route.Route;

/** Finds the route of a request. Immutable. */
public final class RouteTable {

    private final List<Entry> entries;

    /** @throws IllegalArgumentException if two routes are for the same requests */
    public RouteTable(Collection<Route> routes) {
        entries = routes.stream().map(Entry::of).toList();
        Set<String> shapes = new HashSet<>();
        for (Entry entry : entries) {
            if (!shapes.add(entry.route().method() + " " + entry.shape())) {
                throw new IllegalArgumentException("there are two routes for "
                        + entry.route().method() + " " + entry.route().path());
            }
        }
    }

    /**
     * What there is for a path.
     *
     * @param found the route, if one has the method
     * @param parameters what stands for the names in braces
     * @param methods those of all routes with this path
     */
    record Match(Optional<Route> found, Map<String, String> parameters, Set<String> methods) {}

    private record Entry(Route route, List<String> segments) {

        static Entry of(Route route) {
            return new Entry(route, RouteTable.segments(route.path()));
        }

        String shape() {
            return String.join(
                    "/",
                    segments.stream().map(each -> isName(each) ? "{}" : each).toList());
        }

        long literals() {
            return segments.stream().filter(each -> !isName(each)).count();
        }

        Optional<Map<String, String>> match(List<String> path) {
            if (path.size() != segments.size()) {
                return Optional.empty();
            }
            Map<String, String> parameters = new HashMap<>();
            for (int i = 0; i < path.size(); i++) {
                String segment = segments.get(i);
                if (isName(segment) && !path.get(i).isEmpty()) {
                    parameters.put(segment.substring(1, segment.length() - 1), path.get(i));
                } else if (!segment.equals(path.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(parameters);
        }
    }

    private static boolean isName(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    /** Looks a path up. Of several routes, the one with the most literal segments counts. */
    Match match(String method, String path) {
        List<String> segments = segments(path);
        Map<Entry, Map<String, String>> matching = new LinkedHashMap<>();
        entries.forEach(entry -> entry.match(segments).ifPresent(parameters -> matching.put(entry, parameters)));
        long most = matching.keySet().stream().mapToLong(Entry::literals).max().orElse(0);
        Set<String> methods = new TreeSet<>();
        List<Entry> found = new ArrayList<>();
        for (Entry entry : matching.keySet()) {
            if (entry.literals() == most) {
                methods.add(entry.route().method());
                if (entry.route().method().equals(method)) {
                    found.add(entry);
                }
            }
        }
        return found.isEmpty()
                ? new Match(Optional.empty(), Map.of(), methods)
                : new Match(
                        Optional.of(found.get(0).route()), Objects.requireNonNull(matching.get(found.get(0))), methods);
    }
}
