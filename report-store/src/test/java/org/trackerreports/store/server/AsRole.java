package org.trackerreports.store.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Connections that have the rights of another role only, also where nobody but the owner can connect. */
public final class AsRole {

    private AsRole() {}

    /** @param role exists */
    public static DataSource of(DataSource owner, String role) {
        return (DataSource) Proxy.newProxyInstance(
                AsRole.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("getConnection")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    Connection connection = owner.getConnection();
                    execute(connection, "SET ROLE " + role);
                    return backAtTheEnd(connection);
                });
    }

    private static Connection backAtTheEnd(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                AsRole.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        execute(connection, "RESET ROLE");
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
