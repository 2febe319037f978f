package org.trackerreports.systemtests.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.simulator.world.Sighting;
import org.trackerreports.systemtests.daemon.LocalSystem.Ended;

/** A user fetches a tracker by hand, without a daemon. */
class FetchByHandTest {

    @TempDir
    private Path directory;

    private LocalSystem system;

    @BeforeEach
    void prepare() {
        system = new LocalSystem(directory).with("FETCH_INTERVAL", "300");
    }

    @AfterEach
    void close() {
        system.close();
    }

    @Test
    void printsAndStoresAndIsToldToWaitTheNextTime() throws Exception {
        system.addTrackers(2);
        system.login(false);
        Ended fetched = system.tools("fetch", "tag-0", "tag-1");
        assertThat(fetched.exitCode()).as(fetched.toString()).isEqualTo(ExitCode.DONE);
        assertThat(fetched.err()).contains("2 reports, 2 new, 0 known.");
        Sighting anywhere =
                system.simulator().world().newestVisible("tag-1", Instant.now()).orElseThrow();
        assertThat(fetched.out())
                .contains("tag-0", "tag-1", String.format(Locale.ROOT, "%.7f", anywhere.latitudeE7() / 1e7));

        Ended latest = system.tools("latest", "tag-1", "--json");
        assertThat(latest.out()).contains("\"tracker\" : \"tag-1\"").doesNotContain("tag-0");

        Ended again = system.tools("fetch", "tag-0");
        assertThat(again.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(again.err()).contains("may ask again in", "--wait");
        assertThat(system.simulator().requests().fetches(LocalSystem.APPLE_ID)).isEqualTo(1);
    }

    @Test
    void anAccountIsNeeded() throws Exception {
        system.addTrackers(1);
        Ended ended = system.tools("fetch", "tag-0");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.LOGIN_NEEDED);
        assertThat(ended.err()).contains("findmy tools login");
    }
}
