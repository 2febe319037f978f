package org.trackerreports.findmy.keyfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads key files that are property lists: one record of Apple, or an array of dictionaries of OpenHaystack or OFReadKeys. */
final class PropertyListReader {

    private PropertyListReader() {}

    static boolean recognisesXml(String text) {
        return text.stripLeading().startsWith("<") && text.contains("<plist");
    }

    static boolean recognisesBinary(Source source) {
        return source.startsWith("bplist");
    }

    static void readXml(String text, ReadOptions options, ParseResult result) {
        result.attempt(ParseResult.WHOLE_FILE, () -> read(PropertyLists.xml(text), options, result));
    }

    static void readBinary(byte[] content, ReadOptions options, ParseResult result) {
        result.attempt(ParseResult.WHOLE_FILE, () -> read(PropertyLists.binary(content), options, result));
    }

    private static void read(Object root, ReadOptions options, ParseResult result) throws UnusableEntryException {
        @Nullable Object plain = PropertyLists.plain(root);
        if (plain instanceof List<?> record && isEncryptedRecord(record)) {
            try {
                plain = PropertyLists.plain(decrypted(record, options));
            } catch (UnusableEntryException e) {
                result.recognised(KeyFileFormat.APPLE_ENCRYPTED);
                throw e;
            }
        }
        result.eachEntry(plain, "a dictionary", (where, entry) -> readEntry(where, entry, options, result));
    }

    private static void readEntry(String where, Entry entry, ReadOptions options, ParseResult result) {
        if (AppleRecordsReader.recognises(entry)) {
            AppleRecordsReader.read(where, entry, options.zone(), result);
        } else if (DeviceListReader.recognises(entry)) {
            DeviceListReader.readPropertyList(where, entry, result);
        } else if (DeviceKeysReader.recognises(entry)) {
            DeviceKeysReader.read(where, entry, result);
        } else {
            result.problem(
                    where,
                    "this property list contains no tracker: expected Apple's OwnedBeacons, KeyAlignmentRecords or"
                            + " BeaconNamingRecord, or OpenHaystack's \"privateKey\", or OFReadKeys' \"keys\"");
        }
    }

    private static Object decrypted(List<?> record, ReadOptions options) throws UnusableEntryException {
        if (options.beaconStoreKey().isEmpty()) {
            throw new UnusableEntryException(
                    "this record is encrypted by macOS; also pass the key \"BeaconStore\" from the"
                            + " keychain, or use a decrypted record");
        }
        byte[] content = options.beaconStoreKey()
                .get()
                .decrypt(
                        Entry.bytesOf("the nonce", record.get(0)),
                        Entry.bytesOf("the tag", record.get(1)),
                        Entry.bytesOf("the ciphertext", record.get(2)));
        Source source = new Source("record", content);
        return recognisesBinary(source)
                ? PropertyLists.binary(content)
                : PropertyLists.xml(source.text().orElse(""));
    }

    /** Nonce, tag and ciphertext. */
    private static boolean isEncryptedRecord(List<?> list) {
        return list.size() == 3 && list.stream().allMatch(each -> PropertyLists.plain(each) instanceof byte[]);
    }
}
