package org.trackerreports.server.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the page gets pictures of the map from. Whoever runs it sees which areas are looked at.
 *
 * @param url for example {@code https://tile.example.org/{z}/{x}/{y}.png}; {@code {s}} in the host stands for a, b or c
 * @param attribution to be shown on the map, as text
 */
public record TileServer(String url, String attribution) {

    private static final Pattern URL =
            Pattern.compile("(https?://)(\\{s}\\.)?([A-Za-z0-9.-]+(?::\\d{1,5})?)/[^\\s\"'<>;,]*");

    public TileServer {
        if (!URL.matcher(url).matches() || !url.contains("{z}") || !url.contains("{x}") || !url.contains("{y}")) {
            throw new IllegalArgumentException(
                    "expected an address with {z}, {x} and {y}, such as https://tile.example.org/{z}/{x}/{y}.png");
        }
    }

    /** What the page is allowed to get pictures from, as a Content-Security-Policy has it. */
    public String origin() {
        Matcher parts = URL.matcher(url);
        parts.matches();
        return parts.group(1) + (parts.group(2) == null ? "" : "*.") + parts.group(3);
    }
}
