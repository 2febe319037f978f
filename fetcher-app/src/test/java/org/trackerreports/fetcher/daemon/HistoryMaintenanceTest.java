package org.trackerreports.fetcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.trackerreports.core.config.DefaultDirectories;
import org.trackerreports.core.embedded.DataDirectory;
import org.trackerreports.core.embedded.EmbeddedServers;
import org.trackerreports.core.embedded.ServerAddresses;
import org.trackerreports.core.event.Listeners;
import org.trackerreports.core.lifecycle.StopSignal;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.retention.RetentionPolicy;
import org.trackerreports.store.secret.MasterKey;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.tracker.AddOutcome;
import org.trackerreports.store.tracker.NewTracker;

class HistoryMaintenanceTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @TempDir
    private Path temporary;

    private EmbeddedServers servers;
    private ReportStore store;

    @BeforeEach
    void start() throws Exception {
        servers = servers();
        store = migratedStore(servers);
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    @Test
    void removesWhatIsTooOldOnceTheHistoryHasSeenIt() {
        HistoryQuery all = fill(CLOCK.instant().minus(Duration.ofDays(200)));
        RetentionPolicy policy =
                new RetentionPolicy(Optional.of(Duration.ofDays(100)), Optional.empty(), Optional.empty());

        try (HistoryMaintenance keeper = keeper(store, policy)) {
            keeper.start();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> store.history().reports(all).isEmpty());
        }

        assertThat(store.history().days(all)).hasSize(1);
    }

    @Test
    void refreshesViewsWithoutTimescaledb() {
        assertRefreshes(HistoryMaintenance::start);
    }

    @Test
    void refreshesThemInAProcessThatOnlyJudgesToo() {
        assertRefreshes(HistoryMaintenance::startRefreshing);
    }

    private void assertRefreshes(Consumer<HistoryMaintenance> start) {
        HistoryQuery all = fill(CLOCK.instant().minus(Duration.ofDays(1)));
        assertThat(store.history().hours(all)).as("nobody has refreshed yet").isEmpty();
        RetentionPolicy forEver = new RetentionPolicy(Optional.empty(), Optional.empty(), Optional.empty());

        try (HistoryMaintenance keeper = new HistoryMaintenance(
                store,
                forEver,
                new Outages(new Listeners<>(Set.of()), CLOCK),
                new StopSignal(),
                Duration.ofMillis(200))) {
            start.accept(keeper);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> store.history().hours(all).size() == 1
                            && store.history().days(all).size() == 1);
        }
    }

    private EmbeddedServers servers() throws Exception {
        return EmbeddedServers.open(
                DataDirectory.prepare(temporary.resolve("data")),
                new EmbeddedServers.Request(
                        EmbeddedServers.User.DAEMON,
                        0,
                        0,
                        DefaultDirectories.cache(Map.copyOf(System.getenv()), temporary)
                                .resolve("programs")));
    }

    private static ReportStore migratedStore(EmbeddedServers servers) {
        DataSource source = dataSource(servers.addresses());
        Schema.migrate(source);
        return ReportStore.open(source, MasterKey.random(), CLOCK);
    }

    private static HistoryMaintenance keeper(ReportStore store, RetentionPolicy policy) {
        return new HistoryMaintenance(store, policy, new Outages(new Listeners<>(Set.of()), CLOCK), new StopSignal());
    }

    private static DataSource dataSource(ServerAddresses addresses) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(addresses.databaseUrl());
        source.setUser(ServerAddresses.USER);
        source.setPassword(addresses.databasePassword());
        return source;
    }

    /** Stores one report, and returns the query that finds it. */
    private HistoryQuery fill(Instant time) {
        NewTracker tracker =
                new NewTracker("old", "static", Secret.ofText("material"), Map.of(), List.of(KEY), Optional.empty());
        long id = ((AddOutcome.Added) store.trackers().add(List.of(tracker)).get(0)).id();
        NewReport report = new NewReport(
                OptionalLong.of(id),
                KEY,
                time,
                new ReportContent(
                        Optional.of(new Position(1, 2)),
                        2,
                        OptionalDouble.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Set.of(),
                        Optional.empty()),
                Optional.of(Payload.of("payload".getBytes(StandardCharsets.UTF_8))),
                time);
        assertThat(store.reports().insert(List.of(report), List.of()).newReports())
                .isEqualTo(1);
        return HistoryQuery.of(id, time.minusSeconds(1), time.plusSeconds(1));
    }
}
