package org.trackerreports.findmy.keyfile;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.Alignment;
import org.trackerreports.findmy.key.PrivateTrackerKey;

/**
 * Reads the decrypted records of Apple's searchpartyd: beacons with their secrets, and alignments and names in separate files.
 * Source: FindMy.py {@code accessory.py} and {@code plist.py}.
 */
final class AppleRecordsReader {

    private static final int SHARED_SECRET_BYTES = 32;

    private AppleRecordsReader() {}

    static boolean recognises(Entry entry) {
        return isBeacon(entry) || entry.has("lastIndexObserved") || isName(entry);
    }

    /** A name need not say whose it is, because the folder does. */
    private static boolean isName(Entry entry) {
        return entry.has("associatedBeacon") || entry.has("name") && (entry.has("roleId") || entry.has("emoji"));
    }

    private static boolean isBeacon(Entry entry) {
        return entry.has("sharedSecret") || entry.has("pairingDate") || entry.has("stableIdentifier");
    }

    static void read(String where, Entry entry, ZoneId zone, ParseResult result) {
        if (isBeacon(entry)) {
            result.recognised(KeyFileFormat.APPLE_BEACON);
            try {
                beacon(entry, zone, result);
            } catch (UnusableEntryException e) {
                result.problem(where, e.getMessage());
                entry.label("identifier").ifPresent(result.unusableBeacons::add);
            }
        } else if (entry.has("lastIndexObserved")) {
            result.recognised(KeyFileFormat.APPLE_ALIGNMENT);
            result.attempt(where, () -> alignment(where, entry, zone, result));
        } else {
            result.recognised(KeyFileFormat.APPLE_NAME);
            result.attempt(where, () -> name(where, entry, result));
        }
    }

    private static void beacon(Entry entry, ZoneId zone, ParseResult result) throws UnusableEntryException {
        if (!entry.has("privateKey")) {
            throw new UnusableEntryException(
                    "this beacon has no \"privateKey\", like items that others share with you; its reports cannot be"
                            + " decrypted");
        }
        PrivateTrackerKey master = KeyBytes.privateKey("\"privateKey\"", wrapped(entry, "privateKey"));
        if (entry.has("publicKey")) {
            KeyBytes.requirePoint(master, wrapped(entry, "publicKey"));
        }
        // Tags and accessories have the one, telephones and computers the other.
        boolean appleDevice = !entry.has("secondarySharedSecret");
        String secondary = appleDevice ? "secureLocationsSharedSecret" : "secondarySharedSecret";
        Accessory accessory = Accessory.of(
                master,
                sharedSecret(entry, "sharedSecret"),
                sharedSecret(entry, secondary),
                entry.requiredInstant("pairingDate", zone),
                Optional.empty());
        result.tracker(entry.label("name"), accessory, entry.label("identifier"), appleDevice);
    }

    private static void alignment(String where, Entry entry, ZoneId zone, ParseResult result)
            throws UnusableEntryException {
        String beacon = beacon(entry, "beaconIdentifier", result);
        int index = entry.index("lastIndexObserved", FindMyPyReader.MAX_INDEX).orElseThrow();
        Instant time = entry.requiredInstant("lastIndexObservationDate", zone);
        result.alignments.add(new ParseResult.AlignmentOf(where, beacon, new Alignment(time, index)));
    }

    private static void name(String where, Entry entry, ParseResult result) throws UnusableEntryException {
        String beacon = beacon(entry, "associatedBeacon", result);
        result.names.add(new ParseResult.NameOf(where, beacon, entry.requiredLabel("name")));
    }

    /** The beacon of a record. If the record does not name it, the folder's name is the beacon's identifier. */
    private static String beacon(Entry entry, String name, ParseResult result) throws UnusableEntryException {
        Optional<String> beacon = entry.label(name).or(result::folder);
        return beacon.isPresent() ? beacon.get() : entry.requiredLabel(name);
    }

    private static byte[] sharedSecret(Entry entry, String name) throws UnusableEntryException {
        byte[] secret = wrapped(entry, name);
        if (secret.length != SHARED_SECRET_BYTES) {
            throw new UnusableEntryException(
                    Entry.quoted(name) + " has " + secret.length + " bytes; expected " + SHARED_SECRET_BYTES);
        }
        return secret;
    }

    /** Each secret is wrapped as {@code {key: {data: …}}}. */
    private static byte[] wrapped(Entry entry, String name) throws UnusableEntryException {
        Optional<Entry> inner = entry.entry(name).flatMap(outer -> outer.entry("key"));
        if (inner.isEmpty() || !inner.get().has("data")) {
            throw new UnusableEntryException(
                    Entry.quoted(name) + " is missing, or is not of the form {key: {data: …}}");
        }
        return Entry.bytesOf(Entry.quoted(name), inner.get().members().get("data"));
    }
}
