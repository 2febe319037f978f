package org.trackerreports.core.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The directories for a user's data and caches on each operating system. */
public final class DefaultDirectories {

    private static final String NAME = "tracker-reports";

    private DefaultDirectories() {}

    /** The directory for data. */
    static Path data(Map<String, String> environment) {
        return directory(environment, "XDG_DATA_HOME", ".local/share", "Library/Application Support");
    }

    /** The directory for files that can be created again. */
    public static Path cache(Map<String, String> environment) {
        return directory(environment, "XDG_CACHE_HOME", ".cache", "Library/Caches");
    }

    private static Path directory(Map<String, String> environment, String variable, String onLinux, String onMac) {
        String chosen = environment.get(variable);
        if (chosen != null && !chosen.isBlank()) {
            return Path.of(chosen, NAME);
        }
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
        return Path.of(System.getProperty("user.home"), mac ? onMac : onLinux, NAME);
    }
}
