package org.trackerreports.core.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.trackerreports.core.embedded.EmbeddedServers.Request;
import org.trackerreports.core.embedded.EmbeddedServers.User;

/** A program that starts the servers, writes a row and is gone at once, as if it had been killed. */
final class KilledOwner {

    static final int KILLED = 9;

    private KilledOwner() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedServers servers = EmbeddedServers.open(
                DataDirectory.prepare(Path.of(arguments[0])),
                new Request(User.DAEMON, Integer.parseInt(arguments[2]), 0, Path.of(arguments[1])));
        ServerAddresses addresses = servers.addresses();
        try (Connection connection = DriverManager.getConnection(
                        addresses.databaseUrl(), ServerAddresses.USER, addresses.databasePassword());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT 'here' AS value");
        }
        Runtime.getRuntime().halt(KILLED);
    }
}
