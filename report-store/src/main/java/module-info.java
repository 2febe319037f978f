/**
 * Trackers, accounts, location reports and their history in PostgreSQL.
 *
 * <p>Start with {@link org.trackerreports.store.Schema} and {@link org.trackerreports.store.ReportStore}.
 */
@SuppressWarnings(
        "requires-automatic") // Flyway has no module descriptor, and the PostgreSQL driver only a stable name.
module org.trackerreports.store {
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires flyway.core;
    requires java.naming; // For the PostgreSQL driver, which cannot say so.
    requires static org.jspecify;
    requires org.postgresql.jdbc;
    requires org.slf4j;
    requires transitive java.sql;

    exports org.trackerreports.store;
    exports org.trackerreports.store.access;
    exports org.trackerreports.store.account;
    exports org.trackerreports.store.city;
    exports org.trackerreports.store.error;
    exports org.trackerreports.store.feed;
    exports org.trackerreports.store.history;
    exports org.trackerreports.store.movement;
    exports org.trackerreports.store.place;
    exports org.trackerreports.store.report;
    exports org.trackerreports.store.retention;
    exports org.trackerreports.store.schema;
    exports org.trackerreports.store.secret;
    exports org.trackerreports.store.sink;
    exports org.trackerreports.store.tracker;
    exports org.trackerreports.store.view;
}
