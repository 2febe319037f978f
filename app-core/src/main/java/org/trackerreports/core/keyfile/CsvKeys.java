package org.trackerreports.core.keyfile;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.Alignment;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.key.TrackerKeys;
import org.trackerreports.findmy.keyfile.NamedKeys;

/** Reads the keys in one row of a CSV file. */
final class CsvKeys {

    private static final int SECRET_BYTES = 32;

    private CsvKeys() {}

    /**
     * Reads a row.
     *
     * @throws IllegalArgumentException if the row is not valid; the message contains no part of a key
     */
    static NamedKeys of(Map<String, String> cells) {
        String name = cell(cells, CsvColumns.NAME);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("has no name");
        }
        boolean accessory = !cell(cells, CsvColumns.MASTER_KEY).isEmpty();
        TrackerKeys keys = accessory ? accessory(cells) : staticKeys(cells);
        requireKind(cell(cells, CsvColumns.KIND), keys);
        return new NamedKeys(name, keys, Optional.empty());
    }

    private static void requireKind(String kind, TrackerKeys keys) {
        String found = KeyKind.of(keys);
        if (!kind.isEmpty() && !kind.equals(found)) {
            throw new IllegalArgumentException("says kind '" + kind + "', but its keys are those of kind '" + found
                    + "'; the kinds are static, list and accessory");
        }
    }

    private static StaticKeys staticKeys(Map<String, String> cells) {
        String text = cell(cells, CsvColumns.PRIVATE_KEYS);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("has no key: private_keys and master_key are empty");
        }
        List<PrivateTrackerKey> keys = new ArrayList<>();
        for (String key : text.split("[\\s;]+")) {
            keys.add(privateKey(CsvColumns.PRIVATE_KEYS, key));
        }
        return new StaticKeys(keys);
    }

    private static Accessory accessory(Map<String, String> cells) {
        Optional<Alignment> alignment = Optional.empty();
        String index = cell(cells, CsvColumns.ALIGNMENT_INDEX);
        if (!index.isEmpty()) {
            alignment = Optional.of(new Alignment(time(cells, CsvColumns.ALIGNMENT_DATE), number(index)));
        }
        byte[] primary = secret(cells, CsvColumns.SKN);
        byte[] secondary = secret(cells, CsvColumns.SKS);
        try {
            return Accessory.of(
                    privateKey(CsvColumns.MASTER_KEY, cell(cells, CsvColumns.MASTER_KEY)),
                    primary,
                    secondary,
                    time(cells, CsvColumns.PAIRED_AT),
                    alignment);
        } finally {
            Arrays.fill(primary, (byte) 0);
            Arrays.fill(secondary, (byte) 0);
        }
    }

    private static PrivateTrackerKey privateKey(String column, String text) {
        byte[] bytes = bytes(column, text, PrivateTrackerKey.BYTES);
        try {
            return PrivateTrackerKey.of(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] secret(Map<String, String> cells, String column) {
        return bytes(column, cell(cells, column), SECRET_BYTES);
    }

    private static byte[] bytes(String column, String text, int length) {
        byte[] bytes;
        try {
            bytes = text.length() == 2 * length
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(column + " is neither base64 nor hexadecimal of " + length
                    + " bytes; found " + text.length() + " characters");
        }
        if (bytes.length != length) {
            throw new IllegalArgumentException(column + " has " + bytes.length + " bytes; expected " + length);
        }
        return bytes;
    }

    private static Instant time(Map<String, String> cells, String column) {
        String text = cell(cells, column);
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    column + " is '" + text + "'; expected a time with its offset, such as 2024-05-01T12:00:00Z");
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("alignment_index is '" + text + "'; expected a number from 0");
        }
    }

    private static String cell(Map<String, String> cells, String column) {
        return cells.getOrDefault(column, "");
    }
}
