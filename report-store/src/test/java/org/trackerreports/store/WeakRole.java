package org.trackerreports.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A role that may use a database and its schema, and create no extension: to it a server has what a superuser has put there. */
final class WeakRole {

    private WeakRole() {}

    static DataSource in(DataSource admin) {
        String role = "store_test_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = admin.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + role + " LOGIN; GRANT ALL ON SCHEMA public TO " + role);
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(connection.getMetaData().getURL().replaceFirst("user=[^&]*", "user=" + role));
            source.setUser(role);
            return source;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
