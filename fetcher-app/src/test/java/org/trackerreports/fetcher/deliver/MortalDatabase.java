package org.trackerreports.fetcher.deliver;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A database whose connections end after some statements, as if the process were killed between two of them. */
final class MortalDatabase {

    private static final String CONNECTION_FAILURE = "08006";

    private final AtomicInteger left;

    MortalDatabase(int statements) {
        left = new AtomicInteger(statements);
    }

    DataSource of(DataSource database) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    Object result = call(database, method, arguments);
                    return result instanceof Connection connection ? mortal(connection) : result;
                });
    }

    private Connection mortal(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement") && left.decrementAndGet() < 0) {
                        connection.abort(Runnable::run);
                        throw new SQLException("killed", CONNECTION_FAILURE);
                    }
                    return call(connection, method, arguments);
                });
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
