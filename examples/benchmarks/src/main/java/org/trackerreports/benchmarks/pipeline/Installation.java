package org.trackerreports.benchmarks.pipeline;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trackerreports.benchmarks.LocalServers;
import org.trackerreports.tools.Tools;

/**
 * A database and a queue that are ready for a daemon: accounts signed in to the simulated services, trackers imported. Everything is done
 * as a user does it, by the tools.
 */
public final class Installation {

    private final LocalServers servers;
    private final Map<String, String> environment = new HashMap<>();

    /**
     * Makes everything ready.
     *
     * @param directory for files
     * @param accounts how many of the services' accounts are signed in
     */
    public Installation(LocalServers servers, Services services, Path directory, int accounts) throws IOException {
        this.servers = servers;
        environment.putAll(servers.options());
        environment.putAll(services.options());
        environment.put("MASTER_KEY", masterKey());
        environment.put("DATA_DIR", directory.resolve("data").toString());
        environment.put("FETCH_INTERVAL", "100ms");
        environment.put("MAX_REQUESTS_PER_DAY", "100000");
        environment.put("RESERVED_REQUESTS_PER_DAY", "0");
        environment.put("REQUEST_INTERVAL_HOURS", "12");
        environment.put("HEARTBEAT_TIMEOUT", "3s");
        tools("db", "migrate");
        Path password = Files.writeString(directory.resolve("password"), ServicesMain.PASSWORD);
        for (int account = 0; account < accounts; account++) {
            tools(
                    "login",
                    "--account",
                    "account-" + account,
                    "--username",
                    ServicesMain.appleId(account),
                    "--password-file",
                    password.toString());
        }
        List<String> imports = new ArrayList<>(List.of("trackers", "import"));
        imports.addAll(services.keyFiles());
        tools(imports.toArray(String[]::new));
    }

    /** The environment variables that the programs need. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** The same, with the intervals between requests that programs have by default. */
    public Map<String, String> environmentWithUsualIntervals() {
        Map<String, String> usual = new HashMap<>(environment);
        usual.keySet()
                .removeAll(List.of(
                        "FETCH_INTERVAL",
                        "MAX_REQUESTS_PER_DAY",
                        "RESERVED_REQUESTS_PER_DAY",
                        "REQUEST_INTERVAL_HOURS",
                        "HEARTBEAT_TIMEOUT"));
        return usual;
    }

    /** Makes every tracker due. The daemon must have filled the queue before. */
    public void requeue() {
        tools("queue", "requeue", "--all");
    }

    private void tools(String... arguments) {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output, true);
        int exitCode = Tools.run(environment, writer, writer, arguments);
        if (exitCode != 0) {
            throw new IllegalStateException(
                    "findmy tools " + arguments[0] + " ended with " + exitCode + ":\n" + output);
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(servers.databaseUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String masterKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
