package org.trackerreports.tools.export;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The formats of an export. */
enum ExportFormat {
    CSV,
    GEOJSON,
    GEOJSONL,
    GPX,
    KML;

    /**
     * A writer of this format.
     *
     * @param gap a longer time without a report ends a segment, in formats with segments
     * @param now when the file is written
     */
    ReportFormatWriter writer(Writer out, Duration gap, Instant now) throws IOException {
        return switch (this) {
            case CSV -> new CsvWriter(out);
            case GEOJSON -> new GeoJsonWriter(out, false);
            case GEOJSONL -> new GeoJsonWriter(out, true);
            case GPX -> new GpxWriter(out, gap, now);
            case KML -> new KmlWriter(out, gap);
        };
    }

    /** Whether it is made of independent rows, so that it has a form for everything. */
    boolean hasRows() {
        return this == CSV || this == GEOJSON || this == GEOJSONL;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
