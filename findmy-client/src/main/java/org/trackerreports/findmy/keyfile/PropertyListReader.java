package org.trackerreports.findmy.keyfile;

import java.util.List;
import java.util.Optional;

/** Key files that are property lists: a record of Apple's, or an array of OpenHaystack's or OFReadKeys' dictionaries. */
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
        Object plain = PropertyLists.plain(root);
        if (isEncryptedRecord(plain)) {
            try {
                plain = PropertyLists.plain(decrypted((List<?>) plain, options));
            } catch (UnusableEntryException e) {
                result.recognised(KeyFileFormat.APPLE_ENCRYPTED);
                throw e;
            }
        }
        List<?> entries = plain instanceof List<?> list ? list : List.of(plain);
        for (int i = 0; i < entries.size(); i++) {
            Optional<Entry> entry = Entry.of(entries.get(i));
            String where = "entry " + (i + 1);
            if (entry.isPresent()) {
                readEntry(where, entry.get(), options, result);
            } else {
                result.problem(where, "this is no dictionary; expected a tracker with its keys");
            }
        }
    }

    private static void readEntry(String number, Entry entry, ReadOptions options, ParseResult result) {
        Optional<String> label = entry.label("name").or(() -> entry.label("identifier"));
        String where = number + label.map(text -> " (" + text + ")").orElse("");
        if (AppleRecordsReader.recognises(entry)) {
            AppleRecordsReader.read(where, entry, options.zone(), result);
        } else if (DeviceListReader.recognises(entry)) {
            DeviceListReader.readPropertyList(where, entry, result);
        } else if (DeviceKeysReader.recognises(entry)) {
            DeviceKeysReader.read(where, entry, result);
        } else {
            result.problem(
                    where,
                    "this property list holds no tracker: expected Apple's OwnedBeacons, KeyAlignmentRecords or"
                            + " BeaconNamingRecord, or OpenHaystack's \"privateKey\", or OFReadKeys' \"keys\"");
        }
    }

    private static Object decrypted(List<?> record, ReadOptions options) throws UnusableEntryException {
        if (options.beaconStoreKey().isEmpty()) {
            throw new UnusableEntryException(
                    "this record is encrypted, as macOS keeps it; give the key \"BeaconStore\" of the"
                            + " keychain with it, or a decrypted record");
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
    private static boolean isEncryptedRecord(Object root) {
        return root instanceof List<?> list
                && list.size() == 3
                && list.stream().allMatch(each -> PropertyLists.plain(each) instanceof byte[]);
    }
}
