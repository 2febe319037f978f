package org.trackerreports.findmy.keyfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trackerreports.findmy.key.PrivateTrackerKey;

/**
 * Reads devices with lists of keys, the format that OFReadKeys exports and OpenHaystack reads. Source: OpenHaystack {@code
 * FindMyKeyDecoder.swift}.
 */
final class DeviceKeysReader {

    private DeviceKeysReader() {}

    static boolean recognises(Entry entry) {
        return entry.has("keys");
    }

    static void read(String where, Entry entry, ParseResult result) {
        result.recognised(KeyFileFormat.DEVICE_KEYS_PLIST);
        result.attempt(where, () -> {
            List<PrivateTrackerKey> keys = new ArrayList<>();
            List<?> values = entry.list("keys");
            for (int i = 0; i < values.size(); i++) {
                Object value = values.get(i);
                result.attempt(where + ", key " + (i + 1), () -> keys.add(key(value)));
            }
            if (keys.isEmpty()) {
                throw new UnusableEntryException("\"keys\" contains no usable key");
            }
            result.staticKeys(Optional.empty(), keys, entry.label("deviceId"));
        });
    }

    private static PrivateTrackerKey key(Object value) throws UnusableEntryException {
        Optional<Entry> entry = Entry.of(value);
        if (entry.isEmpty()) {
            throw new UnusableEntryException("this is not a dictionary; expected one with \"privateKey\"");
        }
        PrivateTrackerKey key =
                KeyBytes.privateKey("\"privateKey\"", entry.get().requiredBytes("privateKey"));
        Optional<byte[]> advertised = entry.get().bytes("advertisedKey");
        if (advertised.isPresent()) {
            KeyBytes.requireAdvertised(key, advertised.get());
        }
        Optional<byte[]> hashed = entry.get().bytes("hashedKey");
        if (hashed.isPresent()) {
            KeyBytes.requireHashed(key, hashed.get());
        }
        return key;
    }
}
