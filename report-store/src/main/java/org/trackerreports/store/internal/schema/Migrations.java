package org.trackerreports.store.internal.schema;

import java.io.Reader;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.schema.Capabilities;

/** The versioned migrations of the schema, run by Flyway. */
public final class Migrations {

    private static final String HISTORY_TABLE = "report_store_schema_history";

    /** What Flyway writes first into a database that already has tables of others. */
    private static final String BASELINE = "0";

    /** The migrations that are SQL files. A released file never changes; changes come as further files. */
    private static final List<String> SQL_FILES = List.of(
            "V1__tables.sql",
            "V5__request_budgets.sql",
            "V6__feed.sql",
            "V8__serving.sql",
            "V9__delivering.sql",
            "V10__withheld_positions.sql",
            "V11__transition_pages.sql",
            "V12__recent_checkpoints.sql");

    private static final List<String> VERSIONS = Stream.concat(
                    SQL_FILES.stream().map(name -> name.substring(1, name.indexOf("__"))),
                    Arrays.stream(ServerDependentMigration.all(new Capabilities(false, false)))
                            .map(ServerDependentMigration::version))
            .toList();

    private Migrations() {}

    /**
     * What migrations a database has.
     *
     * @param version the version of the schema; empty if the tables were never created
     * @param pending number of migrations that have not run yet
     * @param newer the version of the schema if it is newer than this library
     */
    public record State(String version, int pending, Optional<String> newer) {}

    /** Runs the pending migrations and returns how many there were. */
    public static int run(DataSource dataSource, Capabilities capabilities) {
        try {
            return flyway(dataSource, capabilities).migrate().migrationsExecuted;
        } catch (FlywayException e) {
            throw failed(e);
        }
    }

    /**
     * Reads the state. Changes nothing and needs no right to. Without Flyway, because every program does this at its start, and Flyway's
     * classes take longer to load than everything else here.
     */
    public static State state(DataSource dataSource) {
        List<String> applied = new Database(dataSource).session("read the version of the schema", Migrations::applied);
        List<String> pending = new ArrayList<>(VERSIONS);
        pending.removeAll(applied);
        List<String> newer = new ArrayList<>(applied);
        newer.removeAll(VERSIONS);
        newer.remove(BASELINE);
        return new State(last(applied).orElse(""), pending.size(), last(newer));
    }

    private static List<String> applied(Connection connection) throws SQLException {
        return Definitions.tableExists(connection, HISTORY_TABLE)
                ? Sql.on(
                                connection,
                                "SELECT version FROM " + HISTORY_TABLE
                                        + " WHERE success AND version IS NOT NULL ORDER BY installed_rank")
                        .list(row -> row.getString(1))
                : List.of();
    }

    private static Optional<String> last(List<String> versions) {
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
    }

    private static Flyway flyway(DataSource dataSource, Capabilities capabilities) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(dataSource)
                // Flyway searches nothing: it can neither see into this module, nor take other classes for migrations.
                .locations(new String[0])
                .resourceProvider(new SqlFiles())
                .javaMigrationClassProvider(List::of)
                .skipDefaultCallbacks(true)
                .javaMigrations(ServerDependentMigration.all(capabilities))
                .placeholders(Map.of("location_type", capabilities.locationType()))
                .table(HISTORY_TABLE)
                // Migrations of one release can be written side by side; each stands for itself.
                .outOfOrder(true)
                .baselineOnMigrate(true)
                .baselineVersion(BASELINE)
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

    /** Hands the SQL files to Flyway. */
    private static final class SqlFiles implements ResourceProvider {

        @Override
        public @Nullable LoadableResource getResource(String name) {
            return SQL_FILES.contains(name) ? new SqlFile(name) : null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return SQL_FILES.stream()
                    .filter(name ->
                            name.startsWith(prefix) && Arrays.stream(suffixes).anyMatch(name::endsWith))
                    .<LoadableResource>map(SqlFile::new)
                    .toList();
        }
    }

    private static final class SqlFile extends LoadableResource {

        private final String name;

        SqlFile(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            return new StringReader(Definitions.resource("migration/" + name));
        }

        @Override
        public String getAbsolutePath() {
            return name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
