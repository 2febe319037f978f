package org.trackerreports.core.movement;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.place.Area;
import org.trackerreports.store.place.NewPlace;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.tracker.AddOutcome;
import org.trackerreports.store.tracker.NewTracker;

/**
 * Trackers that all saw the same: a day that leads from home to work and back, with wrong and coarse reports. Two trackers that got the
 * same reports in different ways must end with the same flags, latest position and transitions.
 */
final class JudgedWorld {

    static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    static final Position HOME = new Position(52.5, 13.4);
    private static final Position WORK = new Position(52.55, 13.5);
    private static final Duration STEP = Duration.ofMinutes(12);

    private final ReportStore store;
    private int trackers;

    JudgedWorld(ReportStore store) {
        this.store = store;
    }

    void addPlaces() {
        store.places().add(place("home", HOME, 1, Duration.ZERO));
        store.places().add(place("work", WORK, 2, Duration.ofMinutes(20)));
    }

    static NewPlace place(String name, Position centre, int confirm, Duration dwell) {
        return new NewPlace(name, new Area.Circle(centre, 300), Map.of(), confirm, dwell, Duration.ofHours(6), true);
    }

    /** A new tracker and the key of its reports. */
    record Tracker(long id, String key) {}

    Tracker addTracker() {
        String name = "tracker " + ++trackers;
        byte[] hash = new byte[32];
        System.arraycopy(name.getBytes(StandardCharsets.UTF_8), 0, hash, 0, name.length());
        String key = Base64.getEncoder().encodeToString(hash);
        NewTracker tracker =
                new NewTracker(name, "static", Secret.ofText(name), Map.of(), List.of(key), Optional.empty());
        return new Tracker(
                ((AddOutcome.Added) store.trackers().add(List.of(tracker)).get(0)).id(), key);
    }

    /** A sighting, which becomes a report of any tracker with the same digest. */
    record Sighting(Instant time, Position position, double accuracy, int confidence, int status) {

        NewReport of(Tracker tracker) {
            String payload = time + "/" + position.latitude() + "/" + position.longitude() + "/" + accuracy;
            return new NewReport(
                    OptionalLong.of(tracker.id()),
                    tracker.key(),
                    time,
                    new ReportContent(
                            Optional.of(position),
                            confidence,
                            OptionalDouble.of(accuracy),
                            OptionalInt.of(status),
                            Optional.empty(),
                            Set.of(),
                            Optional.empty()),
                    Optional.of(Payload.of(payload.getBytes(StandardCharsets.UTF_8))),
                    NOW);
        }
    }

    /** Days between home and work, with errors. */
    static List<Sighting> days(Random random, int count) {
        List<Sighting> sightings = new ArrayList<>();
        Instant time = NOW.minus(STEP.multipliedBy(count));
        for (int i = 0; i < count; i++) {
            time = time.plus(STEP).plusSeconds(random.nextInt(400) - 200L);
            double day = i / 40.0 % 1;
            double toWork = day < 0.3 ? 0 : day < 0.4 ? (day - 0.3) * 10 : day < 0.8 ? 1 : (1 - day) * 5;
            double error = random.nextInt(25) == 0 ? 1 + 5 * random.nextDouble() : 0;
            sightings.add(new Sighting(
                    time.isAfter(NOW) ? NOW : time,
                    new Position(
                            HOME.latitude()
                                    + toWork * (WORK.latitude() - HOME.latitude())
                                    + random.nextGaussian() / 5_000
                                    + error,
                            HOME.longitude()
                                    + toWork * (WORK.longitude() - HOME.longitude())
                                    + random.nextGaussian() / 5_000),
                    random.nextInt(20) == 0 ? 255 : 10 + random.nextInt(60),
                    random.nextInt(15) == 0 ? 1 : 2,
                    i < count / 2 ? 0x50 : 0x90));
        }
        return sightings;
    }
}
