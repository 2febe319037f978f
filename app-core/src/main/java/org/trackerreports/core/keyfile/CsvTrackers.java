package org.trackerreports.core.keyfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.trackerreports.core.config.NearestNames;
import org.trackerreports.core.failure.Failures;
import org.trackerreports.core.text.FileProblems;
import org.trackerreports.findmy.keyfile.KeyFileProblem;

/** Reads trackers from a CSV file, row by row; see {@link CsvColumns}. Not thread-safe. */
record CsvTrackers(Consumer<LabelledKeys> trackers, Consumer<KeyFileProblem> problems) {

    private static final int MAX_HEADING = 4096;

    private static final ObjectReader ROWS = CsvMapper.builder()
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .build()
            .readerFor(String[].class);

    void read(KeySource.Rows file) {
        try (BufferedReader text = file.open();
                MappingIterator<String[]> rows = ROWS.with(
                                CsvSchema.emptySchema().withColumnSeparator(separator(text)))
                        .readValues(text)) {
            List<String> heading = rows.hasNextValue() ? List.of(rows.nextValue()) : List.of();
            List<String> flaws = flawsOfHeading(heading);
            flaws.forEach(flaw -> problem("the heading", flaw));
            while (flaws.isEmpty() && rows.hasNextValue()) {
                int line = rows.getCurrentLocation().getLineNr();
                take(line, heading, rows.nextValue());
            }
        } catch (JsonProcessingException e) {
            // The parser's message may quote a cell, and a cell may be a key.
            problem(
                    "line " + e.getLocation().getLineNr(),
                    "is not a valid row: a cell with a comma, a quotation mark or a line break must be in quotation"
                            + " marks; the rest of the file was not read");
        } catch (IOException e) {
            problem("the file", "cannot be read: " + FileProblems.reason(e));
        }
    }

    /** What separates the columns of the heading. Spreadsheets write semicolons where the comma is part of numbers. */
    private static char separator(BufferedReader text) throws IOException {
        text.mark(MAX_HEADING);
        char[] start = new char[MAX_HEADING];
        int length = Math.max(text.read(start), 0);
        text.reset();
        String heading = new String(start, 0, length).lines().findFirst().orElse("");
        if (heading.contains(",")) {
            return ',';
        }
        return heading.contains(";") ? ';' : heading.contains("\t") ? '\t' : ',';
    }

    private static List<String> flawsOfHeading(List<String> columns) {
        List<String> flaws = new ArrayList<>();
        if (!columns.contains(CsvColumns.NAME)) {
            flaws.add("there is no column 'name'; expected: " + String.join(",", CsvColumns.ALL));
            return flaws;
        }
        if (!columns.contains(CsvColumns.PRIVATE_KEYS) && !columns.contains(CsvColumns.MASTER_KEY)) {
            flaws.add("there is neither a column 'private_keys' nor the columns of accessories; expected: "
                    + String.join(",", CsvColumns.ALL));
        }
        for (String column : columns) {
            if (!CsvColumns.ALL.contains(column) && !column.startsWith(CsvColumns.LABEL)) {
                flaws.add("the column '" + column + "' is unknown; nearest: "
                        + NearestNames.of(column, CsvColumns.ALL).get(0) + "; for a label use label:" + column);
            }
        }
        return flaws;
    }

    private void take(int line, List<String> heading, String[] row) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (int column = 0; column < Math.min(row.length, heading.size()); column++) {
            cells.put(heading.get(column), row[column]);
        }
        String name = cells.getOrDefault(CsvColumns.NAME, "");
        String place = "line " + line + (name.isEmpty() ? "" : " (" + name + ")");
        if (row.length > heading.size()) {
            problem(place, "has " + row.length + " cells under " + heading.size() + " columns");
            return;
        }
        try {
            trackers.accept(new LabelledKeys(CsvKeys.of(cells), labels(cells)));
        } catch (IllegalArgumentException e) {
            problem(place, Failures.message(e));
        }
    }

    private static Map<String, String> labels(Map<String, String> cells) {
        Map<String, String> labels = new LinkedHashMap<>();
        cells.forEach((column, value) -> {
            if (column.startsWith(CsvColumns.LABEL) && !value.isEmpty()) {
                labels.put(column.substring(CsvColumns.LABEL.length()), value);
            }
        });
        return labels;
    }

    private void problem(String where, String message) {
        problems.accept(new KeyFileProblem(where, message));
    }
}
