package org.trackerreports.systemtests.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.trackerreports.core.account.AccountBudget;
import org.trackerreports.core.account.AppleAccountDigest;
import org.trackerreports.queue.Lease;
import org.trackerreports.queue.QueueView;
import org.trackerreports.queue.QueuedId;
import org.trackerreports.queue.RequestBudgets;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.queue.WorkerId;
import org.trackerreports.simulator.Fault;
import org.trackerreports.simulator.FaultKind;
import org.trackerreports.simulator.LoggedRequest;
import org.trackerreports.simulator.Service;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.tracker.NewTracker;
import org.trackerreports.testsupport.FreePorts;
import org.trackerreports.testsupport.MovableClock;

/** The promises of the original system, one test for each, kept by the daemon as a whole. */
class OriginalBehavioursTest extends SystemFixture {

    private final MovableClock clock = new MovableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));

    @Test
    void initialisesTheQueueWhenEmpty() throws Exception {
        system.with("REQUEST_INTERVAL_HOURS", "1h");
        system.addTrackers(5);
        system.startDaemon();
        assertThat(queue().statistics().ids())
                .as("filled when the start returns")
                .isEqualTo(5);
        List<Instant> turns = queue().list(QueueView.WAITING, 0, 10).stream()
                .map(QueuedId::due)
                .toList();
        assertThat(turns).as("staggered").doesNotHaveDuplicates().hasSize(5);
    }

    @Test
    void verifiesTheQueueOnAPeriod() throws Exception {
        system.with("QUEUE_VERIFY_INTERVAL", "1s");
        system.addTrackers(3);
        system.startDaemon();
        forgetQueue();
        within(15, () -> queue().statistics().ids() == 3);
    }

    @Test
    void verifiesTheQueueAfterTheDatabaseReconnected() throws Exception {
        int port = FreePorts.next();
        system.with("QUEUE_VERIFY_INTERVAL", "1h").with("HTTP_PORT", Integer.toString(port));
        system.addTrackers(3);
        system.startDaemon();
        servers.shut(database);
        forgetQueue();
        within(30, () -> status(port).contains("\"of\" : \"database\""));
        assertThat(queue().statistics().ids()).isZero();
        servers.admit(database);
        within(30, () -> queue().statistics().ids() == 3);
    }

    /** Tagged as long because the daemon waits for the ends of the cool-downs by a clock that no test moves: half a minute and a minute. */
    @Test
    @Tag("long")
    void repeatsFailedSignInsWithGrowingWaits() throws Exception {
        system.addTrackers(1);
        system.login(true);
        system.simulator().faults().add(Fault.always(Service.GSA, FaultKind.UNAVAILABLE));
        system.simulator().accounts().expireSessions(LocalSystem.APPLE_ID);
        system.startDaemon(clock);
        assertThat(coolDown()).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
        endCoolDown();
        assertThat(coolDown(36 + 20)).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(72));
        system.simulator().faults().clear();
        endCoolDown();
        within(72 + 20, () -> account().state() == AccountState.READY);
    }

    @Test
    void respectsRateLimits() throws Exception {
        system.addTrackers(1);
        system.login(true);
        system.simulator()
                .faults()
                .add(Fault.once(Service.GATEWAY, FaultKind.TOO_MANY_REQUESTS).withRetryAfter(Duration.ofMinutes(9)));
        system.startDaemon(clock);
        assertThat(coolDown()).as("at least what Retry-After says").isGreaterThanOrEqualTo(Duration.ofMinutes(9));
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(4))
                .until(() -> system.simulator().requests().fetches(LocalSystem.APPLE_ID) == 1);
    }

    @Test
    void retriesFailedTrackersWithGrowingIntervalsUpToTheLimit() throws Exception {
        system.with("MAX_FAILURES", "3");
        system.login(false);
        system.startDaemon();
        system.store()
                .trackers()
                .add(List.of(new NewTracker(
                        "broken",
                        "static",
                        Secret.ofText("no key material"),
                        Map.of(),
                        List.of("fO4rtYlPRRV5q/UWddnj41+i5xDeaK62oGp3Az8nVJ4="),
                        Optional.empty())));
        within(10, () -> queue().statistics().ids() == 1);
        String id = queue().list(QueueView.WAITING, 0, 1).get(0).id();
        Map<Integer, Double> factors = new TreeMap<>();
        within(30, () -> {
            QueuedId seen = queue().details(id).orElseThrow();
            factors.put(seen.consecutiveFailures(), seen.backOffFactor());
            return seen.state() == QueuedId.State.PARKED;
        });
        assertThat(queue().details(id).orElseThrow().consecutiveFailures()).isEqualTo(3);
        assertThat(factors.get(2)).isGreaterThan(factors.get(1));
    }

    @Test
    void reclaimsStalledWork() throws Exception {
        system.with("LEASE_DURATION", "1s").with("HEARTBEAT_TIMEOUT", "3s");
        system.addTrackers(3);
        system.startDaemon();
        WorkerId stalled = new WorkerId("stalled");
        within(10, () -> {
            queue().heartbeat(stalled);
            List<Lease> leases = queue().claim(stalled, 3);
            return !leases.isEmpty();
        });
        within(10, () -> queue().statistics().leased() == 0);
        Map<String, Long> counters = queue().statistics().counters();
        assertThat(counters.getOrDefault("reclaimedFromLease", 0L) + counters.getOrDefault("reclaimedFromWorker", 0L))
                .isPositive();
    }

    @Test
    void sendsHeartbeats() throws Exception {
        system.with("HEARTBEAT_TIMEOUT", "1s");
        system.startDaemon();
        await().during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(5))
                .until(() -> queue().statistics().workers() == 1);
        assertThat(queue().statistics().counters().getOrDefault("workersGivenUp", 0L))
                .isZero();
    }

    @Test
    void maxReportAgeDaysLimitsWhatIsStored() throws Exception {
        system.with("MAX_REPORT_AGE_DAYS", "1h");
        Instant now = Instant.now();
        system.addTrackers("old", 2, now.minus(Duration.ofHours(3)), now.minus(Duration.ofHours(2)));
        system.addTrackers("young", 2, now.minus(Duration.ofMinutes(30)), now.minus(Duration.ofMinutes(10)));
        system.login(false);
        system.startDaemon();
        within(20, () -> system.store().history().latest().size() == 2);
        within(20, () -> system.simulator().requests().fetches(LocalSystem.APPLE_ID) >= 5);
        assertThat(system.store().history().latest())
                .hasSize(2)
                .allSatisfy(latest -> assertThat(latest.timestamp()).isAfter(now.minus(Duration.ofHours(1))));
    }

    @Test
    void requestIntervalHoursIsTheTimeBetweenTwoRequestsForATracker() throws Exception {
        system.with("REQUEST_INTERVAL_HOURS", "0.5");
        system.addTrackers(1);
        system.startDaemon();
        queue().requeueAllNow();
        system.login(false);
        within(20, () -> system.store().history().latest().size() == 1);
        within(5, () -> tracker().lastSuccess().isPresent());
        assertThat(Duration.between(
                        tracker().lastSuccess().orElseThrow(), tracker().due()))
                .isBetween(Duration.ofMinutes(29), Duration.ofMinutes(31));
    }

    @Test
    void fetchIntervalIsTheSmallestGapBetweenTwoRequests() throws Exception {
        system.with("FETCH_INTERVAL", "700ms").with("MAX_KEYS_PER_BATCH", "1");
        system.addTrackers(4);
        system.login(false);
        system.startDaemon();
        within(20, () -> system.simulator().requests().fetches(LocalSystem.APPLE_ID) >= 5);
        assertThat(system.simulator().requests().smallestGap(LocalSystem.APPLE_ID))
                .hasValueSatisfying(gap -> assertThat(gap).isGreaterThanOrEqualTo(Duration.ofMillis(700)));
    }

    @Test
    void maxKeysPerBatchIsTheMostTrackersInOneRequest() throws Exception {
        system.with("MAX_KEYS_PER_BATCH", "3");
        system.addTrackers(8);
        system.login(false);
        system.startDaemon();
        within(20, () -> system.store().history().latest().size() == 8);
        assertThat(system.simulator().requests().recent(Service.GATEWAY))
                .extracting(LoggedRequest::entries)
                .allMatch(entries -> entries <= 3)
                .contains(3);
    }

    private static String status(int port) throws IOException, InterruptedException {
        URI page = URI.create("http://127.0.0.1:" + port + "/status");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                .body();
    }

    private TrackerQueue queue() {
        return system.fetcher().get(TrackerQueue.class);
    }

    private QueuedId tracker() {
        return queue().list(QueueView.WAITING, 0, 1).get(0);
    }

    private Account account() {
        return system.store().accounts().find("main").orElseThrow();
    }

    private void forgetQueue() {
        system.fetcher().get(RedissonClient.class).getKeys().deleteByPattern("{" + database + "}:*");
    }

    private Duration coolDown() {
        return coolDown(20);
    }

    /** Waits until the account cools down, and answers for how long. */
    private Duration coolDown(int seconds) {
        within(
                seconds,
                () -> account()
                        .coolDownUntil()
                        .filter(clock.instant()::isBefore)
                        .isPresent());
        return Duration.between(clock.instant(), account().coolDownUntil().orElseThrow());
    }

    /** Ends the cool-downs of the account, its sign-ins and its tracker: by the clock, and in Redis, which has its own time. */
    private void endCoolDown() {
        clock.advance(coolDown());
        // The turn that began it gives its tracker back a moment later.
        within(20, () -> !queue().list(QueueView.WAITING, 0, 1).isEmpty());
        system.fetcher().get(AccountBudget.class).endCoolDown(account());
        // The second pause after a failed sign-in is ten minutes long.
        system.fetcher()
                .get(RequestBudgets.class)
                .endCoolDown("renewal:"
                        + AppleAccountDigest.ofName(LocalSystem.APPLE_ID).value());
        queue().requeueAllNow();
    }
}
