package org.trackerreports.core.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded servers of a data directory. One process at a time owns and runs them; the others use what the owner runs.
 *
 * <p>Ownership is a lock on a file, which the operating system takes back when a process dies. Not thread-safe; close it once.
 */
public final class EmbeddedServers implements AutoCloseable {

    /** Who asks for the servers. */
    public enum User {
        /** A daemon: there is only one for a data directory. */
        DAEMON,
        /** A command that runs for a while. */
        TOOL
    }

    /** How the servers are wished. */
    public record Request(User user, int databasePort, int redisPort, Path binaries) {}

    static final String PASSWORD_FILE = "servers.password";
    private static final String LOCK_FILE = "servers.lock";
    private static final String ADDRESS_FILE = "servers.json";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final ServerAddresses addresses;
    private final AutoCloseable[] owned;

    private EmbeddedServers(ServerAddresses addresses, AutoCloseable... owned) {
        this.addresses = addresses;
        this.owned = owned;
    }

    /**
     * Starts the servers, or finds those that another process runs.
     *
     * @throws EmbeddedServersException if a second daemon asks, a wished port is taken, or a server does not start
     */
    public static EmbeddedServers open(DataDirectory directory, Request request) throws EmbeddedServersException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean told = false;
        try {
            while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
                Optional<EmbeddedServers> servers = tryOpen(directory, request);
                if (servers.isPresent()) {
                    return servers.get();
                }
                if (!told) {
                    told = true;
                    LOG.info("Waiting for another command that uses the servers in {}.", directory.path());
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        } catch (IOException e) {
            throw new EmbeddedServersException(
                    "the servers of " + directory.path() + " cannot be looked after: " + e.getMessage(), e);
        }
        throw new EmbeddedServersException("the servers of " + directory.path()
                + " are in use by another command; wait until it has ended, then start again");
    }

    /** Empty means: look again in a moment. */
    private static Optional<EmbeddedServers> tryOpen(DataDirectory directory, Request request)
            throws EmbeddedServersException, IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean owner = false;
        try {
            owner = lock(channel).isPresent();
            if (owner) {
                return Optional.of(start(directory, request, channel));
            }
        } catch (EmbeddedServersException | IOException | RuntimeException e) {
            owner = false;
            throw e;
        } finally {
            if (!owner) {
                channel.close();
            }
        }
        if (request.user() == User.TOOL) {
            return join(directory);
        }
        Optional<ServerAddresses> running = running(directory);
        if (running.isPresent() && running.get().owner().equals(User.DAEMON.name())) {
            throw new EmbeddedServersException(
                    "another daemon (process " + running.get().pid() + ") runs on DATA_DIR " + directory.path()
                            + "; stop it, or give this one another --data-dir");
        }
        return Optional.empty();
    }

    /** Uses what the owner runs. The owner, if it is a command too, goes on running it until this has been closed. */
    private static Optional<EmbeddedServers> join(DataDirectory directory) throws IOException {
        FileChannel user = ServerUsers.file(directory);
        Optional<ServerAddresses> running = Optional.empty();
        try {
            // Before it is looked whether the servers run: an owner that ends takes its announcement away before it
            // looks for users.
            if (ServerUsers.enter(user)) {
                running = running(directory);
            }
            return running.map(addresses -> new EmbeddedServers(addresses, user));
        } finally {
            if (running.isEmpty()) {
                user.close();
            }
        }
    }

    private static Optional<FileLock> lock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    private static Optional<ServerAddresses> running(DataDirectory directory) throws IOException {
        Path file = directory.resolve(ADDRESS_FILE);
        return Files.exists(file) ? ServerAddresses.fromJson(Files.readString(file)) : Optional.empty();
    }

    private static EmbeddedServers start(DataDirectory directory, Request request, FileChannel channel)
            throws EmbeddedServersException, IOException {
        Files.deleteIfExists(directory.resolve(ADDRESS_FILE));
        String password = directory.secret(PASSWORD_FILE, EmbeddedServers::newPassword);
        int databasePort = Ports.free(request.databasePort(), "EMBEDDED_DB_PORT");
        int redisPort = Ports.free(request.redisPort(), "EMBEDDED_REDIS_PORT");
        // One after the other: a program that was unpacked just now cannot be run while another start, at the same
        // moment, has a copy of the file that it was written through.
        RedisServer redis = RedisServer.start(directory, redisPort, password);
        PostgresServer database;
        try {
            database = PostgresServer.start(directory, request.binaries(), databasePort, password);
        } catch (EmbeddedServersException e) {
            closeQuietly(redis);
            throw e;
        }
        ServerAddresses addresses = new ServerAddresses(
                request.user().name(),
                ProcessHandle.current().pid(),
                database.port(),
                password,
                redis.port(),
                password);
        directory.replace(ADDRESS_FILE, addresses.toJson());
        AutoCloseable announcement = () -> Files.deleteIfExists(directory.resolve(ADDRESS_FILE));
        AutoCloseable users = () -> awaitUsers(directory, request.user());
        return new EmbeddedServers(addresses, announcement, users, redis, database, channel);
    }

    /** A daemon that is told to end, and whatever a signal ends, waits for nobody: who uses their servers is told that they are away. */
    private static void awaitUsers(DataDirectory directory, User owner) throws IOException {
        if (owner == User.TOOL && !endsBySignal()) {
            ServerUsers.awaitNone(directory);
        }
    }

    private static boolean endsBySignal() {
        Thread hook = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            // Which the platform throws while it ends, and has no other word for.
            return true;
        }
    }

    private static String newPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Where the servers are. */
    public ServerAddresses addresses() {
        return addresses;
    }

    /** Stops the servers if this process owns them. */
    @Override
    public void close() {
        for (AutoCloseable each : owned) {
            closeQuietly(each);
        }
    }

    // Closing goes on whatever one part does, so that no server is left running.
    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("An embedded server did not stop cleanly: {}", e.getMessage());
        }
    }
}
