package org.trackerreports.queue;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.BaseConfig;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;

/**
 * Makes Redisson clients from one line of text. Clients made from a URL do not connect before they are used, so that a
 * program can start while Redis is away. The caller shuts them down.
 */
public final class RedisClients {

    private static final String EXAMPLES = "redis://localhost:6379, rediss://user:password@host:6379/1,"
            + " redis-sentinel://host1:26379,host2:26379/0?master=mymaster or redis-cluster://host1:6379,host2:6379";
    private static final Pattern URL = Pattern.compile(
            "(redis|rediss)(-sentinel|-cluster)?://(?:([^@/]*)@)?([^@/?]+)(?:/(\\d*))?(?:\\?master=(.+))?");

    private RedisClients() {}

    /**
     * Connects to one server ({@code redis://[[user]:password@]host[:port][/database]}), to the master that sentinels know
     * ({@code redis-sentinel://[…@]host:port,host:port[/database]?master=name}) or to a cluster
     * ({@code redis-cluster://[…@]host:port,host:port}). {@code rediss} in place of {@code redis} means TLS. User and
     * password are percent-encoded.
     *
     * @throws IllegalArgumentException if the URL is none of these; the message does not show the password
     */
    public static RedissonClient connect(String url) {
        return Redisson.create(config(url));
    }

    /**
     * Connects as a Redisson configuration file says, for all that a URL cannot.
     *
     * @throws IllegalArgumentException if the file cannot be read or is not valid
     */
    public static RedissonClient connect(Path yaml) {
        try {
            return Redisson.create(Config.fromYAML(Files.readString(yaml)));
        } catch (IOException e) {
            throw new IllegalArgumentException("the Redisson configuration " + yaml + " cannot be read", e);
        } catch (RuntimeException e) {
            // The parser's message quotes the file, which may hold a password.
            throw new IllegalArgumentException("the Redisson configuration " + yaml + " is not valid ("
                    + e.getClass().getSimpleName() + "); it must be a YAML file of Redisson 4");
        }
    }

    static Config config(String url) {
        Matcher parts = URL.matcher(url == null ? "" : url);
        if (!parts.matches()) {
            throw wrong(url, "it does not have the form of one");
        }
        String scheme = parts.group(1) + "://";
        String kind = parts.group(2) == null ? "" : parts.group(2);
        List<String> addresses = Arrays.stream(parts.group(4).split(","))
                .map(host -> address(url, scheme, host.trim(), kind.equals("-sentinel") ? 26379 : 6379))
                .toList();
        int database = parts.group(5) == null || parts.group(5).isEmpty() ? 0 : Integer.parseInt(parts.group(5));
        if ((parts.group(6) != null) != kind.equals("-sentinel")) {
            throw wrong(url, "?master= belongs to redis-sentinel and must be there");
        }
        Config config = new Config().setLazyInitialization(true).setThreads(4).setNettyThreads(4);
        authenticate(config, parts.group(3));
        switch (kind) {
            case "-sentinel" -> {
                var sentinels =
                        config.useSentinelServers().setDatabase(database).setMasterName(parts.group(6));
                sentinels.setSentinelAddresses(addresses);
                // A single sentinel is the user's choice.
                sentinels.setCheckSentinelsList(false);
                sentinels.setMasterConnectionMinimumIdleSize(2).setSlaveConnectionMinimumIdleSize(1);
                common(sentinels);
            }
            case "-cluster" -> {
                if (database != 0) {
                    throw wrong(url, "a cluster has database 0 only");
                }
                var cluster = config.useClusterServers();
                cluster.setNodeAddresses(addresses);
                cluster.setMasterConnectionMinimumIdleSize(2).setSlaveConnectionMinimumIdleSize(1);
                common(cluster);
            }
            default -> {
                if (addresses.size() != 1) {
                    throw wrong(url, "it names several hosts; use redis-sentinel or redis-cluster");
                }
                common(config.useSingleServer()
                        .setAddress(addresses.get(0))
                        .setDatabase(database)
                        .setConnectionMinimumIdleSize(2)
                        .setConnectionPoolSize(32));
            }
        }
        return config;
    }

    /** Short and without repetition: a queue's caller decides itself when to call again. */
    private static <T extends BaseConfig<T>> void common(T config) {
        config.setTimeout(2000)
                .setConnectTimeout(2000)
                .setRetryAttempts(0)
                .setPingConnectionInterval(5000)
                .setReconnectionDelay(new ConstantDelay(Duration.ofMillis(500)));
    }

    private static void authenticate(Config config, String credentials) {
        if (credentials != null && !credentials.isEmpty()) {
            int colon = credentials.indexOf(':');
            String user = colon < 0 ? credentials : credentials.substring(0, colon);
            if (!user.isEmpty()) {
                config.setUsername(decoded(user));
            }
            if (colon >= 0) {
                config.setPassword(decoded(credentials.substring(colon + 1)));
            }
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String address(String url, String scheme, String host, int usualPort) {
        try {
            URI uri = new URI(scheme + host);
            if (uri.getHost() == null) {
                throw wrong(url, "\"" + host + "\" is not host:port");
            }
            return uri.getPort() < 0 ? scheme + host + ":" + usualPort : uri.toString();
        } catch (URISyntaxException e) {
            throw wrong(url, "\"" + host + "\" is not host:port");
        }
    }

    private static IllegalArgumentException wrong(String url, String why) {
        String shown = url == null ? "missing" : "\"" + url.replaceAll("//[^@/]*@", "//…@") + "\"";
        return new IllegalArgumentException("the Redis URL is " + shown + ": " + why + ". Valid: " + EXAMPLES);
    }
}
