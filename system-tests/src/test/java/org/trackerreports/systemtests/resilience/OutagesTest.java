package org.trackerreports.systemtests.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The database is stopped, and Redis loses everything it knew, in the middle of the work: in the end nothing is missing. After Redis
 * forgot who asked when, every account cools down for a minute and a half, so that part is a long test.
 */
class OutagesTest {

    private static final Duration GAP = Duration.ofSeconds(1);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void everyReportIsStoredOnceAfterTheDatabaseWasAway() throws Exception {
        outages(500, Duration.ofSeconds(8), false);
    }

    @Test
    @Tag("long")
    void everyReportIsStoredOnceAfterTheDatabaseWasAwayForAMinuteAndRedisForgot() throws Exception {
        outages(2_000, Duration.ofSeconds(60), true);
    }

    private void outages(int trackers, Duration databaseAway, boolean redisForgets) throws Exception {
        try (Fleet fleet = Fleet.givingEverything(directory, GAP, Duration.ofSeconds(5), 8)) {
            Instant seenUntil = Instant.now().plus(databaseAway).plusSeconds(15);
            ReportedTags.add(fleet, trackers, databaseAway.plusSeconds(60).dividedBy(4), seenUntil);
            fleet.startSmallInstances(2);
            await(60, () -> fleet.instances().stream().allMatch(FetcherProcess::hasFetched));

            fleet.database().stop();
            Instant back = Instant.now().plus(databaseAway);
            await(databaseAway.toSeconds() + 10, () -> Instant.now().isAfter(back));
            assertThat(fleet.instances()).as("nobody gives up").allMatch(FetcherProcess::alive);
            fleet.database().start();
            long known = fleet.simulator().requests().recent().size();
            await(90, () -> fleet.simulator().requests().recent().size() > known + 10);

            if (redisForgets) {
                assertThat(fleet.redis().command("FLUSHALL")).startsWith("+OK");
            }
            await(60, () -> Instant.now().isAfter(seenUntil));
            List<String> truth = Truth.of(fleet.simulator().world(), seenUntil);
            await(120, () -> fleet.database().reportCount() >= truth.size());
            Truth.assertStoredOnce(truth, fleet.database().reports());
            BudgetCheck.of(fleet.simulator().requests()).assertKept(GAP, 100_000, Duration.ofDays(1));
            assertThat(fleet.instances()).allMatch(FetcherProcess::alive);
            assertThat(fleet.instances()).as("a clean end").allMatch(instance -> instance.stop() == 143);
        }
    }

    private static void await(long seconds, Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(seconds))
                .pollInterval(Duration.ofMillis(250))
                .until(condition);
    }
}
