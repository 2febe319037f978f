package org.trackerreports.findmy.keyfile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.findmy.key.StaticKeys;

/**
 * Reads and writes key files.
 *
 * <p>Reading detects the format from the content, never from the file's name, and never throws because of what a file contains: each
 * entry becomes a tracker or a {@link KeyFileProblem}. Where a file also holds an advertisement key or a hash, it must match the private key.
 * Stateless and thread-safe.
 */
public final class KeyFiles {

    /** The maximum size of a file, and of all files in a zip together, in bytes: about 80,000 trackers. Larger files are refused. */
    public static final int MAX_BYTES = Source.MAX_BYTES;

    private KeyFiles() {}

    /**
     * Reads one file.
     *
     * @param fileName with or without folders; names trackers that have no name of their own
     * @param content the whole file
     */
    public static KeyFile read(String fileName, byte[] content) {
        return readAll(Map.of(fileName, content)).get(fileName);
    }

    /**
     * Reads one file.
     *
     * @throws IOException if the file cannot be read; what it contains never throws
     */
    public static KeyFile read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(String.valueOf(file.getFileName()), in.readNBytes(MAX_BYTES + 1));
        }
    }

    /**
     * Reads files that belong together: records of alignments and names, which Apple keeps apart, are joined to their beacons.
     *
     * @param files the contents by file name
     * @return the result of each file, by file name, in the order given
     */
    public static Map<String, KeyFile> readAll(Map<String, byte[]> files) {
        return readAll(files, Optional.empty());
    }

    /**
     * Reads files that belong together, among them records as macOS keeps them, encrypted.
     *
     * @param files the contents by file name
     * @param beaconStoreKey the 32 bytes of the keychain item "BeaconStore"
     * @return the result of each file, by file name, in the order given
     * @throws IllegalArgumentException if the key does not have 32 bytes
     */
    public static Map<String, KeyFile> readAll(Map<String, byte[]> files, byte[] beaconStoreKey) {
        return readAll(files, Optional.of(new BeaconStoreKey(beaconStoreKey)));
    }

    private static Map<String, KeyFile> readAll(Map<String, byte[]> files, Optional<BeaconStoreKey> beaconStoreKey) {
        // Dates without an offset are in the local time of the machine that runs FindMy.py, which is taken to be this
        // one.
        ReadOptions options = new ReadOptions(ZoneId.systemDefault(), beaconStoreKey);
        List<ParseResult> results = new ArrayList<>();
        files.forEach((name, content) -> results.add(FormatDetector.read(new Source(name, content), options)));
        List<KeyFile> joined = RecordJoiner.join(results);
        Map<String, KeyFile> byName = new LinkedHashMap<>();
        int next = 0;
        for (String name : files.keySet()) {
            byName.put(name, joined.get(next++));
        }
        return byName;
    }

    /**
     * The tracker as FindMy.py's JSON: {@code keypair}, {@code custom_rolling_key_accessory} or {@code accessory} with its
     * alignment. {@link #read} gives the same tracker back, nothing lost, for dates from 2001 to 2100 and key indices up to
     * 4,000,000, as all trackers have that were read. Holds secrets.
     *
     * @throws IllegalStateException if the keys were wiped
     */
    public static String write(NamedKeys tracker) {
        return KeyFileWriter.findMyPy(tracker);
    }

    /**
     * The keys as {@code .keys} text, three lines for each. Holds secrets; has no place for a name, which is the file's.
     *
     * @throws IllegalStateException if the keys were wiped
     */
    public static String writeKeysText(StaticKeys keys) {
        return KeyFileWriter.keysText(keys);
    }

    /**
     * The trackers as {@code devices.json} of macless-haystack. Holds secrets. An identifier that is not a number is replaced by a
     * number made from the key, because the app wants one.
     *
     * @throws IllegalArgumentException if a tracker has rolling keys, for which the format has no place
     * @throws IllegalStateException if the keys were wiped
     */
    public static String writeDevicesJson(List<NamedKeys> trackers) {
        return KeyFileWriter.devicesJson(trackers);
    }
}
