package org.trackerreports.core.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded PostgreSQL and Redis of a data directory. One process at a time owns and runs them; other processes use them.
 *
 * <p>Ownership is a lock on a file, which the operating system releases when a process dies. Not thread-safe; close it once.
 */
public final class EmbeddedServers implements AutoCloseable {

    /** The kind of program that needs the servers. */
    public enum User {
        /** A daemon. There is at most one for a data directory. */
        DAEMON,
        /** A command of the tools. */
        TOOL
    }

    /**
     * Which servers are needed.
     *
     * @param databasePort PostgreSQL's additional port on loopback; 0 for none
     * @param redisPort Redis' additional port on loopback; 0 for none
     * @param programs where the servers' programs are unpacked
     * @param notices is told what is waited for
     * @param patience how long nothing is said of a start or a stop that a command waits for
     */
    public record Request(
            User user, int databasePort, int redisPort, Path programs, Notices notices, Duration patience) {

        /** A request whose notices are logged. */
        public Request(User user, int databasePort, int redisPort, Path programs) {
            this(user, databasePort, redisPort, programs, LOG::info);
        }

        /** A request with the usual patience. */
        public Request(User user, int databasePort, int redisPort, Path programs, Notices notices) {
            this(user, databasePort, redisPort, programs, notices, Duration.ofSeconds(2));
        }
    }

    private static final String ADDRESS_FILE = "servers.json";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServers.class);
    /** Long enough for another process to create and start the servers on a slow machine. */
    private static final Duration OPEN_LIMIT = Duration.ofMinutes(5);

    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final Path programs;
    private final ServerAddresses addresses;
    private final Request request;
    private final AutoCloseable[] owned;

    private EmbeddedServers(Path programs, ServerAddresses addresses, Request request, AutoCloseable... owned) {
        this.programs = programs;
        this.addresses = addresses;
        this.request = request;
        this.owned = owned;
    }

    /**
     * Starts the servers, or connects to those that another process runs.
     *
     * @throws EmbeddedServersException if another daemon runs, a requested port is in use, or a server does not start
     */
    public static EmbeddedServers open(DataDirectory directory, Request request) throws EmbeddedServersException {
        return open(directory, request, Polling.SYSTEM);
    }

    static EmbeddedServers open(DataDirectory directory, Request request, Polling polling)
            throws EmbeddedServersException {
        AtomicBoolean told = new AtomicBoolean();
        try {
            return polling.poll(OPEN_LIMIT, INTERVAL, () -> {
                        Optional<EmbeddedServers> servers = tryOpen(directory, request, polling);
                        if (servers.isEmpty() && told.compareAndSet(false, true)) {
                            request.notices()
                                    .tell("Waiting for another command that uses the servers in " + directory.path()
                                            + ".");
                        }
                        return servers;
                    })
                    .orElseThrow(() -> new EmbeddedServersException("the servers of " + directory.path()
                            + " are in use by another command; wait until it has ended, then start again"));
        } catch (IOException e) {
            throw new EmbeddedServersException(
                    "the servers of " + directory.path() + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** Empty if the servers cannot be opened yet. */
    private static Optional<EmbeddedServers> tryOpen(DataDirectory directory, Request request, Polling polling)
            throws EmbeddedServersException, IOException {
        Optional<OwnerLock> lock = OwnerLock.tryTake(directory);
        if (lock.isPresent()) {
            try {
                return Optional.of(WholeStart.of(() -> startTelling(directory, request, lock.get(), polling)));
            } catch (EmbeddedServersException | IOException | RuntimeException e) {
                lock.get().close();
                throw e;
            }
        }
        if (request.user() == User.TOOL) {
            return join(directory, request);
        }
        Optional<ServerAddresses> running = running(directory);
        if (running.isPresent() && running.get().owner().equals(User.DAEMON.name())) {
            throw new EmbeddedServersException(
                    "another daemon (process " + running.get().pid() + ") runs on DATA_DIR " + directory.path()
                            + "; stop it, or start this one with another --data-dir");
        }
        return Optional.empty();
    }

    /** Uses the servers of their owner. An owner that is a command keeps them running until this is closed. */
    private static Optional<EmbeddedServers> join(DataDirectory directory, Request request) throws IOException {
        Path programs = Programs.in(request.programs()).directory();
        FileChannel user = ServerUsers.file(directory);
        Optional<ServerAddresses> running = Optional.empty();
        try {
            // Entered before the address file is read: an owner that ends deletes the file before it checks for users.
            if (ServerUsers.enter(user)) {
                running = running(directory);
            }
            return running.map(addresses -> new EmbeddedServers(programs, addresses, request, user));
        } finally {
            if (running.isEmpty()) {
                user.close();
            }
        }
    }

    private static Optional<ServerAddresses> running(DataDirectory directory) throws IOException {
        Path file = directory.resolve(ADDRESS_FILE);
        return Files.exists(file) ? ServerAddresses.fromJson(Files.readString(file)) : Optional.empty();
    }

    private static EmbeddedServers startTelling(
            DataDirectory directory, Request request, OwnerLock lock, Polling polling)
            throws EmbeddedServersException, IOException {
        String text = "Starting the embedded PostgreSQL and Redis. Their logs: " + directory.resolve("postgresql.log")
                + ", " + directory.resolve("redis.log");
        if (request.user() == User.DAEMON) {
            request.notices().tell(text);
            return start(directory, request, lock, polling);
        }
        SlowNotice notice = new SlowNotice(text, request.patience(), request.notices());
        try {
            return start(directory, request, lock, polling);
        } finally {
            notice.close();
        }
    }

    private static EmbeddedServers start(DataDirectory directory, Request request, OwnerLock lock, Polling polling)
            throws EmbeddedServersException, IOException {
        Files.deleteIfExists(directory.resolve(ADDRESS_FILE));
        // They may use the same ports.
        PostgresServer.stopLeftover(directory, polling);
        RedisServer.stopLeftover(directory, polling);
        Ports.requireFree(request.databasePort(), "EMBEDDED_DB_PORT");
        Ports.requireFree(request.redisPort(), "EMBEDDED_REDIS_PORT");
        // One for each role, so that whoever learns one has no other.
        ServerPassword superuser = ServerPassword.of(directory, ServerPassword.SUPERUSER);
        ServerPassword databasePassword = ServerPassword.of(directory, ServerPassword.DATABASE);
        ServerPassword redisPassword = ServerPassword.of(directory, ServerPassword.REDIS);
        Programs programs = Programs.in(request.programs());
        Path postgres = programs.postgres();
        Path redisProgram = programs.redis();
        ServerSockets sockets =
                new ServerSockets(SocketDirectory.prepare(directory), request.databasePort(), request.redisPort());
        AutoCloseable socketDirectory = () -> SocketDirectory.discard(directory, sockets.directory());
        // Not in parallel: a program that was just unpacked cannot be executed while a process that is being started at
        // the same moment still holds an inherited handle for writing it.
        RedisServer redis = RedisServer.start(directory, redisProgram, sockets, redisPassword, polling);
        PostgresServer database;
        try {
            database = PostgresServer.start(directory, postgres, sockets, superuser, databasePassword);
        } catch (EmbeddedServersException e) {
            closeQuietly(redis);
            closeQuietly(socketDirectory);
            throw e;
        }
        ServerAddresses addresses = ServerAddresses.of(request.user(), sockets, databasePassword, redisPassword);
        directory.replace(ADDRESS_FILE, addresses.toJson());
        AutoCloseable announcement = () -> Files.deleteIfExists(directory.resolve(ADDRESS_FILE));
        AutoCloseable users = () -> awaitUsers(directory, request);
        return new EmbeddedServers(
                programs.directory(), addresses, request, announcement, users, redis, database, socketDirectory, lock);
    }

    /** Only a command that ends normally waits for the users of its servers. The users of any other owner lose the servers. */
    private static void awaitUsers(DataDirectory directory, Request request) throws IOException {
        if (request.user() == User.TOOL && !endsBySignal()) {
            ServerUsers.awaitNone(directory, request.notices());
        }
    }

    private static boolean endsBySignal() {
        Thread hook = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            // The platform throws this while it shuts down, and offers no other way to ask.
            return true;
        }
    }

    /** Where programs are unpacked; only this user can change what is in it. */
    public Path programs() {
        return programs;
    }

    /** The addresses and passwords of the servers. */
    public ServerAddresses addresses() {
        return addresses;
    }

    /** Stops the servers if this process owns them. */
    @Override
    public void close() {
        String text = "Stopping the embedded PostgreSQL and Redis.";
        AutoCloseable notice =
                owned.length > 1 ? new SlowNotice(text, request.patience(), request.notices()) : () -> {};
        for (AutoCloseable each : owned) {
            closeQuietly(each);
        }
        closeQuietly(notice);
    }

    // Each part is closed even if another one fails, so that no server keeps running.
    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("An embedded server did not stop cleanly: {}", e.getMessage());
        }
    }
}
