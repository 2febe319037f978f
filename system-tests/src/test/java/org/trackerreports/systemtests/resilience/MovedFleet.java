package org.trackerreports.systemtests.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;
import org.trackerreports.core.movement.MovementJudge;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.movement.JudgingSettings;
import org.trackerreports.store.place.Area;
import org.trackerreports.store.place.NewPlace;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.secret.MasterKey;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.tracker.NewTracker;

/** Trackers that go to and fro between two places, with errors among their reports, which come late and in any order. */
final class MovedFleet {

    private static final int TRACKERS = 12;
    private static final Duration BETWEEN = Duration.ofMinutes(40);
    private static final Position HOME = new Position(52.5, 13.4);
    private static final Position WORK = new Position(52.6, 13.5);

    /** The same for all databases of a fleet. */
    private final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(12));

    private final List<List<NewReport>> batches = new ArrayList<>();

    /**
     * Makes the reports; stores nothing.
     *
     * @param reports of each tracker
     */
    MovedFleet(Random random, int reports, int inABatch) {
        List<NewReport> all = new ArrayList<>();
        for (int tracker = 0; tracker < TRACKERS; tracker++) {
            Position at = HOME;
            for (int number = 0; number < reports; number++) {
                if (random.nextInt(12) == 0) {
                    at = at == HOME ? WORK : HOME;
                }
                Instant time = begin.plus(BETWEEN.multipliedBy(number)).plusSeconds(random.nextInt(1_000));
                all.add(report(tracker, time, seen(at, random), random));
            }
        }
        // Neighbours come about together, and a few come very late.
        for (int index = all.size() - 1; index > 0; index--) {
            int other = random.nextInt(8) == 0 ? random.nextInt(all.size()) : Math.max(0, index - random.nextInt(4));
            Collections.swap(all, index, other);
        }
        for (int from = 0; from < all.size(); from += inABatch) {
            batches.add(List.copyOf(all.subList(from, Math.min(all.size(), from + inABatch))));
        }
        Collections.shuffle(batches, random);
    }

    /** In most cases near the place, sometimes far from it, and sometimes nowhere. */
    private static Position seen(Position at, Random random) {
        int kind = random.nextInt(60);
        if (kind == 0) {
            return new Position(0, 0);
        }
        double far = kind < 3 ? 20 : 0.001;
        return new Position(at.latitude() + far * random.nextDouble(), at.longitude() + far * random.nextDouble());
    }

    private static NewReport report(int tracker, Instant time, Position position, Random random) {
        ReportContent content = new ReportContent(
                Optional.of(position),
                1 + random.nextInt(3),
                OptionalDouble.of(random.nextInt(20) == 0 ? 5_000 : 10 + random.nextInt(80)),
                OptionalInt.of(32),
                Optional.empty(),
                Set.of(),
                Optional.empty());
        return new NewReport(
                OptionalLong.empty(),
                key(tracker),
                time,
                content,
                Optional.of(Payload.of((tracker + "@" + time + position).getBytes(UTF_8))),
                time.plus(Duration.ofMinutes(20)));
    }

    private static String key(int tracker) {
        byte[] hash = new byte[32];
        hash[0] = (byte) (tracker + 1);
        return Base64.getEncoder().encodeToString(hash);
    }

    List<List<NewReport>> batches() {
        return batches;
    }

    /** A store with the trackers and places of the fleet, which have the same ids in every database. */
    static ReportStore openIn(DataSource database) {
        Schema.migrate(database);
        ReportStore store = ReportStore.open(database, MasterKey.random(), Clock.systemUTC());
        List<NewTracker> trackers = new ArrayList<>();
        for (int tracker = 0; tracker < TRACKERS; tracker++) {
            trackers.add(new NewTracker(
                    "tracker " + tracker,
                    "static",
                    Secret.ofText("material " + tracker),
                    Map.of(),
                    List.of(key(tracker)),
                    Optional.empty()));
        }
        store.trackers().add(trackers);
        for (Position centre : List.of(HOME, WORK)) {
            store.places()
                    .add(new NewPlace(
                            "place " + centre.latitude(),
                            new Area.Circle(centre, 500),
                            Map.of(),
                            centre == HOME ? 1 : 2,
                            Duration.ZERO,
                            Duration.ofHours(6),
                            true));
        }
        return store;
    }

    /** Stores everything and judges it in this process. */
    void storeAndJudge(ReportStore store) {
        batches.forEach(batch -> store.reports().insert(batch, List.of()));
        JudgingSettings settings = new JudgingSettings("reference", 100, 2, Duration.ofDays(8));
        boolean more = true;
        while (more) {
            more = store.judging().step(new MovementJudge(), settings).more();
        }
    }
}
