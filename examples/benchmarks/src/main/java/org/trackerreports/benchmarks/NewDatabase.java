package org.trackerreports.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.secret.MasterKey;

/** A database that was just migrated, for rows that are made on the server. Thread-safe. */
public record NewDatabase(HikariDataSource pool, ReportStore store) implements AutoCloseable {

    /** Of the benchmarks only. Always the same, so that a database that took an hour to fill can be measured again. */
    private static final String MASTER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    /**
     * Migrates an empty database and opens a pool and a store on it.
     *
     * @param url of an empty database, with user and password
     */
    public static NewDatabase at(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(4);
        HikariDataSource pool = new HikariDataSource(config);
        Schema.migrate(pool);
        return new NewDatabase(pool, ReportStore.open(pool, MasterKey.fromBase64(MASTER_KEY), Clock.systemUTC()));
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The number that a query gives. */
    public long number(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
