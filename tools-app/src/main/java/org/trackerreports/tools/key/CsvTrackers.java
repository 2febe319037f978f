package org.trackerreports.tools.key;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.trackerreports.findmy.keyfile.KeyFileProblem;
import org.trackerreports.tools.command.Named;

/**
 * Trackers in a table with a heading, comma separated, quoted as RFC 4180 says, UTF-8. A row is a tracker:
 *
 * <ul>
 *   <li>{@code name}
 *   <li>{@code kind}: {@code static}, {@code list} or {@code accessory}; may be missing, then the keys tell
 *   <li>{@code private_keys}: 28 bytes as base64 or hexadecimal; several, separated by blanks, for a tag that cycles through a list
 *   <li>{@code master_key}, {@code skn}, {@code sks}, {@code paired_at}, {@code alignment_date}, {@code alignment_index}: of an
 *       accessory, as in FindMy.py's file
 *   <li>{@code label:NAME}: a label; an empty cell means none
 * </ul>
 *
 * Not thread-safe.
 */
final class CsvTrackers {

    static final String NAME = "name";
    static final String KIND = "kind";
    static final String PRIVATE_KEYS = "private_keys";
    static final String MASTER_KEY = "master_key";
    static final String SKN = "skn";
    static final String SKS = "sks";
    static final String PAIRED_AT = "paired_at";
    static final String ALIGNMENT_DATE = "alignment_date";
    static final String ALIGNMENT_INDEX = "alignment_index";
    static final String LABEL = "label:";

    static final List<String> COLUMNS =
            List.of(NAME, KIND, PRIVATE_KEYS, MASTER_KEY, SKN, SKS, PAIRED_AT, ALIGNMENT_DATE, ALIGNMENT_INDEX);

    private final Consumer<LabelledKeys> trackers;
    private final Consumer<KeyFileProblem> problems;

    CsvTrackers(Consumer<LabelledKeys> trackers, Consumer<KeyFileProblem> problems) {
        this.trackers = trackers;
        this.problems = problems;
    }

    void read(Path file) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .get();
        try (Reader text = withoutByteOrderMark(file);
                CSVParser rows =
                        CSVParser.builder().setReader(text).setFormat(format).get()) {
            List<String> flaws = flawsOfHeading(rows.getHeaderNames());
            flaws.forEach(flaw -> problem("the heading", flaw));
            if (flaws.isEmpty()) {
                for (CSVRecord row : rows) {
                    take(row);
                }
            }
        } catch (CSVException e) {
            problem("the file", "is no CSV: " + e.getMessage());
        } catch (IOException e) {
            problem("the file", "cannot be read: " + KeySources.reason(e));
        } catch (UncheckedIOException e) {
            // The parser wraps what it meets on the way; what stood before it was taken.
            problem("the file", "cannot be read to its end: " + KeySources.reason(e.getCause()));
        } catch (IllegalArgumentException e) {
            problem("the heading", e.getMessage());
        }
    }

    private static Reader withoutByteOrderMark(Path file) throws IOException {
        Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    private static List<String> flawsOfHeading(List<String> columns) {
        List<String> flaws = new ArrayList<>();
        if (!columns.contains(NAME)) {
            flaws.add("there is no column 'name'; expected: " + String.join(",", COLUMNS));
            return flaws;
        }
        if (!columns.contains(PRIVATE_KEYS) && !columns.contains(MASTER_KEY)) {
            flaws.add("there is neither a column 'private_keys' nor the columns of accessories; expected: "
                    + String.join(",", COLUMNS));
        }
        for (String column : columns) {
            if (!COLUMNS.contains(column) && !column.startsWith(LABEL)) {
                flaws.add("the column '" + column + "' is unknown; nearest: "
                        + Named.nearest(column, COLUMNS).get(0) + "; for a label write label:" + column);
            }
        }
        return flaws;
    }

    private void take(CSVRecord row) {
        if (!row.isConsistent()) {
            problem(place(row), "has " + row.size() + " cells, the heading has another number of them");
            return;
        }
        Map<String, String> cells = row.toMap();
        try {
            trackers.accept(new LabelledKeys(CsvKeys.of(cells), labels(cells)));
        } catch (IllegalArgumentException e) {
            problem(place(row), e.getMessage());
        }
    }

    private static Map<String, String> labels(Map<String, String> cells) {
        Map<String, String> labels = new LinkedHashMap<>();
        cells.forEach((column, value) -> {
            if (column.startsWith(LABEL) && !value.isEmpty()) {
                labels.put(column.substring(LABEL.length()), value);
            }
        });
        return labels;
    }

    private static String place(CSVRecord row) {
        String name = row.isMapped(NAME) && row.isSet(NAME) ? row.get(NAME) : "";
        return "row " + (row.getRecordNumber() + 1) + (name.isEmpty() ? "" : " (" + name + ")");
    }

    private void problem(String where, String message) {
        problems.accept(new KeyFileProblem(where, message));
    }
}
