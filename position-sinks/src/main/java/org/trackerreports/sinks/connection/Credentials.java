package org.trackerreports.sinks.connection;

import java.util.Objects;

/** A user and a password. The text form contains neither. */
public record Credentials(String user, String password) {

    public Credentials {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }

    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
