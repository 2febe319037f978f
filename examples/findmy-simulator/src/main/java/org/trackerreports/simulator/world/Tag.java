package org.trackerreports.simulator.world;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A tag in its world: makes its sightings anew, whenever they are asked for, from the seed and the number of the interval, so
 * that it keeps no state but the sightings added by hand. Safe for use by many threads.
 */
final class Tag {
    static final Comparator<Sighting> NEWEST_FIRST = Comparator.comparing(Sighting::time)
            .thenComparing(Sighting::uploadedAt)
            .thenComparing(Sighting::latitudeE7)
            .thenComparing(Sighting::longitudeE7)
            .reversed();

    /** Up to this number of keys, a linear search is used: most tags have one key, and there may be a million tags. */
    private static final int FEW_KEYS = 8;

    private final TagSpec spec;
    private final String[] hashedKeys;
    private final long salt;
    private final @Nullable Map<String, Integer> indexes;
    private volatile List<Sighting> added = List.of();
    private volatile List<EncryptedReport> kept = List.of();

    Tag(TagSpec spec, String[] hashedKeys, long seed) {
        this.spec = spec;
        this.hashedKeys = hashedKeys;
        indexes = hashedKeys.length > FEW_KEYS ? indexes(hashedKeys) : null;
        byte[] name = AdvertisedKeys.sha256().digest(spec.name().getBytes(StandardCharsets.UTF_8));
        salt = new SplittableRandom(seed ^ ByteBuffer.wrap(name).getLong()).nextLong();
    }

    private static Map<String, Integer> indexes(String[] hashedKeys) {
        Map<String, Integer> result = new HashMap<>();
        for (int i = 0; i < hashedKeys.length; i++) {
            result.put(hashedKeys[i], i);
        }
        return result;
    }

    TagSpec spec() {
        return spec;
    }

    String[] hashedKeys() {
        return hashedKeys;
    }

    int indexOf(String hashedKey) {
        if (indexes != null) {
            return indexes.getOrDefault(hashedKey, -1);
        }
        for (int i = 0; i < hashedKeys.length; i++) {
            if (hashedKeys[i].equals(hashedKey)) {
                return i;
            }
        }
        return -1;
    }

    synchronized void add(Sighting sighting) {
        List<Sighting> all = new ArrayList<>(added);
        all.add(sighting);
        all.sort(NEWEST_FIRST);
        added = List.copyOf(all);
    }

    /**
     * The payload of a sighting. As many as were prepared are kept, and at least the one made last, for a service that hands out the newest
     * again and again.
     */
    EncryptedReport encrypt(Sighting sighting, ReportCipher cipher) {
        List<EncryptedReport> known = kept;
        for (EncryptedReport report : known) {
            if (report.sighting().equals(sighting)) {
                return report;
            }
        }
        EncryptedReport report = make(sighting, cipher);
        List<EncryptedReport> newest = new ArrayList<>(List.of(report));
        newest.addAll(known.subList(0, Math.max(0, known.size() - 1)));
        kept = List.copyOf(newest);
        return report;
    }

    private EncryptedReport make(Sighting sighting, ReportCipher cipher) {
        byte[] key = spec.keys().key(indexOf(sighting.hashedKey()));
        return new EncryptedReport(sighting, cipher.encrypt(key, sighting, spec.payloadForm()));
    }

    /** Encrypts the newest payloads in advance. */
    void prepare(Instant at, Instant oldest, int reports, ReportCipher cipher) {
        kept = uploaded(-1, at, oldest, reports).stream()
                .map(sighting -> make(sighting, cipher))
                .toList();
    }

    /** All sightings with a time in the range, oldest first. */
    List<Sighting> between(Instant from, Instant until) {
        List<Sighting> result = new ArrayList<>();
        long first = Math.max(from.getEpochSecond(), spec.seenFrom().getEpochSecond());
        long end = Math.min(until.getEpochSecond() + 1, spec.seenUntil().getEpochSecond());
        for (long slot = slotOf(first); first < end && slot <= slotOf(end); slot++) {
            Sighting sighting = sightingIn(slot, -1);
            if (sighting != null) {
                result.add(sighting);
            }
        }
        result.addAll(added);
        result.removeIf(s -> s.time().isBefore(from) || !s.time().isBefore(until));
        result.sort(NEWEST_FIRST.reversed());
        return result;
    }

    /**
     * The newest sightings that are uploaded at a moment, newest first.
     *
     * @param keyIndex only those with this key, or −1 for any
     * @param oldest older ones are forgotten
     */
    List<Sighting> uploaded(int keyIndex, Instant at, Instant oldest, int limit) {
        long first = Math.max(oldest.getEpochSecond(), spec.seenFrom().getEpochSecond());
        long last = Math.min(at.getEpochSecond(), spec.seenUntil().getEpochSecond() - 1);
        if (keyIndex >= 0) {
            first = Math.max(first, spec.keys().firstSecond(keyIndex));
            last = Math.min(last, spec.keys().endSecond(keyIndex) - 1);
        }
        List<Sighting> result = new ArrayList<>();
        for (long slot = slotOf(last); first <= last && slot >= slotOf(first) && result.size() < limit; slot--) {
            Sighting sighting = sightingIn(slot, keyIndex);
            if (sighting != null && isThere(sighting, at, oldest)) {
                result.add(sighting);
            }
        }
        if (!added.isEmpty()) {
            added.stream()
                    .filter(s -> keyIndex < 0 || s.hashedKey().equals(hashedKeys[keyIndex]))
                    .filter(s -> isThere(s, at, oldest))
                    .limit(limit)
                    .forEach(result::add);
            result.sort(NEWEST_FIRST);
        }
        return result.size() <= limit ? result : result.subList(0, limit);
    }

    private static boolean isThere(Sighting sighting, Instant at, Instant oldest) {
        return sighting != null
                && !sighting.uploadedAt().isAfter(at)
                && !sighting.time().isBefore(oldest);
    }

    private long slotOf(long epochSecond) {
        return Math.floorDiv(epochSecond, spec.finders().interval().toSeconds());
    }

    private @Nullable Sighting sightingIn(long slot, int wantedKey) {
        Finders finders = spec.finders();
        SplittableRandom random = new SplittableRandom(new SplittableRandom(salt + slot).nextLong());
        long interval = finders.interval().toSeconds();
        long second = slot * interval + random.nextLong(interval);
        int index = spec.keys().indexAt(second);
        if (index < 0
                || wantedKey >= 0 && index != wantedKey
                || second < spec.seenFrom().getEpochSecond()
                || second >= spec.seenUntil().getEpochSecond()) {
            return null;
        }
        Instant time = Instant.ofEpochSecond(second);
        Position position = spec.route().at(time);
        if (finders.errors().isPresent()) {
            return wrongSighting(finders, finders.errors().get(), slot, index, time, position, random);
        }
        return new Sighting(
                hashedKeys[index],
                time,
                position.latitudeE7(),
                position.longitudeE7(),
                random.nextInt(finders.minimumAccuracy(), finders.maximumAccuracy() + 1),
                random.nextInt(finders.minimumConfidence(), finders.maximumConfidence() + 1),
                spec.status(),
                time.plusSeconds(random.nextLong(
                        finders.minimumDelay().toSeconds(),
                        finders.maximumDelay().toSeconds() + 1)));
    }

    private Sighting wrongSighting(
            Finders finders,
            FinderErrors errors,
            long slot,
            int index,
            Instant time,
            Position truth,
            SplittableRandom random) {
        FinderErrors.Observation seen = errors.observe(truth, salt, slot, random);
        return new Sighting(
                hashedKeys[index],
                time,
                seen.position().latitudeE7(),
                seen.position().longitudeE7(),
                seen.accuracy(),
                random.nextInt(finders.minimumConfidence(), finders.maximumConfidence() + 1),
                spec.status(),
                time.plusSeconds(errors.delaySeconds(random)));
    }
}
