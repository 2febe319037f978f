package org.trackerreports.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All tags, and the reports about them that the service holds at any moment. Safe for use by many threads.
 *
 * <p>Reports are encrypted on request and are the same each time. {@link #prepare} encrypts the newest ones in advance.
 */
public final class World {
    /** How long the service keeps a report, counted from the sighting. */
    public static final Duration RETENTION = Duration.ofDays(7);

    private final long seed;
    private final ReportCipher cipher;
    private final byte[] strangersKey;
    private final Map<String, Tag> tagByName = new ConcurrentHashMap<>();
    private final Map<String, Tag> tagByHashedKey = new ConcurrentHashMap<>();

    /** An empty world; equal seeds give equal sightings and payloads. */
    public World(long seed) {
        this.seed = seed;
        cipher = new ReportCipher(seed);
        strangersKey = AdvertisedKeys.someKey(seed);
    }

    /**
     * Adds a tag.
     *
     * @throws IllegalArgumentException if its name or one of its keys is taken, or a key is not on the curve
     */
    public void addTag(TagSpec spec) {
        String[] hashedKeys = new String[spec.keys().size()];
        for (int i = 0; i < hashedKeys.length; i++) {
            byte[] key = spec.keys().key(i);
            AdvertisedKeys.point(key);
            hashedKeys[i] = AdvertisedKeys.hash(key);
        }
        Tag tag = new Tag(spec, hashedKeys, seed);
        synchronized (this) {
            if (tagByName.containsKey(spec.name())) {
                throw new IllegalArgumentException("There is already a tag named " + spec.name() + ".");
            }
            for (String hashedKey : hashedKeys) {
                Tag owner = tagByHashedKey.get(hashedKey);
                if (owner != null) {
                    throw new IllegalArgumentException("A key of tag " + spec.name() + " already belongs to tag "
                            + owner.spec().name() + ".");
                }
            }
            tagByName.put(spec.name(), tag);
            for (String hashedKey : hashedKeys) {
                tagByHashedKey.put(hashedKey, tag);
            }
        }
    }

    /** Removes a tag with all its reports; says whether it was there. */
    public synchronized boolean removeTag(String name) {
        Tag tag = tagByName.remove(name);
        if (tag == null) {
            return false;
        }
        for (String hashedKey : tag.hashedKeys()) {
            tagByHashedKey.remove(hashedKey);
        }
        return true;
    }

    /** Names of all tags, sorted. */
    public List<String> tagNames() {
        return tagByName.keySet().stream().sorted().toList();
    }

    /** Number of tags. */
    public int size() {
        return tagByName.size();
    }

    /**
     * Adds one sighting to those that the finders of the tag make, for cases that must be exact.
     *
     * @throws NoSuchElementException if there is no such tag
     * @throws IllegalArgumentException if the sighting's key is not one of its keys
     */
    public void addSighting(String tagName, Sighting sighting) {
        Tag tag = tag(tagName);
        if (tag.indexOf(sighting.hashedKey()) < 0) {
            throw new IllegalArgumentException("The sighting's key is not a key of tag " + tagName + ".");
        }
        tag.add(sighting);
    }

    /**
     * The truth: every sighting of a tag in a time range, oldest first, whether uploaded or not.
     *
     * @param from inclusive
     * @param until exclusive
     * @throws NoSuchElementException if there is no such tag
     */
    public List<Sighting> truth(String tagName, Instant from, Instant until) {
        return tag(tagName).between(from, until);
    }

    /**
     * The newest sighting, by its own time, that the service holds at a moment.
     *
     * @throws NoSuchElementException if there is no such tag
     */
    public Optional<Sighting> newestVisible(String tagName, Instant at) {
        return tag(tagName).uploaded(-1, at, at.minus(RETENTION), 1).stream().findFirst();
    }

    /**
     * The reports that the service returns for several ids together: the newest over all ids, newest first.
     *
     * @param hashedKeys ids; unknown ones have no reports
     * @param limit at most this many reports in total
     */
    public List<EncryptedReport> newestReports(List<String> hashedKeys, Instant at, int limit) {
        List<TagSighting> sightings = new ArrayList<>();
        for (String hashedKey : hashedKeys) {
            Tag tag = tagByHashedKey.get(hashedKey);
            if (tag != null) {
                tag.uploaded(tag.indexOf(hashedKey), at, at.minus(RETENTION), limit)
                        .forEach(sighting -> sightings.add(new TagSighting(tag, sighting)));
            }
        }
        if (hashedKeys.size() > 1) {
            sightings.sort(Comparator.comparing(TagSighting::sighting, Tag.NEWEST_FIRST));
        }
        return sightings.stream()
                .limit(limit)
                .map(found -> found.tag().encrypt(found.sighting(), cipher))
                .toList();
    }

    /** The newest reports of one id, newest first. */
    public List<EncryptedReport> newestReports(String hashedKey, Instant at, int limit) {
        return newestReports(List.of(hashedKey), at, limit);
    }

    /**
     * Encrypts the newest reports of every tag in advance, so that the next requests for them need no encryption.
     *
     * @param reports how many of each tag
     */
    public void prepare(Instant at, int reports) {
        tagByName.values().parallelStream().forEach(tag -> tag.prepare(at, at.minus(RETENTION), reports, cipher));
    }

    /** Hashed key of a key that no tag has. */
    public String strangersHashedKey() {
        return AdvertisedKeys.hash(strangersKey);
    }

    /** A well-formed payload of 88 bytes that no tag's private key can open. */
    public byte[] strangersReport(Instant time) {
        Instant second = time.truncatedTo(ChronoUnit.SECONDS);
        Sighting sighting = new Sighting(strangersHashedKey(), second, 0, 0, 10, 2, 0, second);
        return cipher.encrypt(strangersKey, sighting, PayloadForm.BYTES_88);
    }

    private Tag tag(String name) {
        Tag tag = tagByName.get(name);
        if (tag == null) {
            throw new NoSuchElementException("There is no tag named " + name + ".");
        }
        return tag;
    }

    private record TagSighting(Tag tag, Sighting sighting) {}
}
