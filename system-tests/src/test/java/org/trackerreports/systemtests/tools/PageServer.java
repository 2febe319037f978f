package org.trackerreports.systemtests.tools;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.core.config.ConfigurationLoader;
import org.trackerreports.core.embedded.EmbeddedServers;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.fetcher.Fetcher;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.testsupport.FreePorts;

/**
 * A database of its own, and a daemon with the roles {@code move} and {@code serve} on it. The daemon can be stopped and comes back at the
 * same address.
 */
final class PageServer implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final ToolWorld world;
    private final String database;
    private final Map<String, String> environment = new HashMap<>();
    private final int port = FreePorts.next();
    private final Application writer;
    private Optional<Fetcher> daemon = Optional.empty();

    /** @param options of the daemon, besides those for the servers */
    PageServer(ToolWorld world, String database, Map<String, String> options) throws Exception {
        this.world = world;
        this.database = database;
        execute("postgres", "CREATE DATABASE " + database + " OWNER " + world.variable("DB_USER"));
        for (String name :
                List.of("DB_HOST", "DB_PORT", "DB_USER", "DB_PASSWORD", "REDIS_URL", "DATA_DIR", "MASTER_KEY")) {
            environment.put(name, world.variable(name));
        }
        environment.put("DB_NAME", database);
        ToolCall.run(environment, "db", "migrate").done();
        writer = Application.of(
                ConfigurationLoader.load(Map.of(), environment, Optional.empty()),
                EmbeddedServers.User.TOOL,
                Clock.systemUTC());
        environment.remove("MASTER_KEY");
        environment.remove("REDIS_URL");
        environment.putAll(Map.of("ROLES", "move,serve", "HTTP_PORT", "0", "WEB_PORT", Integer.toString(port)));
        environment.putAll(options);
    }

    /** What the daemon shows. */
    ReportStore store() {
        return writer.get(ReportStore.class);
    }

    /** Where the page is. */
    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** Starts the daemon unless it runs, and waits until it has judged everything. */
    void start() throws Exception {
        if (daemon.isPresent()) {
            return;
        }
        daemon = Optional.of(
                Fetcher.start(ConfigurationLoader.load(Map.of(), environment, Optional.empty()), Clock.systemUTC()));
        await().atMost(LONGEST).until(this::isJudged);
    }

    private boolean isJudged() throws Exception {
        try (Connection connection = world.superuser(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT NOT EXISTS (SELECT FROM report_inbox)"
                        + " AND NOT EXISTS (SELECT FROM movement_due WHERE due_at <= now())"
                        + " AND (SELECT position FROM feed_cursors WHERE consumer = '" + Feed.JUDGE + "')"
                        + " >= (SELECT max(position) FROM report_feed)")) {
            return row.next() && row.getBoolean(1);
        }
    }

    void stop() {
        daemon.ifPresent(Fetcher::close);
        daemon = Optional.empty();
    }

    /** Changes the database behind the back of everybody. */
    void execute(String statement) throws Exception {
        execute(database, statement);
    }

    private void execute(String where, String text) throws Exception {
        try (Connection connection = world.superuser(where);
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        } catch (SQLException e) {
            throw new IllegalStateException(text, e);
        }
    }

    @Override
    public void close() {
        stop();
        writer.close();
    }
}
