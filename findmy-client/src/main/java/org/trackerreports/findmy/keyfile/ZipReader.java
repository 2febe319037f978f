package org.trackerreports.findmy.keyfile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Reads an export from OpenTagViewer, or any other zip with key files, without writing to disk. Reads the entries in sequence instead of
 * using the directory at the end, so that entries cannot share bytes. Counts the bytes while inflating instead of trusting declared sizes.
 */
final class ZipReader {

    private static final int MAX_ENTRIES = 10_000;

    /** Files that archivers and OpenTagViewer add, which are not key files. */
    private static final Pattern IGNORED = Pattern.compile("(.*/)?(OPENTAGVIEWER\\.ya?ml|__MACOSX/.*|\\.[^/]*)");

    private static final Pattern UNSAFE = Pattern.compile("(.*/)?\\.\\.(/.*)?|/.*|.*[\\\\:\\p{Cc}].*", Pattern.DOTALL);

    private ZipReader() {}

    static boolean recognises(Source source) {
        return source.startsWith("PK\3\4") || source.startsWith("PK\5\6");
    }

    /**
     * Reads the files in a zip.
     *
     * @param entryReader reads one file of the zip
     */
    static void read(Source source, Function<Source, ParseResult> entryReader, ParseResult result) {
        result.recognised(KeyFileFormat.ZIP);
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(source.content()))) {
            entries(zip, entryReader, result);
            if (!hasDirectory(source.content())) {
                result.problem(
                        ParseResult.WHOLE_FILE,
                        "this zip is truncated: its directory is missing. Copy or export it again");
            }
        } catch (ZipException e) {
            boolean encrypted = String.valueOf(e.getMessage()).contains("encrypted");
            result.problem(
                    ParseResult.WHOLE_FILE,
                    encrypted
                            ? "this zip is locked with a password; unpack it, and use the files or a zip without a password"
                            : "this zip is damaged after this place; the entries before it are used. Export it again");
        } catch (IOException | IllegalArgumentException e) {
            // IllegalArgumentException: a name that is not UTF-8.
            result.problem(
                    ParseResult.WHOLE_FILE,
                    "this zip is damaged after this place; the entries before it are used. Export it again");
        }
        if (result.found.isEmpty()
                && result.problems.isEmpty()
                && result.alignments.isEmpty()
                && result.names.isEmpty()) {
            result.problem(
                    ParseResult.WHOLE_FILE, "this zip contains no key file; expected OwnedBeacons or other key files");
        }
    }

    private static void entries(ZipInputStream zip, Function<Source, ParseResult> entryReader, ParseResult result)
            throws IOException {
        Set<String> names = new HashSet<>();
        int left = Source.MAX_BYTES;
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String name = Labels.clean(entry.getName()).orElse("entry without a name");
            if (names.size() == MAX_ENTRIES) {
                result.problem(
                        name, "the zip has more than " + MAX_ENTRIES + " entries; this one and the rest are not read");
                return;
            }
            byte[] content = zip.readNBytes(left + 1);
            if (content.length > left) {
                // Stop here: moving to the next entry would inflate this one to its end.
                result.problem(
                        name,
                        "unpacked, the zip has more than " + Source.MAX_BYTES
                                + " bytes; this entry and the rest are not read. Split it");
                return;
            }
            left -= content.length;
            if (!names.add(name)) {
                result.problem(name, "the zip contains this name twice; only the first entry is used");
            } else if (UNSAFE.matcher(entry.getName()).matches()) {
                result.problem(name, "this name points outside the zip; the entry is not used");
            } else if (!entry.isDirectory() && !IGNORED.matcher(name).matches()) {
                result.absorb(name, inner(new Source(name, content), entryReader));
            }
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

    private static boolean hasDirectory(byte[] content) {
        byte[] mark = {'P', 'K', 5, 6};
        // At most 18 more bytes and a comment of 65,535 bytes follow.
        for (int at = content.length - 22; at >= Math.max(0, content.length - 22 - 0xFFFF); at--) {
            if (Arrays.equals(content, at, at + mark.length, mark, 0, mark.length)) {
                return true;
            }
        }
        return false;
    }
}
