package org.trackerreports.benchmarks.pipeline;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.trackerreports.benchmarks.DaemonProcess;
import org.trackerreports.benchmarks.FreePort;
import org.trackerreports.benchmarks.LocalServers;

/**
 * One daemon with many accounts and trackers, on simulated services and real servers. The daemon is the program that is handed out, in a
 * separate process, with the options that the deployment guides recommend and the role fetch alone: the others work at times of their own,
 * and would be measured by chance. Not thread-safe.
 */
final class FetcherFleet implements AutoCloseable {

    /** Enough that the gap between two requests of one account, at least 0.1 s, does not slow the work down. */
    private static final int FEWEST_ACCOUNTS = 24;

    /** With the default options: 268 requests a day for 64 trackers each, and two for each tracker. */
    private static final int TRACKERS_OF_AN_ACCOUNT = 268 * 64 / 2;

    private static final Duration CLOSE_LOOK = Duration.ofMillis(50);
    private static final Duration FAR_LOOK = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String STORED = "trackerreports_reports_new_total";

    private final LocalServers servers;
    private final Installation installation;
    private final int trackers;
    private final int reportsOfEach;
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI metrics;
    private final DaemonProcess daemon;

    /** Number of reports stored when all started cycles are complete. Kept here, because each query would add to the cost of a turn. */
    private double goal;

    /** How many accounts a fleet has. */
    static int accounts(int trackers) {
        return Math.max(FEWEST_ACCOUNTS, (trackers - 1) / TRACKERS_OF_AN_ACCOUNT + 1);
    }

    /** Starts the daemon and waits until it works. */
    FetcherFleet(LocalServers servers, Services services, Path directory, int trackers, int reportsOfEach)
            throws IOException {
        this.servers = servers;
        this.trackers = trackers;
        this.reportsOfEach = reportsOfEach;
        installation = new Installation(servers, services, directory, accounts(trackers));
        int port = FreePort.find();
        metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
        Map<String, String> environment = new HashMap<>(installation.environment());
        environment.put("HTTP_PORT", Integer.toString(port));
        environment.put("ROLES", "fetch");
        daemon = DaemonProcess.handedOut(directory, environment);
        await("trackerreports_queue_trackers", trackers);
        goal = Math.max(0, stored());
    }

    /**
     * Deletes all reports and makes every tracker due.
     *
     * @return how many reports were stored since the daemon started when this cycle is over
     */
    double beginCycle() throws SQLException {
        installation.execute(
                "TRUNCATE location_reports, touched_hours, location_history_hourly, location_history_daily");
        installation.requeue();
        goal += reports();
        return goal;
    }

    /** Begins a cycle and waits until all its reports are stored. */
    void cycle() throws SQLException {
        awaitStored(beginCycle());
    }

    /** Waits until this number of reports has been stored since the daemon started. */
    void awaitStored(double reports) {
        await(STORED, reports);
    }

    /** How many reports were stored since the daemon started. */
    double stored() {
        return value(STORED);
    }

    /** How many reports a cycle brings. */
    int reports() {
        return trackers * reportsOfEach;
    }

    /** Makes sure that the database holds all reports of each tracker. */
    void requireComplete() throws SQLException {
        try (Connection connection = DriverManager.getConnection(servers.databaseUrl());
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT count(*), count(DISTINCT tracker_id) FROM location_reports")) {
            row.next();
            if (row.getLong(1) != reports() || row.getLong(2) != trackers) {
                throw new IllegalStateException("expected " + reports() + " reports of " + trackers
                        + " trackers, found " + row.getLong(1) + " of " + row.getLong(2));
            }
        }
    }

    /** Empties the table of reports, for others. */
    void clear() throws SQLException {
        installation.execute("TRUNCATE location_reports");
    }

    /** The daemon's process. */
    ProcessHandle daemon() {
        return daemon.handle();
    }

    /** The sum of a metric's values, whatever its labels; −1 if it is not there yet. */
    private double value(String name) {
        try {
            String text = http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                    .body();
            double[] values = text.lines()
                    .filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .toArray();
            double sum = values.length == 0 ? -1 : 0;
            for (double each : values) {
                sum += each;
            }
            return sum;
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Waits until a metric reaches a value. Gives up if the metric stops growing. */
    private void await(String metric, double atLeast) {
        double first = value(metric);
        double last = first;
        long began = System.nanoTime();
        long lastChange = began;
        for (double value = first; value < atLeast; value = value(metric)) {
            long now = System.nanoTime();
            if (value != last) {
                last = value;
                lastChange = now;
            }
            if (!daemon.handle().isAlive() || now - lastChange > PATIENCE.toNanos()) {
                throw new IllegalStateException("the daemon " + (daemon.handle().isAlive() ? "does not go on" : "ended")
                        + ": " + metric + " is " + value + ", not " + atLeast);
            }
            LockSupport.parkNanos(pause(now - began, value - first, atLeast - value));
        }
    }

    /** Seldom while the end is far, since each look costs the daemon some milliseconds, and closely near the end. */
    private static long pause(long elapsed, double done, double left) {
        double halfOfTheRest = done <= 0 ? 0 : elapsed * left / done / 2;
        long pause = (long) Math.min(halfOfTheRest, elapsed / 2.0);
        return Math.max(CLOSE_LOOK.toNanos(), Math.min(pause, FAR_LOOK.toNanos()));
    }

    @Override
    public void close() {
        daemon.close();
    }
}
