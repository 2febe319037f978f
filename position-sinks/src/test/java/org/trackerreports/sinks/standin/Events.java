package org.trackerreports.sinks.standin;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.trackerreports.sinks.SightedTracker;
import org.trackerreports.sinks.SightingEvent;
import org.trackerreports.sinks.SightingEvent.PlaceTransition;
import org.trackerreports.sinks.SightingEvent.Report;
import org.trackerreports.sinks.SightingEvent.TrackerChange;
import org.trackerreports.sinks.SightingEvent.TrackerCondition;

/** Events for tests. */
public final class Events {

    /** The time of the first report. */
    public static final Instant TIME = Instant.parse("2026-11-28T10:00:00Z");

    /** A tracker. */
    public static final SightedTracker BIKE = new SightedTracker(17, "Bike", Map.of("owner", "anna"));

    private Events() {}

    /** The report of a number: seen so many minutes after {@link #TIME}, at its own position. */
    public static Report report(int number) {
        return report(number, BIKE, TIME.plusSeconds(60L * number));
    }

    /** A report of a tracker. */
    public static Report report(int number, SightedTracker tracker, Instant eventTime) {
        return new Report(
                String.format("rep_%032x_812", number),
                "812-" + number,
                tracker,
                false,
                eventTime,
                eventTime.plusSeconds(1_304),
                52.1 + number / 1_000.0,
                13.2,
                OptionalDouble.of(34),
                2,
                Optional.of("full"),
                List.of(),
                false,
                Optional.of("Berlin, DE"));
    }

    /** A report with nothing but what it must have, whose text must be escaped. */
    public static Report bareReport(int number) {
        return new Report(
                String.format("rep_%032x_813", number),
                "813-" + number,
                new SightedTracker(18, "Ännes \"Rad\" & <Boot>", Map.of()),
                true,
                TIME.plusSeconds(number),
                TIME.plusSeconds(number),
                -33.5,
                -70.25,
                OptionalDouble.empty(),
                0,
                Optional.empty(),
                List.of("UNCONFIRMED", "COARSE"),
                false,
                Optional.empty());
    }

    /** The same report, about which it turned out that it is wrong. */
    public static Report wrong(Report report) {
        return new Report(
                report.id() + "1",
                "900-1",
                report.tracker(),
                true,
                report.eventTime(),
                report.receivedTime(),
                report.latitude(),
                report.longitude(),
                report.accuracy(),
                report.confidence(),
                report.battery(),
                List.of("SPEED"),
                true,
                report.nearestCity());
    }

    /** The tracker left home. */
    public static PlaceTransition transition(int revision, boolean withdrawn) {
        UUID id = UUID.fromString("00000000-0000-0000-0000-0000000000aa");
        return new PlaceTransition(
                "trn_" + id + "_" + revision,
                "820-" + revision,
                BIKE,
                id,
                revision,
                "Home",
                3,
                false,
                TIME,
                TIME.plusSeconds(60),
                TIME.plusSeconds(600),
                withdrawn);
    }

    /** The tracker was heard again. */
    public static TrackerCondition heardAgain() {
        return new TrackerCondition(
                "evt_1",
                "830-1",
                BIKE,
                TrackerCondition.Condition.HEARD_AGAIN,
                TIME,
                TIME.plusSeconds(5),
                Map.of("silent_seconds", "108000"));
    }

    /** The tracker was renamed, or removed. */
    public static SightingEvent change(SightedTracker tracker, boolean gone) {
        return new TrackerChange("trk_" + tracker.id() + "_840-1", "840-1", tracker, gone, TIME);
    }
}
