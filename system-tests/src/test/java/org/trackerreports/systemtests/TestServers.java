package org.trackerreports.systemtests;

import java.nio.file.Path;
import java.util.Map;
import org.trackerreports.core.config.DefaultDirectories;
import org.trackerreports.core.embedded.DataDirectory;
import org.trackerreports.core.embedded.EmbeddedServers;
import org.trackerreports.testsupport.FreePorts;

/** Starts a PostgreSQL and a Redis for many tests. */
public final class TestServers {

    private TestServers() {}

    /** Starts them on a directory, with ports on loopback for what runs in other processes. */
    public static EmbeddedServers start(Path directory) throws Exception {
        return EmbeddedServers.open(
                DataDirectory.prepare(directory),
                new EmbeddedServers.Request(
                        EmbeddedServers.User.DAEMON,
                        FreePorts.next(),
                        FreePorts.next(),
                        DefaultDirectories.cache(Map.copyOf(System.getenv()), directory)
                                .resolve("programs")));
    }
}
