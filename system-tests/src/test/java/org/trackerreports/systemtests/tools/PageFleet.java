package org.trackerreports.systemtests.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
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
import org.trackerreports.store.access.AddTokenOutcome;
import org.trackerreports.store.access.NewToken;
import org.trackerreports.store.access.TokenScope;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.tracker.NewTracker;

/** Ten thousand trackers, spread over a hundred towns, on a server that wants a token and has a street map of one of them. */
final class PageFleet implements AutoCloseable {

    static final int TRACKERS = 10_000;

    /** The town in the south-west, in which every hundredth tracker is. */
    static final StreetTown TOWN = new StreetTown(9.97, 47.97, 10.07, 48.03);

    private static final int TOWNS = 10;

    final PageServer server;
    private final String token;

    PageFleet(ToolWorld world) throws Exception {
        Path streets = StreetMapFile.write(world.directory().resolve("town.pmtiles"), TOWN);
        server = new PageServer(world, "fleet", Map.of("WEB_REQUIRE_TOKEN", "true", "BASEMAP", streets.toString()));
        ReportStore store = server.store();
        fill(store);
        token = ((AddTokenOutcome.Added)
                        store.tokens().add(new NewToken("page", TokenScope.PLACES, Map.of(), Optional.empty())))
                .text()
                .text();
        server.start();
    }

    URI address() {
        return server.address();
    }

    /** What its holder enters. */
    String token() {
        return token;
    }

    static String name(int number) {
        return "Parcel %05d".formatted(number);
    }

    private static void fill(ReportStore store) throws IOException {
        Instant now = Instant.now();
        List<NewTracker> trackers = new ArrayList<>();
        List<NewReport> reports = new ArrayList<>();
        for (int number = 1; number <= TRACKERS; number++) {
            String key =
                    Base64.getEncoder().encodeToString(Sha256.of(name(number).getBytes(UTF_8)));
            trackers.add(new NewTracker(
                    name(number),
                    "static",
                    Secret.ofText("not a key"),
                    Map.of("town", Integer.toString(number % 100)),
                    List.of(key),
                    Optional.empty()));
            Instant time = now.minusSeconds(number * 30L);
            reports.add(new NewReport(
                    OptionalLong.empty(), key, time, content(number), Optional.of(payload(number)), time));
        }
        store.trackers().add(trackers);
        store.reports().insert(reports, List.of());
    }

    private static Payload payload(int number) {
        return Payload.of(("report " + number).getBytes(UTF_8));
    }

    /** Towns lie a degree apart; in each, trackers lie along streets. */
    private static ReportContent content(int number) {
        int town = number % (TOWNS * TOWNS);
        double latitude = 48 + town / TOWNS % TOWNS + (number / 100 % 10 - 5) * 0.004;
        double longitude = 10 + town % TOWNS + (number / 1000 - 5) * 0.004;
        return new ReportContent(
                Optional.of(new Position(latitude, longitude)),
                2,
                OptionalDouble.of(20),
                OptionalInt.of(0),
                Optional.of("Town " + town),
                Set.of(),
                Optional.empty());
    }

    @Override
    public void close() {
        server.close();
    }
}
