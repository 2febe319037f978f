package org.trackerreports.core.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where each operating system wants a user's data and caches to be. */
public final class DefaultDirectories {

    private static final String NAME = "tracker-reports";

    private DefaultDirectories() {}

    /** For data that must not be lost. */
    static Path data(Map<String, String> environment) {
        return directory(environment, "XDG_DATA_HOME", ".local/share", "Library/Application Support");
    }

    /** For what can be made again. */
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
