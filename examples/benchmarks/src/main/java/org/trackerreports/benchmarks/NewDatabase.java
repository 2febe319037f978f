package org.trackerreports.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.secret.MasterKey;

/** A database that was just migrated, for rows that are made on the server. Thread-safe. */
public record NewDatabase(HikariDataSource pool, ReportStore store) implements AutoCloseable {

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
        return new NewDatabase(pool, ReportStore.open(pool, MasterKey.random(), Clock.systemUTC()));
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
