package org.trackerreports.systemtests.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.history.LatestPosition;
import org.trackerreports.systemtests.daemon.LocalSystem.Ended;

/** The daemon against the simulator, on real PostgreSQL and Redis. */
class DaemonTest extends SystemFixture {

    @Test
    void fetchesEveryTrackerWithinTheAccountsBudget() throws Exception {
        system.with("MAX_KEYS_PER_BATCH", "2");
        startFetching(6, false);
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
        startFetching(2, true);
        system.simulator().accounts().expireSessions(LocalSystem.APPLE_ID);
        Instant known = latest().timestamp();
        within(30, () -> latest().timestamp().isAfter(known));
        assertThat(account()).isEqualTo(AccountState.READY);
    }

    @Test
    void withoutAPasswordTheAccountWaitsForALoginAndGoesOnAfterIt() throws Exception {
        startFetching(1, false);
        system.simulator().accounts().expireSessions(LocalSystem.APPLE_ID);
        within(30, () -> account() == AccountState.NEEDS_LOGIN);
        Ended list = system.tools("accounts", "list", "--json");
        assertThat(list.out()).contains("\"state\" : \"needs_login\"");
    }

    @Test
    void notesAlsoForTrackersWithoutReportsThatTheServiceAnswered() throws Exception {
        Instant future = Instant.now().plus(Duration.ofDays(1));
        system.addTrackers("unseen", 1, future, future.plusSeconds(1));
        startFetching(1, false);
        within(30, () -> answeredTrackers() == 2);
    }

    private long answeredTrackers() throws SQLException {
        try (Connection connection = system.fetcher().get(DataSource.class).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM tracker_answers")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void aQueueThatWasWipedIsFilledAgain() throws Exception {
        startFetching(3, false);
        system.fetcher().get(RedissonClient.class).getKeys().flushall();
        within(30, () -> system.fetcher().get(TrackerQueue.class).statistics().ids() == 3);
    }

    @Test
    void anEntryOfTheQueueThatIsNoTrackerIsRemovedAndStopsNoOther() throws Exception {
        startFetching(2, false);
        RedissonClient redis = system.fetcher().get(RedissonClient.class);
        String prefix = "{" + system.environment().get("QUEUE_PREFIX") + "}:";
        redis.<String, String>getMap(prefix + "records", StringCodec.INSTANCE).fastPut("no number", "garbage");
        redis.getScoredSortedSet(prefix + "due", StringCodec.INSTANCE).add(0, "no number");
        within(
                30,
                () -> system.fetcher()
                        .get(TrackerQueue.class)
                        .details("no number")
                        .isEmpty());
        Instant known = latest().timestamp();
        within(30, () -> latest().timestamp().isAfter(known));
    }

    @Test
    void goesOnWhereItStoppedAfterARestart() throws Exception {
        startFetching(2, false);
        system.stopDaemon();
        system.startDaemon();
        assertThat(system.store().history().latest()).hasSize(2);
        Instant known = latest().timestamp();
        within(30, () -> latest().timestamp().isAfter(known));
    }

    /** Starts the daemon with trackers and a signed-in account, and waits until each tracker has a position. */
    private void startFetching(int trackers, boolean rememberPassword) throws Exception {
        system.addTrackers(trackers);
        system.login(rememberPassword);
        system.startDaemon();
        within(30, () -> system.store().history().latest().size() == trackers);
    }

    private LatestPosition latest() {
        return system.store().history().latest().get(0);
    }

    private AccountState account() {
        return system.store().accounts().find("main").orElseThrow().state();
    }
}
