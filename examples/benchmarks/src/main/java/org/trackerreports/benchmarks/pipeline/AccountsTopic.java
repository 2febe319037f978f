package org.trackerreports.benchmarks.pipeline;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.trackerreports.benchmarks.Comparison;
import org.trackerreports.benchmarks.DaemonProcess;
import org.trackerreports.benchmarks.LocalServers;
import org.trackerreports.benchmarks.Series;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.benchmarks.Topic;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.findmy.login.SessionCodec;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.secret.MasterKey;
import org.trackerreports.store.secret.Secret;

/** What thousands of accounts cost that are signed in and have nothing to do. */
public final class AccountsTopic implements Topic {

    /** Each account takes its first turn, and the compilers work on what that made hot. */
    private static final Duration WARM_UP = Duration.ofMinutes(5);

    private static final double MOST_PERCENT = 2;
    private static final double MOST_MEGABYTES = 400;

    @Override
    public void measure(Setting setting, Consumer<Comparison> results) throws Exception {
        int accounts = setting.effort().manyIds() / 100;
        Path directory = setting.newDirectory("accounts");
        try (LocalServers servers = LocalServers.start(setting);
                Services services = new Services(directory, 1, 1, 1, 0)) {
            Map<String, String> environment =
                    new HashMap<>(new Installation(servers, services, directory, 1).environmentWithUsualIntervals());
            setting.tell(String.format("  storing %,d accounts", accounts));
            store(servers, MasterKey.fromBase64(Objects.requireNonNull(environment.get("MASTER_KEY"))), accounts);
            environment.put("ROLES", "fetch");
            environment.put("HTTP_PORT", "0");
            try (DaemonProcess daemon = DaemonProcess.handedOut(directory, environment)) {
                idle(setting, results, daemon, servers, accounts);
            }
        }
    }

    /** Copies of the first account under other names, so each has a budget of its own. */
    private static void store(LocalServers servers, MasterKey key, int accounts) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(servers.databaseUrl());
        try (HikariDataSource pool = new HikariDataSource(config)) {
            ReportStore store = ReportStore.open(pool, key, Clock.systemUTC());
            Account first = store.accounts().list().get(0);
            Session session =
                    SessionCodec.readSession(first.session().orElseThrow().bytes());
            for (int number = 1; number < accounts; number++) {
                byte[] copy = SessionCodec.write(new Session(
                        "idle-" + number + "@example.com",
                        session.dsid() + number,
                        session.searchPartyToken(),
                        session.identity(),
                        session.machineFingerprint(),
                        session.created()));
                store.accounts()
                        .save(Account.create("idle-" + number)
                                .withState(AccountState.READY)
                                .withSession(Optional.of(Secret.of(copy)))
                                .withMachineIdentity(first.machineIdentity()));
            }
        }
    }

    private static void idle(
            Setting setting, Consumer<Comparison> results, DaemonProcess daemon, LocalServers servers, int accounts)
            throws IOException {
        LockSupport.parkNanos(WARM_UP.toNanos());
        Duration together = ProcessFigures.of(daemon.handle(), servers).processorTime();
        Duration alone = ownTime(daemon);
        long began = System.nanoTime();
        LockSupport.parkNanos(Duration.ofMinutes(setting.effort().rounds()).toNanos());
        ProcessFigures after = ProcessFigures.of(daemon.handle(), servers);
        double seconds = (System.nanoTime() - began) / 1e9;
        daemon.requireAlive();
        String size = String.format(", %,d accounts that are idle", accounts);
        results.accept(goal(
                "processor time of the daemon" + size,
                "% of a core",
                percent(ownTime(daemon).minus(alone), seconds),
                MOST_PERCENT));
        results.accept(goal(
                "processor time with PostgreSQL and Redis" + size,
                "% of a core",
                percent(after.processorTime().minus(together), seconds),
                MOST_PERCENT));
        results.accept(goal("resident memory of the daemon" + size, "MB", after.residentBytes() / 1e6, MOST_MEGABYTES));
    }

    private static Duration ownTime(DaemonProcess daemon) {
        return daemon.handle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static double percent(Duration time, double seconds) {
        return time.toNanos() / 1e7 / seconds;
    }

    private static Comparison goal(String what, String unit, double value, double goal) {
        return Comparison.withGoal(what, unit, Comparison.Kind.COST, new Series("measured", value), goal);
    }
}
