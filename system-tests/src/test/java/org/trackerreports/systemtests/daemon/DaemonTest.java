package org.trackerreports.systemtests.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.history.LatestPosition;
import org.trackerreports.systemtests.daemon.LocalSystem.Ended;

/** The daemon against the simulator, on real PostgreSQL and Redis. */
class DaemonTest extends SystemFixture {

    @Test
    void fetchesEveryTrackerWithinTheAccountsBudget() throws Exception {
        system.with("MAX_KEYS_PER_BATCH", "2");
        system.addTrackers(6);
        system.login(false);
        system.startDaemon();
        within(30, () -> system.store().history().latest().size() == 6);
        within(30, () -> system.simulator().requests().fetches(LocalSystem.APPLE_ID) >= 10);
        assertThat(system.simulator().requests().smallestGap(LocalSystem.APPLE_ID))
                .as("requests are as far apart as FETCH_INTERVAL says")
                .hasValueSatisfying(gap -> assertThat(gap).isGreaterThanOrEqualTo(Duration.ofMillis(300)));
    }

    @Test
    void aTrackerThatIsImportedWhileTheDaemonRunsIsFetched() throws Exception {
        system.login(false);
        system.startDaemon();
        system.addTrackers(1);
        within(30, () -> system.store().history().latest().size() == 1);
    }

    @Test
    void aSessionThatEndedIsRenewedOnceWithTheRememberedPassword() throws Exception {
        system.addTrackers(2);
        system.login(true);
        system.startDaemon();
        within(30, () -> system.store().history().latest().size() == 2);
        system.simulator().accounts().expireSessions(LocalSystem.APPLE_ID);
        Instant known = latest().timestamp();
        within(30, () -> latest().timestamp().isAfter(known));
        assertThat(account()).isEqualTo(AccountState.READY);
    }

    @Test
    void withoutAPasswordTheAccountWaitsForALoginAndGoesOnAfterIt() throws Exception {
        system.addTrackers(1);
        system.login(false);
        system.startDaemon();
        within(30, () -> system.store().history().latest().size() == 1);
        system.simulator().accounts().expireSessions(LocalSystem.APPLE_ID);
        within(30, () -> account() == AccountState.NEEDS_LOGIN);
        Ended list = system.tools("accounts", "list", "--json");
        assertThat(list.out()).contains("\"state\" : \"needs_login\"");
    }

    @Test
    void aQueueThatWasWipedIsFilledAgain() throws Exception {
        system.addTrackers(3);
        system.login(false);
        system.startDaemon();
        within(30, () -> system.store().history().latest().size() == 3);
        system.fetcher().get(RedissonClient.class).getKeys().flushall();
        within(30, () -> system.fetcher().get(TrackerQueue.class).statistics().ids() == 3);
    }

    @Test
    void goesOnWhereItStoppedAfterARestart() throws Exception {
        system.addTrackers(2);
        system.login(false);
        system.startDaemon();
        within(30, () -> system.store().history().latest().size() == 2);
        system.stopDaemon();
        system.startDaemon();
        assertThat(system.store().history().latest()).hasSize(2);
        Instant known = latest().timestamp();
        within(30, () -> latest().timestamp().isAfter(known));
    }

    private LatestPosition latest() {
        return system.store().history().latest().get(0);
    }

    private AccountState account() {
        return system.store().accounts().find("main").orElseThrow().state();
    }
}
