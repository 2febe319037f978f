package org.trackerreports.systemtests.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.trackerreports.core.Sha256;
import org.trackerreports.core.config.ConfigurationLoader;
import org.trackerreports.core.embedded.EmbeddedServers;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.fetcher.Fetcher;
import org.trackerreports.fetcher.daemon.Serving;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.place.Area;
import org.trackerreports.store.place.NewPlace;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.tracker.NewTracker;

/**
 * A daemon with the roles {@code move} and {@code serve}, on a database of its own, and what its page shows: a bike with two days behind
 * it, a tracker whose name is markup, and one that nobody has seen. Both days are in UTC, as is the browser of the test.
 */
final class PageWorld implements AutoCloseable {

    static final String BIKE = "Bike";
    static final String HOSTILE = "</script><img src=x onerror=document.title='taken'><b>";
    static final String UNSEEN = "Unseen";
    static final Position HOME = new Position(52.5, 13.4);
    static final Position OFFICE = new Position(52.53, 13.46);

    private static final String DATABASE = "page";

    /** The first moment of yesterday. */
    final Instant yesterday = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(1));

    private final Application writer;
    private final Fetcher daemon;
    private int reports;

    PageWorld(ToolWorld world) throws Exception {
        try (Connection connection = world.superuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + world.variable("DB_USER"));
        }
        Map<String, String> environment = new HashMap<>();
        for (String name :
                List.of("DB_HOST", "DB_PORT", "DB_USER", "DB_PASSWORD", "REDIS_URL", "DATA_DIR", "MASTER_KEY")) {
            environment.put(name, world.variable(name));
        }
        environment.putAll(Map.of("DB_NAME", DATABASE, "ROLES", "move,serve", "HTTP_PORT", "0", "WEB_PORT", "0"));
        ToolCall.run(environment, "db", "migrate").done();
        writer = Application.of(
                ConfigurationLoader.load(Map.of(), environment, Optional.empty()),
                EmbeddedServers.User.TOOL,
                Clock.systemUTC());
        fill();
        environment.remove("MASTER_KEY");
        environment.remove("REDIS_URL");
        daemon = Fetcher.start(ConfigurationLoader.load(Map.of(), environment, Optional.empty()), Clock.systemUTC());
    }

    /** Where the page is. */
    URI address() {
        return daemon.get(Serving.class).address().orElseThrow();
    }

    private void fill() {
        ReportStore store = writer.get(ReportStore.class);
        store.trackers()
                .add(List.of(BIKE, HOSTILE, UNSEEN).stream()
                        .map(name -> new NewTracker(
                                name,
                                "static",
                                Secret.ofText("not a key of " + name),
                                name.equals(BIKE) ? Map.of("client", "Anna") : Map.of(),
                                List.of(key(name)),
                                Optional.empty()))
                        .toList());
        store.places()
                .add(new NewPlace(
                        "Home", new Area.Circle(HOME, 400), Map.of(), 1, Duration.ZERO, Duration.ofHours(6), true));
        List<NewReport> all = new ArrayList<>();
        all.add(report(BIKE, yesterday.minus(Duration.ofHours(3)), HOME));
        for (int half = 0; half <= 14; half++) {
            all.add(report(BIKE, yesterday.plus(Duration.ofMinutes(30L * half)), HOME));
        }
        // An hour on the way, then a silence of five hours, then the office.
        for (int part = 1; part <= 5; part++) {
            all.add(report(BIKE, yesterday.plus(Duration.ofMinutes(420 + 10L * part)), between(part / 6.0)));
        }
        for (int quarter = 0; quarter <= 8; quarter++) {
            all.add(report(BIKE, yesterday.plus(Duration.ofMinutes(780 + 15L * quarter)), OFFICE));
        }
        all.add(report(HOSTILE, yesterday.plus(Duration.ofHours(2)), HOME));
        store.reports().insert(all, List.of());
        // What the role fetch does now and then.
        store.history().refresh();
    }

    private static Position between(double part) {
        return new Position(
                HOME.latitude() + part * (OFFICE.latitude() - HOME.latitude()),
                HOME.longitude() + part * (OFFICE.longitude() - HOME.longitude()));
    }

    /** Stores one more report. */
    void store(String tracker, Instant time, Position position) {
        writer.get(ReportStore.class).reports().insert(List.of(report(tracker, time, position)), List.of());
    }

    private NewReport report(String tracker, Instant time, Position position) {
        ReportContent content = new ReportContent(
                Optional.of(position),
                2,
                OptionalDouble.of(25),
                OptionalInt.of(0),
                Optional.of("Berlin, DE"),
                Set.of(),
                Optional.empty());
        Payload payload = Payload.of(("report " + reports++).getBytes(UTF_8));
        return new NewReport(
                OptionalLong.empty(), key(tracker), time, content, Optional.of(payload), time.plusSeconds(60));
    }

    private static String key(String tracker) {
        return Base64.getEncoder().encodeToString(Sha256.of(tracker.getBytes(UTF_8)));
    }

    @Override
    public void close() {
        daemon.close();
        writer.close();
    }
}
