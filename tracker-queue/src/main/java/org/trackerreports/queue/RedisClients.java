package org.trackerreports.queue;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.kqueue.KQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import org.redisson.config.SentinelServersConfig;
import org.redisson.config.SingleServerConfig;
import org.redisson.config.TransportMode;

/**
 * Makes Redisson clients from a URL or a file. A client made from a URL connects when it is first used, so that a program can
 * start while Redis is unavailable. The caller shuts the clients down.
 */
public final class RedisClients {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    private RedisClients() {}

    /**
     * Makes a client of one server ({@code redis://[[user]:password@]host[:port][/database]}), of the master that sentinels know
     * ({@code redis-sentinel://[…@]host:port,host:port[/database]?master=name}) or of a cluster
     * ({@code redis-cluster://[…@]host:port,host:port}). {@code rediss} instead of {@code redis} means TLS. User and password
     * are percent-encoded.
     *
     * @throws IllegalArgumentException if the URL is none of these; the message does not show the password
     */
    public static RedissonClient connect(String url) {
        return connect(url, DEFAULT_TIMEOUT);
    }

    /**
     * Connects as {@link #connect(String)} does, with another timeout.
     *
     * @param timeout how long connecting and how long an answer may take
     * @throws IllegalArgumentException if the URL is not valid; the message does not show the password
     */
    public static RedissonClient connect(String url, Duration timeout) {
        return Redisson.create(config(url, timeout));
    }

    /**
     * Makes a client of one server on a Unix socket, which connects when it is first used. Needs Linux or macOS on an x86-64 or ARM-64
     * processor.
     *
     * @param timeout how long connecting and how long an answer may take
     * @throws UnsupportedOperationException if this machine has no support for it; the message says why
     */
    public static RedissonClient connect(Path socket, String password, Duration timeout) {
        Config config = new Config()
                .setLazyInitialization(true)
                .setThreads(4)
                .setNettyThreads(4)
                .setTransportMode(unixTransport())
                .setPassword(password);
        // A socket has no name whose address could change; looking it up would log an error every few seconds.
        // And no network can cut it off silently, which is what pings find out.
        single(config, timeout)
                .setAddress("redis+uds://" + socket.toAbsolutePath())
                .setDnsMonitoringInterval(-1)
                .setPingConnectionInterval(0);
        return Redisson.create(config);
    }

    private static TransportMode unixTransport() {
        if (Epoll.isAvailable()) {
            return TransportMode.EPOLL;
        }
        if (KQueue.isAvailable()) {
            return TransportMode.KQUEUE;
        }
        Throwable cause = Epoll.unavailabilityCause();
        throw new UnsupportedOperationException(
                "no Unix sockets for Redis on this machine (" + (cause == null ? "" : cause.getMessage()) + ")", cause);
    }

    /**
     * The addresses in a URL, without user and password, for messages.
     *
     * @throws IllegalArgumentException if the URL is not valid; the message does not show the password
     */
    public static String addresses(String url) {
        return String.join(", ", RedisUrl.parse(url).addresses());
    }

    /**
     * Makes a client from a Redisson configuration file, for everything that a URL cannot express.
     *
     * @throws IllegalArgumentException if the file cannot be read or is not valid
     */
    public static RedissonClient connect(Path yaml) {
        try {
            return Redisson.create(read(yaml));
        } catch (IOException e) {
            throw new IllegalArgumentException("the Redisson configuration " + yaml + " cannot be read", e);
        }
    }

    /**
     * Checks a URL without connecting.
     *
     * @throws IllegalArgumentException as {@link #connect(String)} does
     */
    public static void requireValid(String url) {
        RedisUrl.parse(url);
    }

    /**
     * Checks a Redisson configuration file without connecting.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it is not valid
     */
    public static void requireValid(Path yaml) throws IOException {
        read(yaml);
    }

    private static Config read(Path yaml) throws IOException {
        String text = Files.readString(yaml);
        try {
            return Config.fromYAML(text);
        } catch (RuntimeException e) {
            // The parser's message quotes the file, which may hold a password.
            throw new IllegalArgumentException(
                    "the Redisson configuration " + yaml + " is not valid; it must be a YAML file of Redisson 4");
        }
    }

    static Config config(String text) {
        return config(text, DEFAULT_TIMEOUT);
    }

    private static Config config(String text, Duration timeout) {
        RedisUrl url = RedisUrl.parse(text);
        Config config = new Config().setLazyInitialization(true).setThreads(4).setNettyThreads(4);
        url.user().ifPresent(config::setUsername);
        url.password().ifPresent(config::setPassword);
        switch (url.kind()) {
            case SINGLE ->
                single(config, timeout).setAddress(url.addresses().get(0)).setDatabase(url.database());
            case SENTINEL -> {
                SentinelServersConfig sentinels = failFast(fewConnections(config.useSentinelServers()), timeout)
                        .setDatabase(url.database())
                        .setMasterName(url.masterName().orElseThrow());
                sentinels.setSentinelAddresses(url.addresses());
                // A single sentinel is the user's choice.
                sentinels.setCheckSentinelsList(false);
            }
            case CLUSTER ->
                failFast(fewConnections(config.useClusterServers()), timeout).setNodeAddresses(url.addresses());
        }
        return config;
    }

    private static SingleServerConfig single(Config config, Duration timeout) {
        return failFast(config.useSingleServer(), timeout)
                .setConnectionMinimumIdleSize(2)
                .setConnectionPoolSize(32);
    }

    private static <T extends BaseMasterSlaveServersConfig<T>> T fewConnections(T config) {
        return config.setMasterConnectionMinimumIdleSize(2).setSlaveConnectionMinimumIdleSize(1);
    }

    /** Sets the timeouts and no retries: the caller of the queue decides when to call again. */
    private static <T extends BaseConfig<T>> T failFast(T config, Duration timeout) {
        return config.setTimeout((int) timeout.toMillis())
                .setConnectTimeout((int) timeout.toMillis())
                .setRetryAttempts(0)
                // Never waited for, but its remainder of 100 ms sets how often the client's timer ticks: the usual
                // random delay would give up to a hundred ticks a second.
                .setRetryDelay(new ConstantDelay(Duration.ofSeconds(1)))
                .setPingConnectionInterval(5000)
                .setReconnectionDelay(new ConstantDelay(Duration.ofMillis(500)));
    }
}
