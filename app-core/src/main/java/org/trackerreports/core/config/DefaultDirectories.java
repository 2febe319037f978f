package org.trackerreports.core.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The directories for a user's data and caches on each operating system. */
public final class DefaultDirectories {

    private static final String NAME = "tracker-reports";

    private DefaultDirectories() {}

    /** The directory for data. */
    static Path data(Map<String, String> environment) {
        return chosen(
                environment, "XDG_DATA_HOME", home().resolve(mac() ? "Library/Application Support" : ".local/share"));
    }

    /**
     * The directory for files that can be created again: the user's or, for a user without a home, one in the data directory.
     *
     * @param data the data directory
     */
    public static Path cache(Map<String, String> environment, Path data) {
        // System users have names of homes that do not exist, or that belong to others.
        Path standard =
                Files.isWritable(home()) ? home().resolve(mac() ? "Library/Caches" : ".cache") : data.resolve("cache");
        return chosen(environment, "XDG_CACHE_HOME", standard);
    }

    private static Path chosen(Map<String, String> environment, String variable, Path standard) {
        String chosen = environment.get(variable);
        return chosen == null || chosen.isBlank() ? standard.resolve(NAME) : Path.of(chosen, NAME);
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home"));
    }

    private static boolean mac() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    }
}
