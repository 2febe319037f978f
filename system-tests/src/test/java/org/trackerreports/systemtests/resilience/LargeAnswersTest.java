package org.trackerreports.systemtests.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
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

    private static final Pattern WAITS_ON_DISK = Pattern.compile("an answer with \\d{6} reports waits on disk");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void areStoredWhole() throws Exception {
        try (Fleet fleet = fleetWithManyReports()) {
            fleet.startInstances(1);

            assertThatAllIsStored(fleet);
            assertThat(fleet.instance(0).log())
                    .as("answers with the reports of many trackers")
                    .contains(" 64 trackers, ");
        }
    }

    @Test
    void waitOnDiskWhileTheDatabaseHasNoSpaceAndAreStoredWholeAfterwards() throws Exception {
        try (Fleet fleet = fleetWithManyReports()) {
            fleet.database()
                    .execute("CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                            + " RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$");
            fleet.database()
                    .execute("CREATE TRIGGER full_disk BEFORE INSERT ON location_reports EXECUTE FUNCTION full_disk()");
            fleet.startInstances(1);
            await(() -> WAITS_ON_DISK.matcher(fleet.instance(0).log()).find());

            fleet.database().execute("DROP TRIGGER full_disk ON location_reports");

            assertThatAllIsStored(fleet);
        }
    }

    private Fleet fleetWithManyReports() throws IOException {
        Fleet fleet = Fleet.givingEverything(directory, Duration.ofSeconds(10), Duration.ofSeconds(5), 2);
        Instant until = Instant.now();
        fleet.addTags(
                TRACKERS,
                tag -> ReportedTags.seen(tag, HISTORY.dividedBy(REPORTS_OF_EACH), until.minus(HISTORY), until));
        // To make them takes longer than a request may.
        fleet.simulator().world().prepare(until, 2 * REPORTS_OF_EACH);
        return fleet;
    }

    private static void assertThatAllIsStored(Fleet fleet) throws Exception {
        FetcherProcess daemon = fleet.instance(0);
        long truth = Truth.of(fleet.simulator().world(), Instant.now()).size();
        await(() -> !daemon.alive() || fleet.database().reportCount() >= truth);
        assertThat(daemon.alive()).as(daemon::log).isTrue();
        assertThat(fleet.database().reportCount()).isEqualTo(truth);
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(500))
                .until(condition);
    }
}
