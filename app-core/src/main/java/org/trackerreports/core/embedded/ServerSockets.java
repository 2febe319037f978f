package org.trackerreports.core.embedded;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where the embedded servers listen.
 *
 * @param directory the directory of their Unix sockets
 * @param databasePort PostgreSQL's additional port on loopback; 0 for none
 * @param redisPort Redis' additional port on loopback; 0 for none
 */
record ServerSockets(Path directory, int databasePort, int redisPort) {

    /** PostgreSQL numbers its Unix sockets, too. */
    private static final int DATABASE_NUMBER = 5432;

    int databaseNumber() {
        return databasePort == 0 ? DATABASE_NUMBER : databasePort;
    }

    Path redis() {
        return directory.resolve("redis.sock");
    }

    String databaseUrl(String database) {
        Path socket = directory.resolve(".s.PGSQL." + databaseNumber());
        return "jdbc:postgresql://localhost/" + database + "?socketFactory=" + UnixSocketFactory.class.getName()
                + "&socketFactoryArg=" + URLEncoder.encode(socket.toString(), StandardCharsets.UTF_8)
                + "&sslmode=disable&gssEncMode=disable&requireAuth=scram-sha-256";
    }
}
