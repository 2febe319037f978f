package org.trackerreports.store.schema;

/**
 * What a database was built with, decided by looking at the server at the first migration and kept until somebody asks for more.
 *
 * @param postgis locations are {@code geometry(Point,4326)}; otherwise {@code point}
 * @param timescaledb reports are a hypertable and the history is made of continuous aggregates; otherwise ordinary tables
 */
public record Capabilities(boolean postgis, boolean timescaledb) {

    public String locationType() {
        return postgis ? "geometry(Point, 4326)" : "point";
    }
}
