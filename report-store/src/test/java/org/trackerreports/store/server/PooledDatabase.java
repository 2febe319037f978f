package org.trackerreports.store.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** A new database on a server, behind a pool as an application has one. */
record PooledDatabase(String adminUrl, String name, HikariDataSource pool) implements TestDatabase {

    static PooledDatabase create(String adminUrl) {
        String name = "store_" + UUID.randomUUID().toString().replace("-", "");
        execute(adminUrl, "CREATE DATABASE " + name);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(adminUrl.replaceFirst("(://[^/]*/)[^?]*", "$1" + name));
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        return new PooledDatabase(adminUrl, name, new HikariDataSource(config));
    }

    @Override
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public Optional<String> dump() {
        return Commands.output("pg_dump", "--dbname=" + pool.getJdbcUrl().substring("jdbc:".length()));
    }

    @Override
    public void close() {
        pool.close();
        execute(adminUrl, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }

    private static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("could not run: " + sql, e);
        }
    }
}
