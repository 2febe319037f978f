package org.trackerreports.core.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.trackerreports.server.settings.ServerSettings;
import org.trackerreports.server.settings.TileServer;

/** The types of options of the page and the API. */
final class WebTypes {

    private static final byte[] PMTILES = "PMTiles\u0003".getBytes(StandardCharsets.US_ASCII);

    private WebTypes() {}

    /** A path; {@code /} for none. */
    static OptionType<String> basePath() {
        return new OptionType<>("", text -> {
            String path = text.strip().replaceFirst("/+$", "");
            if (ServerSettings.isBasePath(path)) {
                return path;
            }
            throw new IllegalArgumentException("a path that begins with /");
        });
    }

    /** An address and an attribution. */
    static OptionType<TileServer> tiles() {
        return OptionType.readBy(text -> {
            int blank = text.indexOf(' ');
            if (blank < 0) {
                throw new IllegalArgumentException("the attribution is missing after the address");
            }
            return new TileServer(
                    text.substring(0, blank), text.substring(blank + 1).strip());
        });
    }

    static OptionType<Path> folder() {
        return new OptionType<>("", text -> {
            Path folder = OptionType.path().parser().apply(text);
            if (Files.isDirectory(folder)) {
                return folder;
            }
            throw new IllegalArgumentException("a folder that is there");
        });
    }

    /** Source: the PMTiles specification, version 3. */
    static void requirePmTiles(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            if (!Arrays.equals(in.readNBytes(PMTILES.length), PMTILES)) {
                throw new IllegalArgumentException("a PMTiles file of version 3");
            }
        }
    }
}
