package org.trackerreports.systemtests.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.config.DefaultDirectories;
import org.trackerreports.core.embedded.DataDirectory;
import org.trackerreports.core.embedded.EmbeddedServers;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.systemtests.daemon.LocalSystem.Ended;
import org.trackerreports.testsupport.Directories;

/** Somebody deletes the directory of the embedded Redis between two starts. */
class LostRedisTest {

    @TempDir
    private Path directory;

    @Test
    void theBudgetIsRestoredFromTheDatabase() throws Exception {
        try (LocalSystem system = new LocalSystem(directory).embedded().with("FETCH_INTERVAL", "300")) {
            try (EmbeddedServers servers = servers()) {
                assertThat(servers.addresses().redis()).exists();
                system.addTrackers(1);
                system.login(false);
                Ended first = system.tools("fetch", "tag-0");
                assertThat(first.exitCode()).as(first.toString()).isEqualTo(ExitCode.DONE);
            }
            Path redis = directory.resolve("data/redis");
            assertThat(redis).isNotEmptyDirectory();
            Directories.delete(redis);

            try (EmbeddedServers servers = servers()) {
                assertThat(servers.addresses().redis()).exists();
                Ended again = system.tools("fetch", "tag-0");
                assertThat(again.exitCode()).as(again.toString()).isEqualTo(ExitCode.UNAVAILABLE);
                assertThat(again.err()).contains("may ask again in");
                assertThat(system.simulator().requests().fetches(LocalSystem.APPLE_ID))
                        .isEqualTo(1);
            }
        }
    }

    /** Running for several commands, which is quicker than a start for each. */
    private EmbeddedServers servers() throws Exception {
        return EmbeddedServers.open(
                DataDirectory.prepare(directory.resolve("data")),
                new EmbeddedServers.Request(
                        EmbeddedServers.User.DAEMON,
                        0,
                        0,
                        DefaultDirectories.cache(Map.copyOf(System.getenv()), directory)
                                .resolve("programs")));
    }
}
