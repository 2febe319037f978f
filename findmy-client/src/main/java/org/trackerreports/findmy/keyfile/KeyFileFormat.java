package org.trackerreports.findmy.keyfile;

/** The formats of key files, as {@link KeyFiles} recognises them by their content. */
public enum KeyFileFormat {
    /** Lines {@code Private key: …}, {@code Advertisement key: …}, {@code Hashed adv key: …}. */
    KEYS_TEXT(".keys text", Holds.PRIVATE_KEYS),
    /** One private key in each line, base64 or hexadecimal; all of them belong to one tracker, so each tracker has its own file. */
    KEY_LIST("list of private keys, one a line", Holds.PRIVATE_KEYS),
    /** {@code devices.json} of macless-haystack, or the export of its app. */
    DEVICES_JSON("macless-haystack devices.json", Holds.PRIVATE_KEYS),
    /** Accessories as OpenHaystack and go-haystack export them. */
    OPENHAYSTACK_JSON("OpenHaystack or go-haystack JSON", Holds.PRIVATE_KEYS),
    /** Accessories as OpenHaystack keeps them. */
    OPENHAYSTACK_PLIST("OpenHaystack plist", Holds.PRIVATE_KEYS),
    /** One static key of FindMy.py. */
    FINDMY_KEYPAIR("FindMy.py keypair", Holds.PRIVATE_KEYS),
    /** A list of static keys of FindMy.py. */
    FINDMY_KEY_LIST("FindMy.py custom_rolling_key_accessory", Holds.PRIVATE_KEYS),
    /** An accessory with rolling keys of FindMy.py. */
    FINDMY_ACCESSORY("FindMy.py accessory", Holds.PRIVATE_KEYS),
    /** Devices with their key lists as OFReadKeys and OpenHaystack write them. */
    DEVICE_KEYS_PLIST("OFReadKeys plist", Holds.PRIVATE_KEYS),
    /** The binary key cache of macOS 10.15 and 11. */
    MACOS_KEY_CACHE("macOS key cache", Holds.PRIVATE_KEYS),
    /** A decrypted record of Apple's folder {@code OwnedBeacons} or {@code MasterBeacons}. */
    APPLE_BEACON("Apple OwnedBeacons plist", Holds.PRIVATE_KEYS),
    /** A decrypted record of {@code KeyAlignmentRecords}; says how far a beacon's keys have come. */
    APPLE_ALIGNMENT("Apple KeyAlignmentRecords plist", Holds.NO_KEYS),
    /** A decrypted record of {@code BeaconNamingRecord}; says what a beacon is called. */
    APPLE_NAME("Apple BeaconNamingRecord plist", Holds.NO_KEYS),
    /** A record of Apple's that is still encrypted. */
    APPLE_ENCRYPTED("encrypted Apple record", Holds.NO_KEYS),
    /** The export of OpenTagViewer, or any zip of key files. */
    ZIP("OpenTagViewer zip", Holds.PRIVATE_KEYS),
    /** Public keys for a tracker's flash memory. */
    FIRMWARE_KEYS("firmware key file", Holds.NO_KEYS),
    /** Public keys for an ESPHome configuration. */
    FIRMWARE_YAML("firmware YAML", Holds.NO_KEYS),
    /** Nothing of the above. */
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

    /** The name for a user. */
    public String title() {
        return title;
    }

    /** Whether trackers can come from a file of this format on its own. */
    public boolean holdsPrivateKeys() {
        return holds == Holds.PRIVATE_KEYS;
    }
}
