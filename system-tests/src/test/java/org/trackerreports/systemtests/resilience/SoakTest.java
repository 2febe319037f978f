package org.trackerreports.systemtests.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.simulator.SimulatorSettings;

/**
 * Ten minutes at full speed, with the memory that the guides for deployment give: neither heap nor threads nor connections grow, and every
 * report is there in the end.
 */
@Tag("long")
class SoakTest {

    private static final int TRACKERS = 2_000;
    private static final int ACCOUNTS = 4;
    private static final Duration GAP = Duration.ofMillis(100);
    private static final Duration WARM_UP = Duration.ofMinutes(2);
    private static final Duration LENGTH = Duration.ofMinutes(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    private static final System.Logger LOG = System.getLogger(SoakTest.class.getName());

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    private record Look(long heap, int threads, int files, long databaseConnections, long redisConnections) {

        static Look at(Fleet fleet) throws Exception {
            FetcherProcess instance = fleet.instance(0);
            return new Look(
                    instance.heapAfterCollection(),
                    instance.threads(),
                    instance.openFiles(),
                    fleet.database()
                            .number("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'tracker-reports'"),
                    fleet.redis().number("connected_clients:(\\d+)", "INFO", "clients"));
        }
    }

    @Test
    void nothingGrowsInTenMinutesAtFullSpeed() throws Exception {
        SimulatorSettings settings = SimulatorSettings.defaults().withReportsPerEntry(SimulatorSettings.EVERYTHING, 20);
        try (Fleet fleet = Fleet.ready(directory, settings)) {
            fleet.with("FETCH_INTERVAL", GAP.toMillis() + "ms")
                    .with("MAX_REQUESTS_PER_DAY", "100000")
                    .with("REQUEST_INTERVAL_HOURS", "1s");
            fleet.addAccounts(ACCOUNTS);
            Instant begin = Instant.now();
            Instant seenUntil = begin.plus(LENGTH);
            fleet.addTags(
                    TRACKERS, tag -> ReportedTags.seen(tag, Duration.ofMinutes(2), begin.minusSeconds(60), seenUntil));
            fleet.startInstances(1);
            pause(begin.plus(WARM_UP));
            List<Look> looks = new ArrayList<>();
            while (Instant.now().isBefore(seenUntil)) {
                looks.add(Look.at(fleet));
                pause(Instant.now().plus(BETWEEN_LOOKS));
            }
            List<String> truth = Truth.of(fleet.simulator().world(), seenUntil);
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> fleet.database().reportCount() >= truth.size());
            Truth.assertStoredOnce(truth, fleet.database().reports());
            BudgetCheck requests = BudgetCheck.of(fleet.simulator().requests());
            tell(looks, requests.requests(), truth.size(), fleet.instance(0).residentBytes());
            requests.assertKept(GAP, 100_000, Duration.ofDays(1));
            check(looks, fleet.instance(0).residentBytes());
        }
    }

    private static void pause(Instant until) {
        await().atMost(Duration.between(Instant.now(), until).plusSeconds(10))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> !Instant.now().isBefore(until));
    }

    private static void tell(List<Look> looks, int requests, int reports, long resident) {
        LOG.log(
                System.Logger.Level.INFO,
                String.format(
                        Locale.ROOT,
                        "%d requests, %d reports, each stored once; resident %.0f MB; from minute to minute: %s",
                        requests,
                        reports,
                        resident / 1e6,
                        looks));
    }

    private static void check(List<Look> looks, long resident) throws IOException {
        Look first = looks.get(0);
        Look last = looks.get(looks.size() - 1);
        assertThat(looks).hasSizeGreaterThanOrEqualTo(5);
        assertThat(last.heap()).as("bytes in the heap after a collection").isLessThan(first.heap() * 5 / 4);
        assertThat(last.threads()).as("threads").isLessThanOrEqualTo(first.threads() + 3);
        assertThat(last.files()).as("open files and connections").isLessThanOrEqualTo(first.files() + 5);
        assertThat(last.databaseConnections())
                .as("connections to PostgreSQL")
                .isLessThanOrEqualTo(Math.max(6, first.databaseConnections()));
        assertThat(last.redisConnections())
                .as("connections to Redis")
                .isLessThanOrEqualTo(first.redisConnections() + 2);
        assertThat(resident).as("resident memory").isLessThan(300_000_000);
    }
}
