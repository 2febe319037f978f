package org.trackerreports.tools.maintenance;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.trackerreports.core.pipeline.TrackerKeyMaterial;
import org.trackerreports.findmy.key.KeyWindow;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.TrackerKeys;
import org.trackerreports.findmy.report.DecryptionOutcome;
import org.trackerreports.findmy.report.EncryptedReport;
import org.trackerreports.findmy.report.LocationReport;
import org.trackerreports.findmy.report.ReportDecryptor;
import org.trackerreports.findmy.report.ReportFlag;
import org.trackerreports.findmy.report.Undecryptable;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.city.City;
import org.trackerreports.store.city.CityFinder;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.RevisedReport;
import org.trackerreports.store.report.Reviser;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.tracker.Tracker;

/** Makes the decoded parts of a stored report again from its payload. Not thread-safe. */
final class Decryption implements Reviser {

    /** A finder's clock and an accessory's drift are within it. */
    private static final Duration AROUND = Duration.ofHours(2);

    private static final int MOST_IDS = 4_096;

    private final ReportStore store;
    private final ReportDecryptor decryptor;
    private final CityFinder cities;
    private final Map<Long, TrackerKeys> trackers = new HashMap<>();
    private final Map<String, PrivateTrackerKey> known = new HashMap<>();

    Decryption(ReportStore store, ReportDecryptor decryptor, CityFinder cities) {
        this.store = store;
        this.decryptor = decryptor;
        this.cities = cities;
    }

    @Override
    public RevisedReport revise(StoredReport report) {
        PrivateTrackerKey key = key(report)
                .orElseThrow(() -> new IllegalStateException("the tracker's keys do not hold the key of this report"));
        DecryptionOutcome outcome = decryptor.decrypt(new EncryptedReport(key.hashed(), report.payload()), key);
        return outcome instanceof LocationReport location
                ? revised(report, location)
                : new RevisedReport(
                        Optional.empty(),
                        0,
                        OptionalDouble.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Set.of(),
                        Optional.of(((Undecryptable) outcome).reason().name().toLowerCase(Locale.ROOT)));
    }

    private RevisedReport revised(StoredReport report, LocationReport location) {
        Optional<Position> position = Optional.of(new Position(location.latitude(), location.longitude()));
        Optional<String> city =
                position.equals(report.position()) && report.nearestCity().isPresent()
                        ? report.nearestCity()
                        : location.flags().contains(ReportFlag.COORDINATES_OUT_OF_RANGE)
                                ? Optional.empty()
                                : cities.nearest(location.latitude(), location.longitude())
                                        .map(City::label);
        // Whether its time lay in the future is known of when it was received, not of now.
        Set<String> marks = location.flags().stream()
                .map(mark -> mark.name().toLowerCase(Locale.ROOT))
                .filter(mark -> !mark.equals("time_in_future"))
                .collect(Collectors.toSet());
        if (report.marks().contains("time_in_future")) {
            marks.add("time_in_future");
        }
        return new RevisedReport(
                position,
                location.confidence(),
                OptionalDouble.of(location.horizontalAccuracy()),
                OptionalInt.of(location.status()),
                city,
                marks,
                Optional.empty());
    }

    private Optional<PrivateTrackerKey> key(StoredReport report) {
        if (!known.containsKey(report.hashedAdvKey()) && report.trackerId().isPresent()) {
            TrackerKeys keys = trackers.computeIfAbsent(report.trackerId().getAsLong(), this::keys);
            known.clear();
            KeyWindow window = keys.keysBetween(
                    report.timestamp().minus(AROUND), report.timestamp().plus(AROUND), MOST_IDS);
            for (int number = 0; number < window.groups(); number++) {
                window.group(number)
                        .primary()
                        .forEach(key -> known.put(key.hashed().base64(), key));
                window.group(number)
                        .secondary()
                        .forEach(key -> known.put(key.hashed().base64(), key));
            }
        }
        return Optional.ofNullable(known.get(report.hashedAdvKey()));
    }

    private TrackerKeys keys(long id) {
        Tracker tracker = store.trackers()
                .find(id)
                .orElseThrow(() -> new IllegalStateException("the tracker was removed meanwhile"));
        return TrackerKeyMaterial.fromStore(tracker);
    }
}
