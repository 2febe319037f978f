package org.trackerreports.store.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.store.error.SchemaMismatchException;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.history.HistoryRefresh;
import org.trackerreports.store.schema.Capabilities;
import org.trackerreports.store.schema.Definitions;
import org.trackerreports.store.sql.Database;

/**
 * The tables of the store: made and changed by versioned migrations only. Thread-safe; when several instances migrate at once,
 * one works and the others wait for it.
 */
public final class Schema {

    private static final Logger log = LoggerFactory.getLogger(Schema.class);
    private static final String HISTORY_TABLE = "report_store_schema_history";
    private static final String LOCK = "hashtextextended('report-store migration', 0)";
    private static final String HELP = "findmy tools db migrate";

    private Schema() {}

    /**
     * Brings the database to this version's schema. A new database is built with PostGIS and TimescaleDB where the server has
     * them and the role may create them; an older one keeps what it was built with.
     *
     * @param dataSource gives at least three connections at a time
     * @throws SchemaMismatchException when the database is newer than this version
     * @throws StoreException when a migration fails; nothing of it stays
     */
    public static MigrationResult migrate(DataSource dataSource) {
        Database database = new Database(dataSource);
        // Flyway's own lock begins after it has made its table, so two that find none would meet there.
        return database.session("wait for others that migrate the database", connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
                try {
                    return migrateAlone(dataSource, database);
                } finally {
                    statement.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
                }
            }
        });
    }

    private static MigrationResult migrateAlone(DataSource dataSource, Database database) {
        State before = state(dataSource, database);
        if (before.newer().isPresent()) {
            throw before.tooNew();
        }
        ServerCapabilities offer = database.session("look at the database server", ServerCapabilities::of);
        Capabilities capabilities =
                database.session("read the store's settings", Schema::builtWith).orElse(offer.capabilities());
        database.session("create extensions", connection -> {
            ServerCapabilities.createExtensions(connection, capabilities);
            return null;
        });
        int applied;
        try {
            applied = flyway(dataSource, capabilities).migrate().migrationsExecuted;
        } catch (FlywayException e) {
            throw failed(e);
        }
        if (applied > 0) {
            offer.notes().forEach(note -> log.info("{}", note));
        }
        return new MigrationResult(applied, state(dataSource, database).version(), capabilities, offer.notes());
    }

    /**
     * Carries a current database over to PostGIS or TimescaleDB, when its server gained them after the first migration. Reports are
     * kept, hours and days are made again from them; until that is done the table is locked. To be run while nothing else is.
     *
     * @return {@code applied} is the number of extensions adopted; the notes say what stands in the way of others
     * @throws SchemaMismatchException when the schema is not this version's
     * @throws StoreException when it does not work; nothing of it stays
     */
    public static MigrationResult adopt(DataSource dataSource) {
        requireCurrent(dataSource);
        Database database = new Database(dataSource);
        ServerCapabilities offer = database.session("look at the database server", ServerCapabilities::of);
        Capabilities before = database.session("read the store's settings", Definitions::read);
        Capabilities after = new Capabilities(
                before.postgis() || offer.capabilities().postgis(),
                before.timescaledb() || offer.capabilities().timescaledb());
        if (!after.equals(before)) {
            // Not in the transaction: it works only in a session in which nothing of it was used before.
            database.session("create the extension timescaledb", connection -> {
                ServerCapabilities.createExtensions(connection, new Capabilities(false, after.timescaledb()));
                return null;
            });
            database.transaction("carry the database over", connection -> {
                new ExtensionUpgrade(connection, before, after).run();
                return null;
            });
            new HistoryRefresh(database, after, Clock.systemUTC()).run();
        }
        int adopted =
                (after.postgis() == before.postgis() ? 0 : 1) + (after.timescaledb() == before.timescaledb() ? 0 : 1);
        return new MigrationResult(adopted, state(dataSource, database).version(), after, offer.notes());
    }

    /** What the database is like; also for one that was never migrated, or is too old or too new. */
    public static SchemaStatus status(DataSource dataSource) {
        Database database = new Database(dataSource);
        State state = state(dataSource, database);
        return database.session("look at the database", connection -> {
            SchemaStatusQuery query = new SchemaStatusQuery(connection);
            Optional<Capabilities> built = builtWith(connection);
            return new SchemaStatus(
                    state.version(),
                    state.pending(),
                    state.newer().isPresent(),
                    built,
                    query.serverVersion(),
                    query.extensionVersion("postgis"),
                    query.extensionVersion("timescaledb"),
                    query.databaseBytes(),
                    query.tableBytes(built),
                    ServerCapabilities.of(connection).notes());
        });
    }

    /**
     * Checks that the database has exactly this version's schema, and changes nothing.
     *
     * @throws SchemaMismatchException when it is empty, older or newer; the message names the command that helps
     */
    public static void requireCurrent(DataSource dataSource) {
        State state = state(dataSource, new Database(dataSource));
        if (state.newer().isPresent()) {
            throw state.tooNew();
        }
        if (state.version().isEmpty()) {
            throw new SchemaMismatchException("the database has no tables of the report store; run: " + HELP);
        }
        if (state.pending() > 0) {
            throw new SchemaMismatchException("the database has schema version " + state.version() + ", and "
                    + state.pending() + " newer migration(s) are waiting; stop the daemons, then run: " + HELP);
        }
    }

    private record State(String version, int pending, Optional<String> newer) {

        SchemaMismatchException tooNew() {
            return new SchemaMismatchException("the database has schema version " + newer.orElseThrow()
                    + ", which is newer than this program; run a newer version of the program"
                    + " (or restore the backup from before that upgrade)");
        }
    }

    private static State state(DataSource dataSource, Database database) {
        Capabilities any = new Capabilities(false, false);
        try {
            // Reading must not need the right to create anything, nor leave a table behind.
            boolean empty = database.session("look for the schema", connection -> !exists(connection, HISTORY_TABLE));
            MigrationInfoService info = flyway(dataSource, any).info();
            Optional<String> newer = List.of(info.all()).stream()
                    .filter(migration -> migration.getState().isApplied()
                            && !migration.getState().isResolved())
                    .map(MigrationInfo::getVersion)
                    .map(String::valueOf)
                    .reduce((first, second) -> second);
            String version = empty || info.current() == null
                    ? ""
                    : info.current().getVersion().toString();
            return new State(version, info.pending().length, newer);
        } catch (FlywayException e) {
            throw failed(e);
        }
    }

    private static Optional<Capabilities> builtWith(Connection connection) throws SQLException {
        return exists(connection, "store_settings") ? Optional.of(Definitions.read(connection)) : Optional.empty();
    }

    private static boolean exists(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT to_regclass('" + table + "') IS NOT NULL")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static Flyway flyway(DataSource dataSource, Capabilities capabilities) {
        return Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:org/trackerreports/store/migration")
                .javaMigrations(ServerDependentMigration.all(capabilities))
                .placeholders(Map.of("location_type", capabilities.locationType()))
                .table(HISTORY_TABLE)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
    }

    private static StoreException failed(FlywayException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Database.translated("migrate the database", sql);
            }
        }
        return new StoreException("could not migrate the database: " + e.getMessage(), e, false);
    }
}
