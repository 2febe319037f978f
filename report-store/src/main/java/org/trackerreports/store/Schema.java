package org.trackerreports.store;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.store.error.SchemaMismatchException;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.internal.feed.JdbcFeed;
import org.trackerreports.store.internal.history.HistoryRefresh;
import org.trackerreports.store.internal.movement.JdbcJudging;
import org.trackerreports.store.internal.schema.Definitions;
import org.trackerreports.store.internal.schema.ExtensionUpgrade;
import org.trackerreports.store.internal.schema.Migrations;
import org.trackerreports.store.internal.schema.RoleGrants;
import org.trackerreports.store.internal.schema.SchemaStatusQuery;
import org.trackerreports.store.internal.schema.ServerCapabilities;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.movement.JudgingBacklog;
import org.trackerreports.store.schema.Capabilities;
import org.trackerreports.store.schema.DatabasePurpose;
import org.trackerreports.store.schema.MigrationResult;
import org.trackerreports.store.schema.SchemaStatus;

/** Creates and changes the tables of the store, only by versioned migrations. Thread-safe. */
public final class Schema {

    private static final Logger log = LoggerFactory.getLogger(Schema.class);
    private static final String LOCK = "hashtextextended('report-store migration', 0)";
    private static final String MIGRATE = "findmy tools db migrate";

    private Schema() {}

    /**
     * Migrates the database to the schema of this version. A new database is built with PostGIS and TimescaleDB if the server has them
     * and the role may create them; an older database keeps what it was built with. If several instances migrate at the same time, one
     * works and the others wait.
     *
     * @param dataSource must provide at least three connections at a time
     * @throws SchemaMismatchException if the database is newer than this version
     * @throws StoreException if a migration fails; it is rolled back
     */
    public static MigrationResult migrate(DataSource dataSource) {
        Database database = new Database(dataSource);
        // Flyway takes its own lock only after it has created its table, so two instances could both try to create it.
        return database.session("wait for others that migrate the database", connection -> {
            Sql.on(connection, "SELECT pg_advisory_lock(" + LOCK + ")").execute();
            try {
                return migrateAlone(dataSource, database);
            } finally {
                Sql.on(connection, "SELECT pg_advisory_unlock(" + LOCK + ")").execute();
            }
        });
    }

    private static MigrationResult migrateAlone(DataSource dataSource, Database database) {
        refuseNewer(Migrations.state(dataSource));
        ServerCapabilities server = database.session("look at the database server", ServerCapabilities::of);
        Capabilities capabilities = database.session("read the store's settings", Definitions::readIfBuilt)
                .orElse(server.capabilities());
        createExtensions(database, capabilities);
        int applied = Migrations.run(dataSource, capabilities);
        if (applied > 0) {
            server.notes().forEach(note -> log.info("{}", note));
        }
        String version = Migrations.state(dataSource).version();
        return new MigrationResult(applied, version, capabilities, server.notes());
    }

    /**
     * Converts a current database to PostGIS or TimescaleDB if its server got them after the first migration. Reports are kept; hours and
     * days are made again from them. A database with TimescaleDB's aggregates whose server now refuses them, because it runs under the
     * Apache licence, gets ordinary tables with all reports, hours and days. The table of reports is locked until the conversion is done, so run this while nothing else uses the
     * database.
     *
     * @param clock tells up to when hours and days are made
     * @return {@code applied} is the number of extensions that the database uses in addition; the notes say what prevents the use of others
     * @throws SchemaMismatchException if the schema is not the schema of this version
     * @throws StoreException if the conversion fails; it is rolled back
     */
    public static MigrationResult upgradeExtensions(DataSource dataSource, Clock clock) {
        requireCurrent(dataSource);
        Database database = new Database(dataSource);
        ServerCapabilities server = database.session("look at the database server", ServerCapabilities::of);
        Capabilities before = database.session("read the store's settings", Definitions::read);
        Capabilities after = database.session("look at TimescaleDB's licence", ServerCapabilities::isApacheLicensed)
                        && before.timescaledb()
                ? new Capabilities(before.postgis(), false)
                : new Capabilities(
                        before.postgis() || server.capabilities().postgis(),
                        before.timescaledb() || server.capabilities().timescaledb());
        if (!after.equals(before)) {
            // In a session of its own, because TimescaleDB can only be created before the session has used any part of
            // it.
            createExtensions(database, new Capabilities(false, after.timescaledb()));
            database.inTransaction(
                    "convert the database", connection -> new ExtensionUpgrade(connection, before, after).run());
            new HistoryRefresh(database, after, clock).run();
        }
        int created =
                (after.postgis() && !before.postgis() ? 1 : 0) + (after.timescaledb() && !before.timescaledb() ? 1 : 0);
        String version = Migrations.state(dataSource).version();
        return new MigrationResult(created, version, after, server.notes());
    }

    private static void createExtensions(Database database, Capabilities capabilities) {
        database.session("create extensions", connection -> {
            ServerCapabilities.createExtensions(connection, capabilities);
            return true;
        });
    }

    /**
     * The state of a database, including one that was never migrated, or is too old or too new. Needs no master key and changes nothing.
     */
    public static SchemaStatus status(DataSource dataSource) {
        Migrations.State state = Migrations.state(dataSource);
        return new Database(dataSource)
                .session("look at the database", connection -> SchemaStatusQuery.read(connection, state));
    }

    /**
     * The statements that let a role of the database do one thing only, without access to key material, accounts and master keys. Changes nothing.
     *
     * @param role need not exist
     * @throws SchemaMismatchException if the schema is not the schema of this version
     */
    public static List<String> grants(DataSource dataSource, String role, DatabasePurpose purpose) {
        requireCurrent(dataSource);
        return new Database(dataSource)
                .session("look at the tables", connection -> RoleGrants.statements(connection, role, purpose));
    }

    /**
     * Gives a role what {@link #grants} says, in one transaction.
     *
     * @throws SchemaMismatchException if the schema is not the schema of this version
     * @throws StoreException if there is no such role, or this one may not give rights
     */
    public static void grant(DataSource dataSource, String role, DatabasePurpose purpose) {
        requireCurrent(dataSource);
        new Database(dataSource).inTransaction("give rights to the role " + role, connection -> {
            for (String statement : RoleGrants.statements(connection, role, purpose)) {
                Sql.on(connection, statement).execute();
            }
        });
    }

    /** What waits to be judged in a database of this version's schema. Needs no master key and changes nothing. */
    public static JudgingBacklog backlog(DataSource dataSource, Clock clock) {
        Database database = new Database(dataSource);
        return new JdbcJudging(database, new JdbcFeed(database), clock).backlog();
    }

    /** Whether the database has exactly the schema of this version. Changes nothing. */
    public static boolean isCurrent(DataSource dataSource) {
        Migrations.State state = Migrations.state(dataSource);
        return !state.version().isEmpty()
                && state.pending() == 0
                && state.newer().isEmpty();
    }

    /**
     * Checks that the database has exactly the schema of this version. Changes nothing.
     *
     * @throws SchemaMismatchException if it is empty, older or newer; the message names the command that helps
     */
    public static void requireCurrent(DataSource dataSource) {
        Migrations.State state = Migrations.state(dataSource);
        refuseNewer(state);
        if (state.version().isEmpty()) {
            throw new SchemaMismatchException("the database has no tables of the report store; run: " + MIGRATE);
        }
        if (state.pending() > 0) {
            throw new SchemaMismatchException("the database has schema version " + state.version() + ", and "
                    + state.pending() + " newer migration(s) have not run yet; stop the daemons, then run: " + MIGRATE);
        }
    }

    private static void refuseNewer(Migrations.State state) {
        Optional<String> newer = state.newer();
        if (newer.isPresent()) {
            throw new SchemaMismatchException("the database has schema version " + newer.get()
                    + ", which is newer than this program; run a newer version of the program"
                    + " (or restore the backup from before that upgrade)");
        }
    }
}
