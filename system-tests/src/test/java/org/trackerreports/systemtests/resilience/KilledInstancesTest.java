package org.trackerreports.systemtests.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Instances are killed without a word, again and again, in the middle of their work: nothing is lost, nothing is stored twice, no
 * account asks too often.
 */
class KilledInstancesTest {

    private static final int TRACKERS = 2_000;
    private static final Duration GAP = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(KilledInstancesTest.class.getName());

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void everyReportIsStoredOnceWhenInstancesAreKilled() throws Exception {
        killing(Duration.ofSeconds(8), 3);
    }

    @Test
    @Tag("long")
    void everyReportIsStoredOnceWhenInstancesAreKilledForTwoMinutes() throws Exception {
        killing(Duration.ofMinutes(2), 15);
    }

    private void killing(Duration storm, int leastKills) throws Exception {
        try (Fleet fleet = Fleet.givingEverything(directory, GAP, Duration.ofSeconds(10), 12)) {
            Instant seenUntil = Instant.now().plus(storm).plusSeconds(10);
            ReportedTags.add(fleet, TRACKERS, storm.plusSeconds(60).dividedBy(3), seenUntil);
            fleet.startSmallInstances(3);

            Instant end = Instant.now().plus(storm);
            int kills = 0;
            while (kills < leastKills || Instant.now().isBefore(end)) {
                FetcherProcess victim = fleet.instance(kills % 3);
                await().atMost(Duration.ofSeconds(60)).until(victim::hasFetched);
                victim.kill();
                victim.start();
                kills++;
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> Instant.now().isAfter(seenUntil));
            List<String> truth = Truth.of(fleet.simulator().world(), seenUntil);
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> fleet.database().reportCount() >= truth.size());
            Truth.assertStoredOnce(truth, fleet.database().reports());
            assertThat(fleet.database().number("SELECT count(DISTINCT tracker_id) FROM location_reports"))
                    .isEqualTo(TRACKERS);
            BudgetCheck requests = BudgetCheck.of(fleet.simulator().requests());
            requests.assertKept(GAP, 100_000, Duration.ofDays(1));
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0} kills, {1} requests, {2} reports of {3} trackers, each stored once.",
                    kills,
                    requests.requests(),
                    truth.size(),
                    TRACKERS);
        }
    }
}
