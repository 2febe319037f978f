package org.trackerreports.core.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The addresses of the embedded servers, which their owner writes to a file for other processes. Holds passwords, which {@code toString}
 * hides.
 *
 * @param owner the program that runs them, a name of {@link EmbeddedServers.User}
 * @param pid the owner's process
 * @param databaseUrl PostgreSQL's address for JDBC: its Unix socket
 * @param databasePort PostgreSQL's additional port on loopback; 0 if it has none
 * @param databasePassword the password of its user {@link #USER}
 * @param redisSocket Redis' Unix socket
 * @param redisPort Redis' additional port on loopback; 0 if it has none
 * @param redisPassword Redis' password
 */
public record ServerAddresses(
        String owner,
        long pid,
        String databaseUrl,
        int databasePort,
        String databasePassword,
        String redisSocket,
        int redisPort,
        String redisPassword) {

    /** The role and the database in the embedded PostgreSQL. */
    public static final String USER = "trackerreports";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Refuses an incomplete file. */
    public ServerAddresses {
        Objects.requireNonNull(owner);
        Objects.requireNonNull(databaseUrl);
        Objects.requireNonNull(databasePassword);
        Objects.requireNonNull(redisSocket);
        Objects.requireNonNull(redisPassword);
    }

    static ServerAddresses of(
            EmbeddedServers.User owner, ServerSockets sockets, ServerPassword database, ServerPassword redis) {
        return new ServerAddresses(
                owner.name(),
                ProcessHandle.current().pid(),
                sockets.databaseUrl(USER),
                sockets.databasePort(),
                database.value(),
                sockets.redis().toString(),
                sockets.redisPort(),
                redis.value());
    }

    /** Redis' Unix socket. */
    public Path redis() {
        return Path.of(redisSocket);
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the addresses cannot be written as JSON", e);
        }
    }

    static Optional<ServerAddresses> fromJson(String json) {
        try {
            return Optional.of(JSON.readValue(json, ServerAddresses.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "ServerAddresses[" + owner + " " + pid + ", database " + databaseUrl + ", redis " + redisSocket + "]";
    }
}
