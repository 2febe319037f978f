package org.trackerreports.systemtests.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trackerreports.simulator.SimulatorSettings;

/**
 * Fleets of several sizes in time that runs sixty times as fast: a minute stands for an hour. Each has as many accounts as {@code plan} says,
 * and each account asks as often as its day's budget allows. A million trackers need 1,400 turns a second, about as many as two processors do
 * beside the services that the test runs. Prints the figures of docs/scaling.md.
 */
@Tag("long")
class FleetSizeTest {

    private static final int REQUESTS_PER_DAY = 268;

    /** How fast time runs. */
    private static final int FASTER = 60;

    private static final System.Logger LOG = System.getLogger(FleetSizeTest.class.getName());

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @ParameterizedTest
    @CsvSource({"10, 30m, 1, 3", "1000, 30m, 1, 3", "10000, 30m, 2, 3", "1000000, 12h, 2, 1"})
    void asManyAccountsAsPlannedAskForEveryTrackerInTime(int trackers, String within, int instances, int rounds)
            throws Exception {
        Speed speed = new Speed(
                Duration.parse("PT" + within.toUpperCase(Locale.ROOT)).dividedBy(FASTER),
                Duration.ofDays(1).dividedBy(REQUESTS_PER_DAY).dividedBy(FASTER),
                rounds);
        try (Fleet fleet = Fleet.ready(directory, SimulatorSettings.defaults())) {
            assertThat(fleet.tools("plan", "--trackers", Integer.toString(trackers), "--within", within, "--json"))
                    .isZero();
            JsonNode plan = new ObjectMapper().readTree(fleet.lastOutput());
            assertThat(plan.path("requests_per_account_and_day").asInt()).isEqualTo(REQUESTS_PER_DAY);
            int accounts = plan.path("accounts_needed").asInt();
            fleet.with("FETCH_INTERVAL", speed.gap().toMillis() + "ms")
                    .with("MAX_REQUESTS_PER_DAY", "100000")
                    .with("RESERVED_REQUESTS_PER_DAY", "0")
                    .with("REQUEST_INTERVAL_HOURS", speed.interval().toSeconds() + "s");
            fleet.addAccounts(accounts);
            Instant now = Instant.now();
            fleet.addTags(
                    trackers,
                    tag -> ReportedTags.seen(
                            tag,
                            speed.interval().dividedBy(3),
                            now.minusSeconds(60),
                            now.plus(Duration.ofMinutes(90))));
            fleet.startInstances(instances);
            // Seldom, because the server of the fleet has to count the trackers of a million reports for each look.
            await().atMost(speed.interval().multipliedBy(3))
                    .pollInterval(speed.interval().dividedBy(20))
                    .until(() -> reported(fleet, Duration.ofDays(1)) == trackers);
            report(fleet, trackers, accounts, plan.path("requests_per_day").asDouble(), speed);
        }
    }

    /** @param rounds number of intervals to measure after every tracker has its first report */
    private record Speed(Duration interval, Duration gap, int rounds) {}

    private static void report(Fleet fleet, int trackers, int accounts, double plannedPerDay, Speed speed)
            throws Exception {
        Figures before = Figures.of(fleet);
        Instant end = Instant.now().plus(speed.interval().multipliedBy(speed.rounds()));
        await().atMost(speed.interval().multipliedBy(speed.rounds() + 1))
                .until(() -> Instant.now().isAfter(end));
        Figures after = Figures.of(fleet);
        double hours = Duration.between(before.at, after.at).toMillis()
                * FASTER
                / (double) Duration.ofHours(1).toMillis();
        LOG.log(
                System.Logger.Level.INFO,
                String.format(
                        Locale.ROOT,
                        "%d trackers, %d accounts, %d instances: %.0f requests an hour (planned %.0f), %.0f new reports"
                                + " an hour; asked for in the last interval %.1f %%; Redis %.2f MB, %.0f commands an hour;"
                                + " reports %.0f bytes each; an instance %.0f MB, CPU of all %.1f %% of a core",
                        trackers,
                        accounts,
                        fleet.instances().size(),
                        (after.requests - before.requests) / hours,
                        plannedPerDay / 24,
                        (after.reports - before.reports) / hours,
                        reported(fleet, speed.interval()) * 100.0 / trackers,
                        after.redisBytes / 1e6,
                        (after.redisCommands - before.redisCommands) / hours,
                        (double) fleet.database().number("SELECT pg_total_relation_size('location_reports')")
                                / after.reports,
                        after.residentBytes / 1e6,
                        after.cpu.minus(before.cpu).toMillis()
                                * 100.0
                                / Duration.between(before.at, after.at).toMillis()));
        assertThat(reported(fleet, speed.interval().multipliedBy(3).dividedBy(2)))
                .as("trackers with a report of the last one and a half intervals")
                .isEqualTo(trackers);
        BudgetCheck.of(fleet.simulator().requests()).assertKept(speed.gap(), 100_000, Duration.ofDays(1));
    }

    private static long reported(Fleet fleet, Duration lately) throws Exception {
        return fleet.database()
                .number("SELECT count(DISTINCT tracker_id) FROM location_reports WHERE received_at > now() - interval '"
                        + lately.toMillis() + " milliseconds'");
    }

    /** What has been used so far. */
    private record Figures(
            Instant at,
            int requests,
            long reports,
            long redisBytes,
            long redisCommands,
            long residentBytes,
            Duration cpu) {

        static Figures of(Fleet fleet) throws Exception {
            long resident = 0;
            Duration cpu = Duration.ZERO;
            for (FetcherProcess instance : fleet.instances()) {
                resident = Math.max(resident, instance.residentBytes());
                cpu = cpu.plus(ProcessHandle.of(instance.pid())
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElseThrow());
            }
            return new Figures(
                    Instant.now(),
                    BudgetCheck.of(fleet.simulator().requests()).requests(),
                    fleet.database().reportCount(),
                    fleet.redis().number("used_memory:(\\d+)", "INFO", "memory"),
                    fleet.redis().number("total_commands_processed:(\\d+)", "INFO", "stats"),
                    resident,
                    cpu);
        }
    }
}
