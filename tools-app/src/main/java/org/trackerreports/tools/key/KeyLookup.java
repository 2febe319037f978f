package org.trackerreports.tools.key;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.KeyGroup;
import org.trackerreports.findmy.key.KeyWindow;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.findmy.report.DecryptionOutcome;
import org.trackerreports.findmy.report.EncryptedReport;
import org.trackerreports.findmy.report.LocationReport;
import org.trackerreports.findmy.report.ReportDecryptor;
import org.trackerreports.findmy.report.Undecryptable;
import org.trackerreports.tools.text.Progress;

/** Finds the key that a payload was encrypted for. Not thread-safe. */
final class KeyLookup {

    private static final int KEYS_IN_A_GROUP = 256;
    /** More candidates than these are not tried: the accessory has been silent for too long. */
    private static final int MAX_GROUPS = 40;
    /** Allows for inexact clocks of finders. */
    private static final Duration MARGIN = Duration.ofHours(1);

    /** For checks of the payload that do not depend on the key. */
    private static final PrivateTrackerKey ANY_KEY = anyKey();

    private final byte[] payload;
    private final ReportDecryptor decryptor;
    private final Collection<Integer> indices;
    private long tried;
    private boolean cutShort;

    /** @param indices the primary indices of accessories to try; if empty, those that fit the report's time */
    KeyLookup(byte[] payload, ReportDecryptor decryptor, Collection<Integer> indices) {
        this.payload = payload;
        this.decryptor = decryptor;
        this.indices = indices;
    }

    /** The tracker whose key fits, and the report. */
    record Hit(NamedKeys tracker, LocationReport report) {}

    /** Tries the keys of the trackers one after the other. */
    Optional<Hit> find(List<NamedKeys> trackers, Supplier<Progress> progress) {
        try (Progress shown = progress.get()) {
            for (NamedKeys tracker : trackers) {
                Optional<LocationReport> report = candidates(tracker)
                        .peek(key -> shown.done(++tried))
                        .map(key -> decryptor.decrypt(new EncryptedReport(key.hashed(), payload), key))
                        .filter(LocationReport.class::isInstance)
                        .map(LocationReport.class::cast)
                        .findFirst();
                if (report.isPresent()) {
                    return Optional.of(new Hit(tracker, report.get()));
                }
            }
            return Optional.empty();
        }
    }

    /** What is wrong with the payload itself, whatever the key. */
    Optional<Undecryptable> flaw() {
        DecryptionOutcome outcome = decryptor.decrypt(new EncryptedReport(ANY_KEY.hashed(), payload), ANY_KEY);
        return switch (outcome.kind()) {
            case DECRYPTED -> Optional.empty();
            case UNDECRYPTABLE ->
                Optional.of((Undecryptable) outcome)
                        .filter(failure -> failure.reason() != Undecryptable.Reason.AUTHENTICATION_FAILED);
        };
    }

    private static PrivateTrackerKey anyKey() {
        byte[] scalar = new byte[PrivateTrackerKey.BYTES];
        scalar[scalar.length - 1] = 1;
        return PrivateTrackerKey.of(scalar);
    }

    /** How many keys were tried. */
    long tried() {
        return tried;
    }

    /** Whether an accessory has more candidates than were tried. */
    boolean cutShort() {
        return cutShort;
    }

    private Stream<PrivateTrackerKey> candidates(NamedKeys tracker) {
        if (tracker.keys() instanceof Accessory && !indices.isEmpty()) {
            return KeyDescription.of(tracker, indices).keys().stream().map(KeyDescription.Key::key);
        }
        Instant time =
                new EncryptedReport(ANY_KEY.hashed(), payload).timestamp().orElse(Instant.EPOCH);
        KeyWindow window = tracker.keys().keysBetween(time.minus(MARGIN), time.plus(MARGIN), KEYS_IN_A_GROUP);
        boolean rolling = tracker.keys() instanceof Accessory;
        int groups = rolling ? Math.min(window.groups(), MAX_GROUPS) : window.groups();
        cutShort |= groups < window.groups();
        return Stream.iterate(0, number -> number < groups, number -> number + 1)
                .map(window::group)
                .flatMap(KeyLookup::keys);
    }

    private static Stream<PrivateTrackerKey> keys(KeyGroup group) {
        return Stream.concat(group.primary().stream(), group.secondary().stream());
    }
}
