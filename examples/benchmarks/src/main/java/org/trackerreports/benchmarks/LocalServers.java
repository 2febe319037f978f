package org.trackerreports.benchmarks;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.trackerreports.core.embedded.DataDirectory;
import org.trackerreports.core.embedded.EmbeddedServers;
import org.trackerreports.core.embedded.ServerAddresses;

/**
 * The PostgreSQL and the Redis that a topic works on: the embedded ones of the programs, as durable as there, in a directory of their
 * own. Not thread-safe.
 */
public final class LocalServers implements AutoCloseable {

    /** System property with the file of addresses, for the virtual machines of single benchmarks. */
    private static final String PROPERTY = "bench.addresses";

    /** The files in the servers' directory that name their processes. */
    static final List<Path> PID_FILES = List.of(Path.of("postgresql", "postmaster.pid"), Path.of("redis", "redis.pid"));

    private final EmbeddedServers servers;
    private final Path directory;

    private LocalServers(EmbeddedServers servers, Path directory) {
        this.servers = servers;
        this.directory = directory;
    }

    /** Starts both. */
    public static LocalServers start(Setting setting) throws Exception {
        Path directory = setting.newDirectory("servers");
        EmbeddedServers.Request request = new EmbeddedServers.Request(
                EmbeddedServers.User.TOOL,
                FreePort.find(),
                FreePort.find(),
                setting.directory().resolve("programs"));
        EmbeddedServers servers = EmbeddedServers.open(DataDirectory.prepare(directory), request);
        return new LocalServers(servers, directory);
    }

    /**
     * Makes values known to benchmarks, which run in virtual machines of their own.
     *
     * @param values such as addresses with their passwords, which arguments would show to everybody
     * @return the system properties that these machines need
     */
    public Map<String, String> announce(Map<String, String> values) {
        Path addressFile = directory.resolve("bench.properties");
        Properties properties = new Properties();
        properties.putAll(values);
        try (Writer writer = Files.newBufferedWriter(addressFile)) {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(PROPERTY, addressFile.toString());
    }

    /** In a benchmark's own virtual machine: what was made known to it. */
    public static String announced(String name) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(System.getProperty(PROPERTY)))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty(name);
    }

    private ServerAddresses addresses() {
        return servers.addresses();
    }

    /** Redis' address, with the password. */
    public String redisUrl() {
        return "redis://:" + addresses().redisPassword() + "@127.0.0.1:"
                + addresses().redisPort();
    }

    /** PostgreSQL's address for JDBC, with user and password. */
    public String databaseUrl() {
        return "jdbc:postgresql://127.0.0.1:" + addresses().databasePort() + "/" + ServerAddresses.USER + "?user="
                + ServerAddresses.USER + "&password=" + addresses().databasePassword();
    }

    /** PostgreSQL's address for libpq, with user and password. */
    public String databaseWords() {
        return "host=127.0.0.1 port=" + addresses().databasePort() + " dbname=" + ServerAddresses.USER + " user="
                + ServerAddresses.USER + " password=" + addresses().databasePassword();
    }

    /** Both as options of the programs. */
    public Map<String, String> options() {
        return Map.of(
                "DB_HOST",
                "127.0.0.1",
                "DB_PORT",
                Integer.toString(addresses().databasePort()),
                "DB_NAME",
                ServerAddresses.USER,
                "DB_USER",
                ServerAddresses.USER,
                "DB_PASSWORD",
                addresses().databasePassword(),
                "REDIS_URL",
                redisUrl());
    }

    /** Where both keep their files. A daemon that has it as {@code DATA_DIR} runs the same servers once these are closed. */
    public Path directory() {
        return directory;
    }

    /** The processes of both. */
    public Stream<ProcessHandle> processes() throws IOException {
        return processes(directory);
    }

    /**
     * The processes of the servers that run in a directory, whoever started them.
     *
     * @throws IOException if they do not run
     */
    public static Stream<ProcessHandle> processes(Path directory) throws IOException {
        List<ProcessHandle> processes = new ArrayList<>();
        for (Path pidFile : PID_FILES) {
            process(directory.resolve(pidFile)).ifPresent(processes::add);
        }
        return processes.stream().flatMap(process -> Stream.concat(Stream.of(process), process.descendants()));
    }

    /** The process that a file names; empty if it has ended. */
    static Optional<ProcessHandle> process(Path pidFile) throws IOException {
        String pid = Files.readAllLines(pidFile).stream().findFirst().orElse("").strip();
        return ProcessHandle.of(Long.parseLong(pid));
    }

    @Override
    public void close() {
        servers.close();
    }
}
