package org.trackerreports.systemtests.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Two accounts get answers just below the limit of 16 MB at the same time, in the heap that the daemon has by default. */
@Tag("long")
class LargeAnswersTest {

    /** Of each account: as many as a request has. */
    private static final int TRACKERS = 2 * 64;

    private static final int REPORTS_OF_EACH = 1_900;
    private static final Duration HISTORY = Duration.ofHours(20);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void areStoredWhole() throws Exception {
        try (Fleet fleet = Fleet.givingEverything(directory, Duration.ofSeconds(10), Duration.ofSeconds(5), 2)) {
            Instant until = Instant.now();
            fleet.addTags(
                    TRACKERS,
                    tag -> ReportedTags.seen(tag, HISTORY.dividedBy(REPORTS_OF_EACH), until.minus(HISTORY), until));
            // To make them takes longer than a request may.
            fleet.simulator().world().prepare(until, 2 * REPORTS_OF_EACH);
            fleet.startInstances(1, "-Xmx128m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
            FetcherProcess daemon = fleet.instance(0);

            long truth = Truth.of(fleet.simulator().world(), until).size();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> !daemon.alive() || reports(fleet) >= truth);

            assertThat(daemon.log())
                    .as("answers with the reports of many trackers")
                    .contains(" 64 trackers, ");
            assertThat(daemon.alive()).as(daemon::log).isTrue();
            assertThat(reports(fleet)).isEqualTo(truth);
        }
    }

    private static long reports(Fleet fleet) throws SQLException {
        return fleet.database().number("SELECT count(*) FROM location_reports");
    }
}
