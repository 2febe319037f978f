package org.trackerreports.core.pipeline;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.trackerreports.findmy.report.DecryptionOutcome;
import org.trackerreports.findmy.report.LocationReport;
import org.trackerreports.findmy.report.ReportFlag;
import org.trackerreports.findmy.report.Undecryptable;
import org.trackerreports.store.city.City;
import org.trackerreports.store.city.CityFinder;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;

/** Turns the outcome of a decryption into what the store keeps of it. */
public final class ReportContents {

    private ReportContents() {}

    /** The content of a report, with its position and nearest city if the position is on earth. */
    public static ReportContent of(DecryptionOutcome outcome, CityFinder cities) {
        return outcome instanceof LocationReport report
                ? located(report, cities)
                : ReportContent.undecryptable(
                        ((Undecryptable) outcome).reason().name().toLowerCase(Locale.ROOT));
    }

    private static ReportContent located(LocationReport report, CityFinder cities) {
        // A place that is not on earth is kept in the payload alone, with its flag: no database has room for it as a
        // position.
        Optional<Position> position =
                Optional.of(new Position(report.latitude(), report.longitude())).filter(Position::isOnEarth);
        Optional<String> city = position.flatMap(place -> cities.nearest(place.latitude(), place.longitude()))
                .map(City::label);
        return new ReportContent(
                position,
                report.confidence(),
                OptionalDouble.of(report.horizontalAccuracy()),
                OptionalInt.of(report.status()),
                city,
                report.flags().stream().map(ReportFlag::name).collect(Collectors.toSet()),
                Optional.empty());
    }
}
