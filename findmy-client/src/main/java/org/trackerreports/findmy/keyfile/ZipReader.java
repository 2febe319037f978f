package org.trackerreports.findmy.keyfile;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads an export from OpenTagViewer, or any other zip with key files, without writing to disk. Counts the bytes while inflating instead of
 * trusting declared sizes. Used once, by one thread.
 */
final class ZipReader {

    static final String OTHER_LOCK =
            "this entry is locked with a password in a way that is not supported; unpack the zip, and use the files"
                    + " or a zip without a password";

    private static final String LOCKED =
            "this zip is locked with a code; give the code that the exporter showed, such as H4K2-9WMR-7TQX";

    private static final int MAX_ENTRIES = 10_000;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final Map<Integer, String> OTHER_METHODS =
            Map.of(9, "Deflate64", 12, "bzip2", 14, "LZMA", 93, "Zstandard", 95, "XZ", 98, "PPMd");

    /** Files that archivers and OpenTagViewer add, which are not key files. */
    private static final Pattern IGNORED = Pattern.compile("(.*/)?(OPENTAGVIEWER\\.ya?ml|__MACOSX/.*|\\.[^/]*)");

    /** Names are not used on disk, so only those are refused that were made to do harm. */
    private static final Pattern UNSAFE =
            Pattern.compile("(.*/)?\\.\\.(/.*)?|/.*|[A-Za-z]:/.*|.*\\p{Cc}.*", Pattern.DOTALL);

    private final ZipEntries entries;
    private final Optional<ZipLock> lock;
    private final ParseResult result;
    private final Set<String> names = new HashSet<>();
    private int left = Source.MAX_BYTES;

    private ZipReader(Source source, Optional<ZipLock> lock, ParseResult result) {
        this.entries = new ZipEntries(source.content());
        this.lock = lock;
        this.result = result;
    }

    static boolean recognises(Source source) {
        return source.startsWith("PK\3\4") || source.startsWith("PK\5\6");
    }

    /** The first entry of a zip that is locked with a code, which {@link ZipLock} can open. */
    static Optional<ZipEntries.Item> firstLocked(Source source) {
        if (!recognises(source)) {
            return Optional.empty();
        }
        ZipEntries entries = new ZipEntries(source.content());
        try {
            Optional<ZipEntries.Item> item = entries.next();
            for (int number = 1; item.isPresent() && number < MAX_ENTRIES; number++) {
                if (ZipLock.locks(item.get())) {
                    return item;
                }
                item = item.get().sizeKnown() ? entries.next() : Optional.empty();
            }
        } catch (ZipEntries.DamagedException e) {
            // The reader tells it.
        }
        return Optional.empty();
    }

    /**
     * Reads the files in a zip.
     *
     * @param lock opens locked entries
     * @param entryReader reads one file of the zip
     */
    static void read(
            Source source, Optional<ZipLock> lock, Function<Source, ParseResult> entryReader, ParseResult result) {
        result.recognised(KeyFileFormat.ZIP);
        new ZipReader(source, lock, result).read(entryReader);
        if (result.found.isEmpty()
                && result.problems.isEmpty()
                && result.alignments.isEmpty()
                && result.names.isEmpty()) {
            result.problem(
                    ParseResult.WHOLE_FILE, "this zip contains no key file; expected OwnedBeacons or other key files");
        }
    }

    private void read(Function<Source, ParseResult> entryReader) {
        try {
            for (Optional<ZipEntries.Item> item = entries.next(); item.isPresent(); item = entries.next()) {
                if (!take(item.get(), entryReader)) {
                    return;
                }
            }
            if (!entries.isComplete()) {
                result.problem(
                        ParseResult.WHOLE_FILE,
                        "this zip is truncated: its directory is missing. Copy or export it again");
            }
        } catch (ZipEntries.DamagedException e) {
            result.problem(ParseResult.WHOLE_FILE, String.valueOf(e.getMessage()));
        }
    }

    /** Returns whether the entries after this one can be read. */
    private boolean take(ZipEntries.Item item, Function<Source, ParseResult> entryReader)
            throws ZipEntries.DamagedException {
        // Some packers of Windows separate folders by backslashes, against the rules of the format.
        String path = item.name().replace('\\', '/');
        String name = Labels.clean(path).orElse("entry without a name");
        if (names.size() == MAX_ENTRIES) {
            result.problem(
                    name, "the zip has more than " + MAX_ENTRIES + " entries; this one and the rest are not read");
            return false;
        }
        if (item.isEncrypted() && ZipLock.locks(item) && lock.isEmpty()) {
            result.problem(ParseResult.WHOLE_FILE, LOCKED);
            return false;
        }
        byte[] content;
        try {
            content = unpack(item);
        } catch (UnusableEntryException e) {
            names.add(name);
            result.problem(name, e.getMessage());
            return item.sizeKnown();
        }
        if (content.length > left) {
            result.problem(
                    name,
                    "unpacked, the zip has more than " + Source.MAX_BYTES
                            + " bytes; this entry and the rest are not read. Split it");
            return false;
        }
        left -= content.length;
        if (!names.add(name)) {
            result.problem(name, "the zip contains this name twice; only the first entry is used");
        } else if (UNSAFE.matcher(path).matches()) {
            result.problem(name, "this name points outside the zip; the entry is not used");
        } else if (!path.endsWith("/") && !IGNORED.matcher(name).matches()) {
            result.absorb(name, inner(new Source(name, content), entryReader));
        }
        return true;
    }

    private byte[] unpack(ZipEntries.Item item) throws UnusableEntryException, ZipEntries.DamagedException {
        if (!item.isEncrypted()) {
            return unpack(item, item.packed(), item.method(), true);
        }
        if (!ZipLock.locks(item)) {
            throw new UnusableEntryException(OTHER_LOCK);
        }
        ZipLock.Opened opened = lock.orElseThrow().open(item);
        return unpack(item, opened.packed(), opened.method(), opened.hasChecksum());
    }

    private byte[] unpack(ZipEntries.Item item, byte[] packed, int method, boolean hasChecksum)
            throws UnusableEntryException, ZipEntries.DamagedException {
        byte[] content;
        if (method == STORED && item.sizeKnown()) {
            content = packed;
        } else if (method == DEFLATED) {
            content = inflate(item, packed);
        } else {
            throw new UnusableEntryException("this entry is packed with "
                    + OTHER_METHODS.getOrDefault(method, "method " + method)
                    + ", which is not supported; pack the zip with the usual method (Deflate)");
        }
        CRC32 checksum = new CRC32();
        checksum.update(content);
        if (hasChecksum && item.sizeKnown() && content.length <= left && checksum.getValue() != item.checksum()) {
            throw new UnusableEntryException("this entry is damaged: its check sum does not fit. Export the zip again");
        }
        return content;
    }

    /** Inflates up to one byte more than is left of the limit. */
    private byte[] inflate(ZipEntries.Item item, byte[] packed) throws ZipEntries.DamagedException {
        Inflater inflater = new Inflater(true);
        try {
            // The JDK asks for a byte more than the data.
            inflater.setInput(Arrays.copyOf(packed, packed.length + 1));
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            while (!inflater.finished() && content.size() <= left) {
                int count = inflater.inflate(buffer);
                if (count == 0 && !inflater.finished()) {
                    throw new ZipEntries.DamagedException();
                }
                content.write(buffer, 0, Math.min(count, left + 1 - content.size()));
            }
            if (!item.sizeKnown() && inflater.finished()) {
                entries.wentOn(item, (int) inflater.getBytesRead());
            }
            return content.toByteArray();
        } catch (DataFormatException e) {
            throw new ZipEntries.DamagedException();
        } finally {
            inflater.end();
        }
    }

    private static ParseResult inner(Source source, Function<Source, ParseResult> entryReader) {
        if (recognises(source)) {
            ParseResult refused = new ParseResult(source.name());
            refused.problem(ParseResult.WHOLE_FILE, "a zip within a zip is not read; unpack it, and use it on its own");
            return refused;
        }
        return entryReader.apply(source);
    }
}
