package org.trackerreports.findmy.keyfile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
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
     * @param fileName the name, with or without folders; used for trackers without a name
     * @param content the whole file
     * @return the content
     */
    public static KeyFile read(String fileName, byte[] content) {
        return readAll(Map.of(fileName, content)).values().iterator().next();
    }

    /**
     * Reads one file.
     *
     * @param file the file
     * @return the content
     * @throws IOException if the file cannot be read; invalid content never throws
     */
    public static KeyFile read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(String.valueOf(file.getFileName()), in.readNBytes(MAX_BYTES + 1));
        }
    }

    /**
     * Reads files that belong together. Joins alignments and names, which Apple stores separately, to their beacons.
     *
     * @param files the contents by file name
     * @return the content of each file, by file name, in the same order
     */
    public static Map<String, KeyFile> readAll(Map<String, byte[]> files) {
        return readAll(files, Optional.empty(), Optional.empty());
    }

    /**
     * Reads files that belong together, including records that macOS encrypted.
     *
     * @param files the contents by file name
     * @param beaconStoreKey the 32 bytes of the keychain item "BeaconStore"
     * @return the content of each file, by file name, in the same order
     * @throws IllegalArgumentException if the key does not have 32 bytes
     */
    public static Map<String, KeyFile> readAll(Map<String, byte[]> files, byte[] beaconStoreKey) {
        return readAll(files, Optional.of(new BeaconStoreKey(beaconStoreKey)), Optional.empty());
    }

    /**
     * Reads files that belong together, including zips that are locked with a code, as OpenTagViewer's exporter makes them.
     *
     * @param files the contents by file name
     * @param codes the codes as the exporter showed them, such as {@code H4K2-9WMR-7TQX}, or the passwords of other zips with AES; each
     *     is tried
     * @return the content of each file, by file name, in the same order
     */
    public static Map<String, KeyFile> readAll(Map<String, byte[]> files, Collection<String> codes) {
        return readAll(files, Optional.empty(), codes.isEmpty() ? Optional.empty() : Optional.of(new ZipLock(codes)));
    }

    /**
     * Whether a file is a zip that {@link #readAll(Map, Collection)} needs a code for.
     *
     * @param content the whole file
     * @return false for a zip with another kind of lock
     */
    public static boolean isLocked(byte[] content) {
        return ZipReader.firstLocked(new Source("zip", content)).isPresent();
    }

    /**
     * Whether a code opens a locked zip, so that a person can be asked again.
     *
     * @param content the whole file
     * @param code the code as the exporter showed it
     * @return true for the right code, and for one wrong code in 65,536
     */
    public static boolean isOpenedBy(byte[] content, String code) {
        return ZipReader.firstLocked(new Source("zip", content))
                .filter(new ZipLock(List.of(code))::fits)
                .isPresent();
    }

    private static Map<String, KeyFile> readAll(
            Map<String, byte[]> files, Optional<BeaconStoreKey> beaconStoreKey, Optional<ZipLock> lock) {
        // FindMy.py writes dates without an offset in local time. Assume that it ran on this machine.
        ReadOptions options = new ReadOptions(ZoneId.systemDefault(), beaconStoreKey, lock);
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
     * Writes a tracker as JSON of FindMy.py: {@code keypair}, {@code custom_rolling_key_accessory}, or {@code accessory} with its
     * alignment. {@link #read} returns the same tracker, for dates from 2001 to 2100 and key indices up to 4,000,000, which all trackers
     * that were read have.
     *
     * @param tracker the tracker
     * @return the JSON, which contains secrets
     * @throws IllegalStateException if the keys were wiped
     */
    public static String write(NamedKeys tracker) {
        return KeyFileWriter.findMyPy(tracker);
    }

    /**
     * Writes keys as {@code .keys} text, three lines for each key. The format has no name; the name of the file is used instead.
     *
     * @param keys the keys
     * @return the text, which contains secrets
     * @throws IllegalStateException if the keys were wiped
     */
    public static String writeKeysText(StaticKeys keys) {
        return KeyFileWriter.keysText(keys);
    }

    /**
     * Writes trackers as {@code devices.json} of macless-haystack. Replaces an identifier that is not a number by a number derived from the
     * key, because the app requires a number.
     *
     * @param trackers the trackers
     * @return the JSON, which contains secrets
     * @throws IllegalArgumentException if a tracker has rolling keys, which the format does not support
     * @throws IllegalStateException if the keys were wiped
     */
    public static String writeDevicesJson(List<NamedKeys> trackers) {
        return KeyFileWriter.devicesJson(trackers);
    }
}
