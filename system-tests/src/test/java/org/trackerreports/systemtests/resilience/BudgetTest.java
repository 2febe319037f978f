package org.trackerreports.systemtests.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.simulator.Fault;
import org.trackerreports.simulator.FaultKind;
import org.trackerreports.simulator.LoggedRequest;
import org.trackerreports.simulator.Service;
import org.trackerreports.simulator.SimulatorSettings;

/**
 * The budget of every account, counted where its requests arrive: three instances share the accounts, everything fails that can fail,
 * instances are killed and Redis is killed and started again, so that all reconnect at once. No request comes too early, none too many.
 */
class BudgetTest {

    private static final int TRACKERS = 300;
    private static final int INSTANCES = 3;
    private static final Duration GAP = Duration.ofSeconds(1);
    private static final Duration BETWEEN_BLOWS = Duration.ofSeconds(4);

    /** After these an account cools down for half a minute or more, so in a short test each strikes a different account. */
    private static final List<FaultKind> COOLING_DOWN = List.of(
            FaultKind.FORBIDDEN,
            FaultKind.TOO_MANY_REQUESTS,
            FaultKind.SERVER_ERROR,
            FaultKind.BAD_GATEWAY,
            FaultKind.UNAVAILABLE,
            FaultKind.EMPTY_ANSWER,
            FaultKind.HTML_PAGE,
            FaultKind.HALF_ANSWER,
            FaultKind.HANG,
            FaultKind.CONNECTION_RESET,
            FaultKind.WRONG_STATUS_CODE);

    private static final Duration LIMIT_REACHED_WITHIN = Duration.ofMinutes(5);
    private static final Pattern USED_UP = Pattern.compile("\"requests_left\"\\s*:\\s*0\\b");

    private static final System.Logger LOG = System.getLogger(BudgetTest.class.getName());

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void noAccountExceedsItsBudgetWhateverFails() throws Exception {
        try (Fleet fleet = fleet(10, COOLING_DOWN.size() + 5)) {
            for (int number = 0; number < COOLING_DOWN.size(); number++) {
                fleet.simulator().faults().add(once(COOLING_DOWN.get(number)).forAccount(Fleet.appleId(number)));
            }
            others().forEach(kind -> fleet.simulator()
                    .faults()
                    .add(once(kind).withProbability(0.3).times(3)));
            storm(fleet, Duration.ofSeconds(16));
            check(fleet, 10);
            assertThat(struck(fleet))
                    .as("faults that struck")
                    .containsAll(COOLING_DOWN.stream().map(FaultKind::name).toList());
        }
    }

    @Test
    @Tag("long")
    void noAccountExceedsItsBudgetInTenMinutesOfEveryFault() throws Exception {
        // Accounts rest so often that they make some ninety requests in ten minutes; less, so that the limit is
        // reached.
        int most = 50;
        try (Fleet fleet = fleet(most, 12)) {
            for (Service service : Service.values()) {
                for (FaultKind kind : FaultKind.values()) {
                    if (kind.isPossibleAt(service)) {
                        fleet.simulator()
                                .faults()
                                .add(Fault.always(service, kind)
                                        .withProbability(service == Service.GATEWAY ? 0.005 : 0.02)
                                        .withRetryAfter(Duration.ofSeconds(20)));
                    }
                }
            }
            storm(fleet, Duration.ofMinutes(10));
            check(fleet, most);
            assertThat(struck(fleet)).as("faults that struck").hasSizeGreaterThan(15);
        }
    }

    private Fleet fleet(int most, int accounts) throws Exception {
        SimulatorSettings settings = SimulatorSettings.defaults().withReportsPerEntry(SimulatorSettings.EVERYTHING, 20);
        Fleet fleet = Fleet.ready(directory, settings);
        try {
            fleet.with("FETCH_INTERVAL", GAP.toSeconds() + "s")
                    .with("MAX_REQUESTS_PER_DAY", Integer.toString(most))
                    .with("RESERVED_REQUESTS_PER_DAY", "0")
                    .with("MAX_KEYS_PER_BATCH", "16")
                    .with("REQUEST_INTERVAL_HOURS", "1s");
            fleet.addAccounts(accounts);
            Instant begin = Instant.now().minusSeconds(60);
            fleet.addTags(
                    TRACKERS,
                    tag -> ReportedTags.seen(tag, Duration.ofSeconds(20), begin, begin.plus(Duration.ofMinutes(20))));
            return fleet;
        } catch (Exception | AssertionError e) {
            fleet.close();
            throw e;
        }
    }

    private static Fault once(FaultKind kind) {
        return Fault.once(Service.GATEWAY, kind)
                .withDelay(Duration.ofSeconds(2))
                .withRetryAfter(Duration.ofSeconds(5));
    }

    /** Further faults of the report service, after which an account neither cools down nor needs a new session. */
    private static Set<FaultKind> others() {
        return EnumSet.allOf(FaultKind.class).stream()
                .filter(kind -> kind.isPossibleAt(Service.GATEWAY) && !COOLING_DOWN.contains(kind))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(FaultKind.class)));
    }

    /** Kills one after the other, every fourth time Redis: at least so long, and until the limit of an account is reached. */
    private static void storm(Fleet fleet, Duration length) {
        fleet.startSmallInstances(INSTANCES);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> fleet.instances().stream().allMatch(FetcherProcess::hasFetched));
        Instant end = Instant.now().plus(length);
        Instant givenUp = end.plus(LIMIT_REACHED_WITHIN);
        for (int blow = 0; Instant.now().isBefore(end) || !aBudgetIsUsedUp(fleet); blow++) {
            assertThat(Instant.now())
                    .as("no account reached its limit: %s", fleet.lastOutput())
                    .isBefore(givenUp);
            if (blow % 4 == 1) {
                fleet.redis().kill();
                fleet.redis().restart();
            } else {
                fleet.instance(blow % INSTANCES).kill();
                fleet.instance(blow % INSTANCES).start();
            }
            Instant next = Instant.now().plus(BETWEEN_BLOWS);
            await().atMost(Duration.ofSeconds(30)).until(() -> Instant.now().isAfter(next));
        }
    }

    /** By grants: one that was given to an instance that was killed before its request arrived is used up, too. */
    private static boolean aBudgetIsUsedUp(Fleet fleet) {
        return fleet.tools("accounts", "list", "--json") == 0
                && USED_UP.matcher(fleet.lastOutput()).find();
    }

    private static void check(Fleet fleet, int most) {
        BudgetCheck requests = BudgetCheck.of(fleet.simulator().requests());
        requests.assertKept(GAP, most, Duration.ofDays(1));
        assertThat(requests.most()).as("most of the grants became requests").isGreaterThan(most / 2);
        LOG.log(
                System.Logger.Level.INFO,
                "{0} requests, {1} at most by one account; faults that struck: {2}.",
                requests.requests(),
                requests.most(),
                struck(fleet));
    }

    private static Set<String> struck(Fleet fleet) {
        return fleet.simulator().requests().recent().stream()
                .map(LoggedRequest::fault)
                .filter(fault -> !fault.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
