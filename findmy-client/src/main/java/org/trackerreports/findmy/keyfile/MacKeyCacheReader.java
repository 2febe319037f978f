package org.trackerreports.findmy.keyfile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.trackerreports.findmy.key.PrivateTrackerKey;

/**
 * Reads the binary key cache of macOS 10.15 and 11: a header of 32 bytes, then records of 32 bytes with unknown meaning, a flag, and 85
 * bytes for a key. The key is present if the flag is 1. Source: OpenHaystack {@code FindMyKeyDecoder.swift}.
 */
final class MacKeyCacheReader {

    private static final int HEADER = 32;
    private static final int BEFORE_FLAG = 32;
    private static final int KEY = 85;
    private static final int RECORD = BEFORE_FLAG + 1 + KEY;

    private MacKeyCacheReader() {}

    static boolean recognises(Source source) {
        byte[] content = source.content();
        if (!source.startsWith("KEY") || content.length < HEADER) {
            return false;
        }
        for (int i = 15; i <= 30; i++) {
            if (content[i] != 0) {
                return false;
            }
        }
        return true;
    }

    static void read(byte[] content, ParseResult result) {
        result.recognised(KeyFileFormat.MACOS_KEY_CACHE);
        List<PrivateTrackerKey> keys = new ArrayList<>();
        int number = 0;
        for (int at = HEADER; at < content.length; at += RECORD) {
            number++;
            int record = at;
            result.attempt("record " + number, () -> key(content, record).ifPresent(keys::add));
        }
        if (!keys.isEmpty()) {
            result.staticKeys(Optional.empty(), keys, Optional.empty());
        } else if (result.problems.isEmpty()) {
            result.problem(ParseResult.WHOLE_FILE, "this key cache contains no usable key");
        }
    }

    private static Optional<PrivateTrackerKey> key(byte[] content, int record) throws UnusableEntryException {
        if (content.length - record < RECORD) {
            throw new UnusableEntryException(
                    "the file ends in this record: expected " + RECORD + " bytes, found " + (content.length - record));
        }
        int flag = content[record + BEFORE_FLAG];
        if (flag == 0) {
            return Optional.empty();
        }
        if (flag != 1) {
            throw new UnusableEntryException("the flag of this record is neither 0 nor 1; the file is damaged");
        }
        int from = record + BEFORE_FLAG + 1;
        return Optional.of(KeyBytes.privateKey("the key", Arrays.copyOfRange(content, from, from + KEY)));
    }
}
