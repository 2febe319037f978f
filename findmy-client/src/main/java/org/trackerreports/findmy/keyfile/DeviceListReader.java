package org.trackerreports.findmy.keyfile;

import java.util.ArrayList;
import java.util.List;
import org.trackerreports.findmy.key.PrivateTrackerKey;

/**
 * Reads trackers with static keys in the format of OpenHaystack, which macless-haystack and go-haystack use, too: JSON and property
 * lists. Source: OpenHaystack {@code Accessory.swift}, macless-haystack {@code generate_keys.py} and {@code accessory_dto.dart}.
 */
final class DeviceListReader {

    private DeviceListReader() {}

    static boolean recognises(Entry entry) {
        return entry.has("privateKey");
    }

    static void readJson(String where, Entry entry, ParseResult result) {
        boolean fromOpenHaystack = entry.has("usesDerivation") || entry.has("colorSpaceName");
        read(where, entry, fromOpenHaystack ? KeyFileFormat.OPENHAYSTACK_JSON : KeyFileFormat.DEVICES_JSON, result);
    }

    static void readPropertyList(String where, Entry entry, ParseResult result) {
        read(where, entry, KeyFileFormat.OPENHAYSTACK_PLIST, result);
    }

    private static void read(String where, Entry entry, KeyFileFormat format, ParseResult result) {
        result.recognised(format);
        result.attempt(where, () -> {
            // The generator stores the last key separately.
            List<PrivateTrackerKey> keys = additionalKeys(where, entry, result);
            keys.add(KeyBytes.privateKey("\"privateKey\"", entry.requiredBytes("privateKey")));
            if (entry.isTrue("usesDerivation")) {
                result.problem(
                        where,
                        "OpenHaystack derives further keys of this tracker from \"symmetricKey\"; only its base key is used,"
                                + " so reports for derived keys are not found. Turn off key derivation in OpenHaystack, and"
                                + " deploy the tracker again");
            }
            result.staticKeys(entry.label("name"), keys, entry.label("id"));
        });
    }

    private static List<PrivateTrackerKey> additionalKeys(String where, Entry entry, ParseResult result)
            throws UnusableEntryException {
        List<PrivateTrackerKey> keys = new ArrayList<>();
        List<?> values = entry.list("additionalKeys");
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            result.attempt(
                    where + ", additional key " + (i + 1),
                    () -> keys.add(KeyBytes.privateKey("the key", Entry.bytesOf("the key", value))));
        }
        return keys;
    }
}
