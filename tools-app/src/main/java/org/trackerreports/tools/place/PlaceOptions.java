package org.trackerreports.tools.place;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trackerreports.movement.Place;
import org.trackerreports.store.place.Area;
import org.trackerreports.store.place.NewPlace;
import org.trackerreports.store.report.Position;
import org.trackerreports.tools.command.CommandFailure;
import picocli.CommandLine.Option;

/** What a place is, as a mixin. What is not given stays as it is. */
final class PlaceOptions {

    @Option(names = "--lat", paramLabel = "DEGREES", description = "The centre, in degrees north.")
    private @Nullable Double latitude;

    @Option(names = "--lon", paramLabel = "DEGREES", description = "The centre, in degrees east.")
    private @Nullable Double longitude;

    @Option(names = "--radius", paramLabel = "METRES", description = "The radius in metres, 50 or more.")
    private @Nullable Double radius;

    @Option(
            names = "--label",
            paramLabel = "KEY=VALUE",
            description = "All trackers with this label; with all of them if given more than once.")
    private @Nullable Map<String, String> labels;

    @Option(
            names = "--confirm",
            paramLabel = "N",
            description = "How many reports in a row have to say that a tracker entered or left, 1 to 100. Default: 1")
    private @Nullable Integer confirm;

    @Option(
            names = "--dwell",
            paramLabel = "TIME",
            description = "How much time has to be between the first and the last of them, such as 10m. Default: 0")
    private @Nullable String dwell;

    @Option(
            names = "--max-lag",
            paramLabel = "TIME",
            description =
                    "What is noticed later than this after it happened is late: shown, but nobody is told. Default: 6h")
    private @Nullable String maxLag;

    @Option(names = "--no-alert", description = "Nobody is told of transitions; they are only shown.")
    private boolean noAlert;

    boolean saysWhere() {
        return latitude != null || longitude != null || radius != null;
    }

    boolean saysWhereCompletely() {
        return latitude != null && longitude != null && radius != null;
    }

    boolean givesLabels() {
        return labels != null;
    }

    boolean isEmpty() {
        return !saysWhere() && labels == null && confirm == null && dwell == null && maxLag == null && !noAlert;
    }

    boolean isWithoutAlert() {
        return noAlert;
    }

    /** Refuses lengths of time that are none, before anything is opened. */
    void check() throws CommandFailure {
        if (dwell != null) {
            Lengths.ofOption("--dwell", dwell);
        }
        if (maxLag != null) {
            Lengths.ofOption("--max-lag", maxLag);
        }
    }

    /** A new circle. Only if {@link #saysWhereCompletely}. */
    NewPlace newPlace(String name) throws CommandFailure {
        return changed(new NewPlace(
                name,
                new Area.Circle(new Position(0, 0), Double.NaN),
                Map.of(),
                1,
                Duration.ZERO,
                Place.DEFAULT_MAX_LAG,
                true));
    }

    /** A place with what is given. */
    NewPlace changed(NewPlace place) throws CommandFailure {
        return new NewPlace(
                place.name(),
                area(place.area()),
                labels == null ? place.labels() : labels,
                confirm == null ? place.confirm() : confirm,
                dwell == null ? place.dwell() : Lengths.ofOption("--dwell", dwell),
                maxLag == null ? place.maxLag() : Lengths.ofOption("--max-lag", maxLag),
                place.alert() && !noAlert);
    }

    private Area area(Area former) {
        if (!saysWhere()) {
            return former;
        }
        Area.Circle circle = former instanceof Area.Circle known
                ? known
                : new Area.Circle(new Position(Double.NaN, Double.NaN), Double.NaN);
        return new Area.Circle(
                new Position(
                        latitude == null ? circle.centre().latitude() : latitude,
                        longitude == null ? circle.centre().longitude() : longitude),
                radius == null ? circle.radius() : radius);
    }
}
