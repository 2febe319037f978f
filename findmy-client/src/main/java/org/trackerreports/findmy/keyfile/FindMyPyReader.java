package org.trackerreports.findmy.keyfile;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.Alignment;
import org.trackerreports.findmy.key.PrivateTrackerKey;

/**
 * Reads the JSON objects of FindMy.py: {@code keypair}, {@code custom_rolling_key_accessory} and {@code accessory}. Source: FindMy.py {@code
 * keys.py} and {@code accessory.py}.
 */
final class FindMyPyReader {

    /** Names of models such as {@code iPhone15,2}; those of tags and headphones have other beginnings. */
    private static final Pattern APPLE_DEVICE = Pattern.compile("(iPhone|iPad|iPod|i?Mac|Watch|RealityDevice).*");

    /** More than the number of quarter hours in a century. A larger index is damaged, and would take minutes to derive. */
    static final int MAX_INDEX = 4_000_000;

    private static final int SHARED_SECRET_BYTES = 32;

    private FindMyPyReader() {}

    static boolean recognises(Entry entry) {
        return entry.has("type");
    }

    static void read(String where, Entry entry, ZoneId zone, ParseResult result) {
        String type = entry.label("type").orElse("");
        switch (type) {
            case "keypair" -> {
                result.recognised(KeyFileFormat.FINDMY_KEYPAIR);
                result.attempt(where, () -> keyPair(entry, result));
            }
            case "custom_rolling_key_accessory" -> {
                result.recognised(KeyFileFormat.FINDMY_KEY_LIST);
                result.attempt(where, () -> keyList(where, entry, result));
            }
            case "accessory" -> {
                result.recognised(KeyFileFormat.FINDMY_ACCESSORY);
                result.attempt(where, () -> accessory(where, entry, zone, result));
            }
            case "account", "locReportEncrypted", "locReportDecrypted" ->
                result.problem(
                        where,
                        "this is FindMy.py's \"" + type + "\", which is no key file; use the file of the tracker");
            default ->
                result.problem(
                        where,
                        "this JSON object has an unknown \"type\"; expected keypair, accessory or"
                                + " custom_rolling_key_accessory");
        }
    }

    private static void keyPair(Entry entry, ParseResult result) throws UnusableEntryException {
        PrivateTrackerKey key = KeyBytes.privateKey("\"private_key\"", entry.requiredBytes("private_key"));
        result.staticKeys(entry.label("name"), List.of(key), entry.label("identifier"));
    }

    private static void keyList(String where, Entry entry, ParseResult result) throws UnusableEntryException {
        List<PrivateTrackerKey> keys = new ArrayList<>();
        List<?> texts = entry.list("private_keys");
        for (int i = 0; i < texts.size(); i++) {
            Object text = texts.get(i);
            result.attempt(where + ", key " + (i + 1), () -> {
                if (!(text instanceof String hex)) {
                    throw new UnusableEntryException("this key is not a string; expected 56 hexadecimal digits");
                }
                keys.add(KeyBytes.scalar("the key", KeyBytes.hex("the key", hex, PrivateTrackerKey.BYTES)));
            });
        }
        if (keys.isEmpty()) {
            throw new UnusableEntryException(
                    "\"private_keys\" contains no usable key; expected a list of hexadecimal keys");
        }
        result.staticKeys(entry.label("name"), keys, entry.label("identifier"));
    }

    private static void accessory(String where, Entry entry, ZoneId zone, ParseResult result)
            throws UnusableEntryException {
        Accessory accessory = Accessory.of(
                KeyBytes.scalar("\"master_key\"", entry.requiredHex("master_key", PrivateTrackerKey.BYTES)),
                entry.requiredHex("skn", SHARED_SECRET_BYTES),
                entry.requiredHex("sks", SHARED_SECRET_BYTES),
                entry.requiredInstant("paired_at", zone),
                alignment(where, entry, zone, result));
        result.tracker(entry.label("name"), accessory, entry.label("identifier"), isAppleDevice(entry));
    }

    /** The alignment. An accessory without a usable alignment works, but the first search for it takes longer. */
    private static Optional<Alignment> alignment(String where, Entry entry, ZoneId zone, ParseResult result) {
        try {
            Optional<Instant> date = entry.instant("alignment_date", zone);
            Optional<Integer> index = entry.index("alignment_index", MAX_INDEX);
            if (date.isPresent() != index.isPresent()) {
                throw new UnusableEntryException("only one of \"alignment_date\" and \"alignment_index\" is present");
            }
            return date.map(time -> new Alignment(time, index.orElseThrow()));
        } catch (UnusableEntryException e) {
            result.problem(
                    where,
                    e.getMessage() + ". The accessory is used without its alignment, so the first search starts at its"
                            + " pairing date");
            return Optional.empty();
        }
    }

    private static boolean isAppleDevice(Entry entry) {
        return entry.label("model")
                .filter(model -> APPLE_DEVICE.matcher(model).matches())
                .isPresent();
    }
}
