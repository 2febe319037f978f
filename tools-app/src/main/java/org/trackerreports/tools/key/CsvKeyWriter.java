package org.trackerreports.tools.key;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.trackerreports.core.keyfile.CsvColumns;
import org.trackerreports.core.keyfile.KeyKind;
import org.trackerreports.core.keyfile.LabelledKeys;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;

/** Writes trackers as a CSV file that {@link KeySources} can read. The file holds secrets. */
public final class CsvKeyWriter {

    private CsvKeyWriter() {}

    /** The file's text, with a column for each label that any of the trackers has. */
    public static String write(List<LabelledKeys> trackers) throws IOException {
        SortedSet<String> labels = new TreeSet<>();
        trackers.forEach(tracker -> labels.addAll(tracker.labels().keySet()));
        List<String> heading = new ArrayList<>(CsvColumns.ALL);
        labels.forEach(label -> heading.add(CsvColumns.LABEL + label));
        CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true);
        heading.forEach(schema::addColumn);
        StringWriter text = new StringWriter();
        try (SequenceWriter rows = new CsvMapper().writer(schema.build()).writeValues(text)) {
            for (LabelledKeys tracker : trackers) {
                List<Object> row = row(tracker);
                labels.forEach(label -> row.add(tracker.labels().getOrDefault(label, "")));
                rows.write(row);
            }
        }
        return text.toString();
    }

    private static List<Object> row(LabelledKeys tracker) {
        List<Object> row = new ArrayList<>(
                List.of(tracker.named().name(), KeyKind.of(tracker.named().keys())));
        if (tracker.named().keys() instanceof StaticKeys fixed) {
            row.add(fixed.keys().stream().map(CsvKeyWriter::base64).collect(Collectors.joining(" ")));
            row.addAll(List.of("", "", "", "", "", ""));
            return row;
        }
        Accessory accessory = (Accessory) tracker.named().keys();
        row.add("");
        row.add(base64(accessory.master()));
        row.add(base64(accessory.primarySecret()));
        row.add(base64(accessory.secondarySecret()));
        row.add(accessory.pairedAt().toString());
        row.add(accessory.alignment().time().toString());
        row.add(accessory.alignment().index());
        return row;
    }

    private static String base64(PrivateTrackerKey key) {
        return base64(key.secretBytes());
    }

    /** Encodes a copy of a secret, and wipes the copy. */
    private static String base64(byte[] copy) {
        try {
            return Base64.getEncoder().encodeToString(copy);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }
}
