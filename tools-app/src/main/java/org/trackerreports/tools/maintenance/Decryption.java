package org.trackerreports.tools.maintenance;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trackerreports.core.pipeline.ReportContents;
import org.trackerreports.core.pipeline.TrackerKeyMaterial;
import org.trackerreports.findmy.key.KeyWindow;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.TrackerKeys;
import org.trackerreports.findmy.report.DecryptionOutcome;
import org.trackerreports.findmy.report.EncryptedReport;
import org.trackerreports.findmy.report.ReportDecryptor;
import org.trackerreports.findmy.report.ReportFlag;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.city.CityFinder;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.report.Reviser;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.tracker.Tracker;

/** Decrypts a stored report again. Not thread-safe. */
final class Decryption implements Reviser {

    /** Allows for inexact clocks of finders and for the drift of an accessory. */
    private static final Duration AROUND = Duration.ofHours(2);

    private static final String FUTURE = ReportFlag.FUTURE.name();

    private static final int MAX_IDS = 4_096;

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
    public ReportContent revise(StoredReport report) {
        PrivateTrackerKey key = key(report)
                .orElseThrow(() -> new IllegalStateException("the tracker has no key that fits this report"));
        byte[] payload = report.payload().orElseThrow().bytes();
        DecryptionOutcome outcome = decryptor.decrypt(new EncryptedReport(key.hashed(), payload), key);
        ReportContent content = ReportContents.of(outcome, cities);
        return content.undecryptableReason().isEmpty() ? withWhatWasKnown(content, report.content()) : content;
    }

    /** Whether the time was in the future depends on when the report was received, and the city may come from another finder. */
    private static ReportContent withWhatWasKnown(ReportContent content, ReportContent stored) {
        Set<String> flags = new HashSet<>(content.wrongFlags());
        flags.remove(FUTURE);
        if (stored.wrongFlags().contains(FUTURE)) {
            flags.add(FUTURE);
        }
        ReportContent revised = content.withFlags(flags, stored.uncertainFlags());
        return content.position().equals(stored.position())
                        && stored.nearestCity().isPresent()
                ? revised.withNearestCity(stored.nearestCity())
                : revised;
    }

    private Optional<PrivateTrackerKey> key(StoredReport report) {
        if (!known.containsKey(report.hashedAdvKey()) && report.trackerId().isPresent()) {
            TrackerKeys keys = trackers.computeIfAbsent(report.trackerId().getAsLong(), this::keys);
            known.clear();
            KeyWindow window = keys.keysBetween(
                    report.timestamp().minus(AROUND), report.timestamp().plus(AROUND), MAX_IDS);
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
                .orElseThrow(() -> new IllegalStateException("the tracker was removed in the meantime"));
        return TrackerKeyMaterial.fromStore(tracker);
    }
}
