package org.trackerreports.systemtests.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.trackerreports.core.Sha256;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.place.Area;
import org.trackerreports.store.place.NewPlace;
import org.trackerreports.store.place.PlaceOutcome;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.tracker.NewTracker;

/**
 * What the page shows in most tests: a bike with two days behind it, a van that was on the way on the second of them, a tracker whose name is
 * markup, and one that nobody has seen. The days are in UTC, as is the browser of the tests.
 */
final class PageWorld implements AutoCloseable {

    static final String BIKE = "Bike";
    static final String VAN = "Van";
    static final String HOSTILE = "</script><img src=x onerror=document.title='taken'><b>";
    static final String UNSEEN = "Unseen";
    static final Position HOME = new Position(52.5, 13.4);
    static final Position OFFICE = new Position(52.53, 13.46);

    /** Nobody drives there and back in a few minutes. */
    private static final Position MUNICH = new Position(48.14, 11.58);

    /** The first moment of yesterday. */
    final Instant yesterday = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(1));

    final PageServer server;
    private int reports;

    /** @param database its name */
    PageWorld(ToolWorld world, String database) throws Exception {
        server = new PageServer(world, database, Map.of());
        fill();
        server.start();
    }

    /** Where the page is. */
    URI address() {
        return server.address();
    }

    /** Yesterday, as the page writes it. */
    String day() {
        return yesterday.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    private void fill() {
        ReportStore store = server.store();
        store.trackers()
                .add(List.of(BIKE, HOSTILE, UNSEEN, VAN).stream()
                        .map(name -> new NewTracker(
                                name,
                                "static",
                                Secret.ofText("not a key of " + name),
                                labels(name),
                                List.of(key(name)),
                                Optional.empty()))
                        .toList());
        addPlace("Home");
        List<NewReport> all = new ArrayList<>(bike());
        all.addAll(van());
        all.add(report(HOSTILE, yesterday.plus(Duration.ofHours(2)), HOME));
        store.reports().insert(all, List.of());
        // What the role fetch does now and then.
        store.history().refresh();
    }

    /** Adds a place around {@link #HOME}; answers its id. */
    long addPlace(String name) {
        NewPlace place =
                new NewPlace(name, new Area.Circle(HOME, 400), Map.of(), 1, Duration.ZERO, Duration.ofHours(6), true);
        return ((PlaceOutcome.Stored) server.store().places().add(place)).id();
    }

    private static Map<String, String> labels(String tracker) {
        return switch (tracker) {
            case BIKE -> Map.of("client", "Anna");
            case VAN -> Map.of("client", "Ben");
            default -> Map.of();
        };
    }

    private List<NewReport> bike() {
        List<NewReport> bike = new ArrayList<>();
        bike.add(report(BIKE, yesterday.minus(Duration.ofHours(3)), HOME));
        for (int half = 0; half <= 14; half++) {
            bike.add(report(BIKE, yesterday.plus(Duration.ofMinutes(30L * half)), HOME));
        }
        // An hour on the way, then a silence of five hours, then the office.
        for (int part = 1; part <= 5; part++) {
            bike.add(report(BIKE, yesterday.plus(Duration.ofMinutes(420 + 10L * part)), between(part / 6.0)));
        }
        for (int quarter = 0; quarter <= 8; quarter++) {
            bike.add(report(BIKE, yesterday.plus(Duration.ofMinutes(780 + 15L * quarter)), OFFICE));
        }
        return bike;
    }

    /** Twelve reports from the office to home, and one that is wrong. */
    private List<NewReport> van() {
        List<NewReport> van = new ArrayList<>();
        for (int part = 0; part <= 11; part++) {
            van.add(report(VAN, yesterday.plus(Duration.ofMinutes(480 + 10L * part)), between(1 - part / 11.0)));
        }
        van.add(report(VAN, yesterday.plus(Duration.ofMinutes(535)), MUNICH));
        return van;
    }

    private static Position between(double part) {
        return new Position(
                HOME.latitude() + part * (OFFICE.latitude() - HOME.latitude()),
                HOME.longitude() + part * (OFFICE.longitude() - HOME.longitude()));
    }

    /** Stores one more report. */
    void store(String tracker, Instant time, Position position) {
        server.store().reports().insert(List.of(report(tracker, time, position)), List.of());
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
        server.close();
    }
}
