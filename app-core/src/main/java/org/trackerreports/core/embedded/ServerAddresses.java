package org.trackerreports.core.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * The addresses of the embedded servers, which their owner writes to a file for other processes. Holds passwords, which {@code toString}
 * hides.
 *
 * @param owner the program that runs them, a name of {@link EmbeddedServers.User}
 * @param pid the owner's process
 * @param databasePort PostgreSQL's port on loopback
 * @param databasePassword the password of its user {@link #USER}
 * @param redisPort Redis' port on loopback
 * @param redisPassword Redis' password
 */
public record ServerAddresses(
        String owner, long pid, int databasePort, String databasePassword, int redisPort, String redisPassword) {

    /** The role and the database in the embedded PostgreSQL. */
    public static final String USER = "trackerreports";

    private static final ObjectMapper JSON = new ObjectMapper();

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
        return "ServerAddresses[" + owner + " " + pid + ", database " + databasePort + ", redis " + redisPort + "]";
    }
}
