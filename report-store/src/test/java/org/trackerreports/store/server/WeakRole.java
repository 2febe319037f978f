package org.trackerreports.store.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;

/** A role that may use a database and its schema, and create no extension: to it a server has what a superuser has put there. */
public final class WeakRole {

    private WeakRole() {}

    public static HikariDataSource in(DataSource admin) {
        String role = "store_test_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = admin.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + role + " LOGIN; GRANT ALL ON SCHEMA public TO " + role);
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(connection.getMetaData().getURL().replaceFirst("user=[^&]*", "user=" + role));
            config.setMaximumPoolSize(3);
            config.setMinimumIdle(0);
            return new HikariDataSource(config);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
