package org.trackerreports.findmy.keyfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.trackerreports.findmy.key.PrivateTrackerKey;

/**
 * Reads a list of private keys, one in each line, in base64 or hexadecimal; {@code #} starts a comment. As in a {@code .keys} file, all
 * of them belong to one tracker.
 */
final class KeyListReader {

    /** A key, possibly with some characters too few or too many. */
    private static final Pattern KEY_LIKE = Pattern.compile("[A-Za-z0-9+/_=-]{32,60}");

    private KeyListReader() {}

    /** Whether at least half of the lines look like keys. A single such word may occur in any text. */
    static boolean recognises(String text) {
        List<String> lines = text.lines()
                .map(KeyListReader::withoutComment)
                .filter(line -> !line.isEmpty())
                .toList();
        long keys =
                lines.stream().filter(line -> KEY_LIKE.matcher(line).matches()).count();
        return keys > 0 && keys * 2 >= lines.size();
    }

    static void read(String text, ParseResult result) {
        result.recognised(KeyFileFormat.KEY_LIST);
        List<PrivateTrackerKey> keys = new ArrayList<>();
        int number = 0;
        for (String each : (Iterable<String>) text.lines()::iterator) {
            number++;
            String line = withoutComment(each);
            if (!line.isEmpty()) {
                result.attempt("line " + number, () -> keys.add(key(line)));
            }
        }
        if (!keys.isEmpty()) {
            result.staticKeys(Optional.empty(), keys, Optional.empty());
        }
    }

    private static String withoutComment(String line) {
        int comment = line.indexOf('#');
        return (comment < 0 ? line : line.substring(0, comment)).strip();
    }

    private static PrivateTrackerKey key(String line) throws UnusableEntryException {
        Optional<byte[]> bytes = KeyBytes.bareKey(line);
        if (bytes.isEmpty()) {
            throw new UnusableEntryException(
                    "this is not a private key: expected base64 (40 characters) or hexadecimal (56 digits)"
                            + " of 28 bytes, found " + line.length() + " characters");
        }
        return KeyBytes.scalar("the private key", bytes.get());
    }
}
