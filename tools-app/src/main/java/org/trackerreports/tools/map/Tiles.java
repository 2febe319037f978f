package org.trackerreports.tools.map;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * A server of map tiles that the person asked for; whoever opens the page tells it where they look.
 *
 * @param url with {z}, {x} and {y} for the tile
 */
record Tiles(String url) {

    Tiles {
        origin(url);
        for (String part : List.of("{z}", "{x}", "{y}")) {
            if (!url.contains(part)) {
                throw new IllegalArgumentException("'" + url + "' has no " + part + "; expected for example "
                        + "https://tile.openstreetmap.org/{z}/{x}/{y}.png");
            }
        }
    }

    /** Where the tiles come from: scheme, host and port. */
    String origin() {
        return origin(url);
    }

    private static String origin(String url) {
        try {
            URI uri = new URI(url.replace("{", "").replace("}", ""));
            if (List.of("https", "http").contains(uri.getScheme()) && uri.getHost() != null) {
                return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + url + "' is no address: " + e.getReason(), e);
        }
        throw new IllegalArgumentException("'" + url + "' is no address; expected https://host/{z}/{x}/{y}.png");
    }

    /** Whom the page thanks for the tiles. */
    String attribution() {
        return origin().endsWith("openstreetmap.org") ? "© OpenStreetMap contributors" : "Tiles: " + origin();
    }
}
