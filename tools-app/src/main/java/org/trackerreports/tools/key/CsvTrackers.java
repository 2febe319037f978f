package org.trackerreports.tools.key;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.trackerreports.findmy.keyfile.KeyFileProblem;
import org.trackerreports.tools.command.FileProblems;
import org.trackerreports.tools.command.TrackerNames;

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

    private static final ObjectReader ROWS = CsvMapper.builder()
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .build()
            .readerFor(String[].class);

    private final Consumer<LabelledKeys> trackers;
    private final Consumer<KeyFileProblem> problems;

    CsvTrackers(Consumer<LabelledKeys> trackers, Consumer<KeyFileProblem> problems) {
        this.trackers = trackers;
        this.problems = problems;
    }

    void read(Path file) {
        try (Reader text = withoutByteOrderMark(file);
                MappingIterator<String[]> rows = ROWS.readValues(text)) {
            List<String> heading = rows.hasNextValue() ? List.of(rows.nextValue()) : List.of();
            List<String> flaws = flawsOfHeading(heading);
            flaws.forEach(flaw -> problem("the heading", flaw));
            while (flaws.isEmpty() && rows.hasNextValue()) {
                int line = rows.getCurrentLocation().getLineNr();
                take(line, heading, rows.nextValue());
            }
        } catch (JsonProcessingException e) {
            // The parser's own words may quote a cell, and a cell may be a key.
            problem(
                    "line " + e.getLocation().getLineNr(),
                    "is no row of a CSV file: a cell with a comma, a quotation mark or a line break stands in quotation"
                            + " marks; what follows was not read");
        } catch (IOException e) {
            problem("the file", "cannot be read: " + FileProblems.reason(e));
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
                        + TrackerNames.nearest(column, COLUMNS).get(0) + "; for a label write label:" + column);
            }
        }
        return flaws;
    }

    private void take(int line, List<String> heading, String[] row) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (int column = 0; column < Math.min(row.length, heading.size()); column++) {
            cells.put(heading.get(column), row[column]);
        }
        String name = cells.getOrDefault(NAME, "");
        String place = "line " + line + (name.isEmpty() ? "" : " (" + name + ")");
        if (row.length > heading.size()) {
            problem(place, "has " + row.length + " cells under " + heading.size() + " columns");
            return;
        }
        try {
            trackers.accept(new LabelledKeys(CsvKeys.of(cells), labels(cells)));
        } catch (IllegalArgumentException e) {
            problem(place, e.getMessage());
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

    private void problem(String where, String message) {
        problems.accept(new KeyFileProblem(where, message));
    }
}
