package org.trackerreports.findmy.keyfile;

/** The formats of key files. {@link KeyFiles} detects them from the content. */
public enum KeyFileFormat {
    /** Lines {@code Private key: …}, {@code Advertisement key: …}, {@code Hashed adv key: …}. */
    KEYS_TEXT(".keys text", Holds.PRIVATE_KEYS),
    /** One private key in each line, base64 or hexadecimal. All keys in a file belong to one tracker. */
    KEY_LIST("list of private keys, one per line", Holds.PRIVATE_KEYS),
    /** {@code devices.json} of macless-haystack, or an export from its app. */
    DEVICES_JSON("macless-haystack devices.json", Holds.PRIVATE_KEYS),
    /** Accessories that OpenHaystack or go-haystack exported. */
    OPENHAYSTACK_JSON("OpenHaystack or go-haystack JSON", Holds.PRIVATE_KEYS),
    /** Accessories in OpenHaystack's own file. */
    OPENHAYSTACK_PLIST("OpenHaystack plist", Holds.PRIVATE_KEYS),
    /** One static key, from FindMy.py. */
    FINDMY_KEYPAIR("FindMy.py keypair", Holds.PRIVATE_KEYS),
    /** A list of static keys, from FindMy.py. */
    FINDMY_KEY_LIST("FindMy.py custom_rolling_key_accessory", Holds.PRIVATE_KEYS),
    /** An accessory with rolling keys, from FindMy.py. */
    FINDMY_ACCESSORY("FindMy.py accessory", Holds.PRIVATE_KEYS),
    /** Devices with lists of keys, from OFReadKeys or OpenHaystack. */
    DEVICE_KEYS_PLIST("OFReadKeys plist", Holds.PRIVATE_KEYS),
    /** The binary key cache of macOS 10.15 and 11. */
    MACOS_KEY_CACHE("macOS key cache", Holds.PRIVATE_KEYS),
    /** A decrypted record of Apple's folder {@code OwnedBeacons} or {@code MasterBeacons}. */
    APPLE_BEACON("Apple OwnedBeacons plist", Holds.PRIVATE_KEYS),
    /** A decrypted record of {@code KeyAlignmentRecords}; contains the alignment of a beacon. */
    APPLE_ALIGNMENT("Apple KeyAlignmentRecords plist", Holds.NO_KEYS),
    /** A decrypted record of {@code BeaconNamingRecord}; contains the name of a beacon. */
    APPLE_NAME("Apple BeaconNamingRecord plist", Holds.NO_KEYS),
    /** A record of Apple that is still encrypted. */
    APPLE_ENCRYPTED("encrypted Apple record", Holds.NO_KEYS),
    /** An export from OpenTagViewer, or any other zip with key files. */
    ZIP("OpenTagViewer zip", Holds.PRIVATE_KEYS),
    /** Public keys for a tracker's flash memory. */
    FIRMWARE_KEYS("firmware key file", Holds.NO_KEYS),
    /** Public keys for an ESPHome configuration. */
    FIRMWARE_YAML("firmware YAML", Holds.NO_KEYS),
    /** None of the above. */
    UNKNOWN("unknown", Holds.NO_KEYS);

    private enum Holds {
        PRIVATE_KEYS,
        NO_KEYS
    }

    private final String title;
    private final Holds holds;

    KeyFileFormat(String title, Holds holds) {
        this.title = title;
        this.holds = holds;
    }

    /** The name of the format, for the user. */
    public String title() {
        return title;
    }

    /** Whether a file of this format can contain trackers. */
    public boolean holdsPrivateKeys() {
        return holds == Holds.PRIVATE_KEYS;
    }
}
