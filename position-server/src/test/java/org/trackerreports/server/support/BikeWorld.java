package org.trackerreports.server.support;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.testsupport.MovableClock;

/**
 * A server with three trackers, of which the bike was seen: two hours at 52.52, 13.40, an hour away, two hours at 52.60, 13.40; one report every ten
 * minutes, and one twin.
 */
public final class BikeWorld implements AutoCloseable {

    public static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    public static final MovableClock CLOCK = new MovableClock(NOW);

    public final TestStore data = new TestStore(CLOCK);
    public final TestServer server;
    public final long bike;

    public BikeWorld() {
        String key = TestStore.newKey();
        bike = data.addTracker("Bike", Map.of("client", "acme", "room", "a"), key);
        data.addTracker("car", Map.of("client", "acme"));
        data.addTracker("Zebra", Map.of());
        List<NewReport> reports = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            reports.add(TestStore.report(key, at(i * 10), 52.52, 13.40 + i * 1e-5));
            reports.add(TestStore.report(key, at(180 + i * 10), 52.60, 13.40 + i * 1e-5));
        }
        reports.add(TestStore.report(key, at(150), 52.56, 13.40));
        reports.add(TestStore.report(key, at(150), 52.56, 13.40, 12, 0xa0));
        data.insert(reports.toArray(NewReport[]::new));
        data.judge();
        data.store.history().refresh();
        server = new TestServer(data.dataSource(), CLOCK);
    }

    private static Instant at(int minutes) {
        return NOW.minus(Duration.ofHours(8)).plus(Duration.ofMinutes(minutes));
    }

    /** The address of something about the bike. */
    public String path(String rest) {
        return "/api/v1/trackers/" + bike + rest;
    }

    @Override
    public void close() {
        server.close();
        data.close();
    }
}
