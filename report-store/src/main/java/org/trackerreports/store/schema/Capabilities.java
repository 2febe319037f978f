package org.trackerreports.store.schema;

/**
 * What a database was built with. The first migration decides it by what the server has; it changes only by
 * {@link org.trackerreports.store.Schema#upgradeExtensions}.
 *
 * @param postgis locations are {@code geometry(Point, 4326)}; otherwise {@code point}
 * @param timescaledb reports are a hypertable, hours and days are continuous aggregates; otherwise all are ordinary tables
 */
public record Capabilities(boolean postgis, boolean timescaledb) {

    /** The PostgreSQL type of locations. */
    public String locationType() {
        return postgis ? "geometry(Point, 4326)" : "point";
    }
}
