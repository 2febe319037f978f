package org.trackerreports.tools.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trackerreports.store.report.Position;

/** Writes rows of named values with a position as CSV or GeoJSON. Close it; that does not close what it writes to. Not thread-safe. */
abstract class RowWriter implements AutoCloseable {

    static final String LATITUDE = "lat";
    static final String LONGITUDE = "lon";

    /** The names of the values, in order; among them {@link #LATITUDE} and {@link #LONGITUDE}, which no row gives. */
    private final List<String> columns;

    private RowWriter(List<String> columns) {
        this.columns = List.copyOf(columns);
    }

    static RowWriter of(ExportFormat format, Writer out, List<String> columns) throws IOException {
        return switch (format) {
            case CSV -> new Csv(out, columns);
            case GEOJSON -> new GeoJson(out, columns, false);
            case GEOJSONL -> new GeoJson(out, columns, true);
            case GPX, KML -> throw new IllegalArgumentException(format + " has no rows");
        };
    }

    /**
     * Writes a row.
     *
     * @param values text, number, truth or null, in the order of the columns without the coordinates
     */
    abstract void row(Optional<Position> position, @Nullable Object... values) throws IOException;

    @Override
    public abstract void close() throws IOException;

    static void put(JsonGenerator json, List<String> columns, @Nullable Object... values) throws IOException {
        int next = 0;
        for (String column : columns) {
            if (column.equals(LATITUDE) || column.equals(LONGITUDE)) {
                continue;
            }
            json.writeFieldName(column);
            json.writePOJO(values[next++]);
        }
    }

    private static final class Csv extends RowWriter {

        private final CsvGenerator csv;

        Csv(Writer out, List<String> columns) throws IOException {
            super(columns);
            CsvSchema.Builder schema = CsvSchema.builder();
            columns.forEach(schema::addColumn);
            csv = new CsvFactory().createGenerator(out);
            csv.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            csv.setSchema(schema.build().withLineSeparator("\r\n"));
            // The generator writes the header with the first row only, and there may be no row.
            out.write(String.join(",", columns) + "\r\n");
        }

        @Override
        void row(Optional<Position> position, @Nullable Object... values) throws IOException {
            @Nullable Object[] guarded = values.clone();
            for (int i = 0; i < guarded.length; i++) {
                if (guarded[i] instanceof String text && !text.isEmpty()) {
                    guarded[i] = CsvWriter.guarded(text);
                }
            }
            csv.writeStartObject();
            if (position.isPresent()) {
                csv.writeStringField(LATITUDE, Numbers.degrees(position.get().latitude()));
                csv.writeStringField(LONGITUDE, Numbers.degrees(position.get().longitude()));
            }
            put(csv, super.columns, guarded);
            csv.writeEndObject();
        }

        @Override
        public void close() throws IOException {
            csv.flush();
        }
    }

    private static final class GeoJson extends RowWriter {

        private final JsonGenerator json;
        private final boolean lines;

        GeoJson(Writer out, List<String> columns, boolean lines) throws IOException {
            super(columns);
            this.json = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            this.json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            this.lines = lines;
            if (!lines) {
                json.writeStartObject();
                json.writeStringField("type", "FeatureCollection");
                json.writeArrayFieldStart("features");
            }
        }

        @Override
        void row(Optional<Position> position, @Nullable Object... values) throws IOException {
            if (!lines) {
                json.writeRaw('\n');
            }
            json.writeStartObject();
            json.writeStringField("type", "Feature");
            json.writeFieldName("geometry");
            if (position.isPresent()) {
                json.writeStartObject();
                json.writeStringField("type", "Point");
                json.writeArrayFieldStart("coordinates");
                json.writeNumber(Numbers.degrees(position.get().longitude()));
                json.writeNumber(Numbers.degrees(position.get().latitude()));
                json.writeEndArray();
                json.writeEndObject();
            } else {
                json.writeNull();
            }
            json.writeObjectFieldStart("properties");
            put(json, super.columns, values);
            json.writeEndObject();
            json.writeEndObject();
        }

        @Override
        public void close() throws IOException {
            if (!lines) {
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeRaw('\n');
            json.flush();
        }
    }
}
