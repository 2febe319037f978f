package org.trackerreports.tools.map;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * A map tile server. Everybody who opens the page tells it which places they look at.
 *
 * @param url the address, with {z}, {x} and {y} for the tile
 */
record Tiles(String url) {

    /** The address is not shown, because it may contain a user and a password. */
    private static final String NOT_VALID = "is not a valid address; expected https://host/{z}/{x}/{y}.png";

    Tiles {
        origin(url);
        for (String part : List.of("{z}", "{x}", "{y}")) {
            if (!url.contains(part)) {
                throw new IllegalArgumentException(
                        "has no " + part + "; expected for example https://tile.openstreetmap.org/{z}/{x}/{y}.png");
            }
        }
    }

    /** The origin of the tiles: scheme, host and port. */
    String origin() {
        return origin(url);
    }

    private static String origin(String url) {
        try {
            URI uri = new URI(url.replace("{", "").replace("}", ""));
            if (("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null) {
                return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(NOT_VALID, e);
        }
        throw new IllegalArgumentException(NOT_VALID);
    }

    /** The attribution that the page shows. */
    String attribution() {
        return origin().endsWith("openstreetmap.org") ? "© OpenStreetMap contributors" : "Tiles: " + origin();
    }
}
