package org.trackerreports.benchmarks;

import java.nio.file.Path;
import java.util.Optional;

/** The script {@code findmy}, as its users start programs. */
public final class Launcher {

    private Launcher() {}

    /** Its directory; empty if the benchmarks were not started by it. */
    public static Optional<Path> home() {
        return Optional.ofNullable(System.getProperty("findmy.home")).map(Path::of);
    }
}
