package org.trackerreports.queue;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a Redis URL, see {@link RedisClients#connect(String)}. Its text hides the password.
 *
 * @param addresses each with scheme and port; exactly one for a single server
 * @param masterName the master that the sentinels know; present for sentinels only
 */
record RedisUrl(
        Kind kind,
        List<String> addresses,
        int database,
        Optional<String> masterName,
        Optional<String> user,
        Optional<String> password) {

    /** What the addresses are. */
    enum Kind {
        SINGLE,
        SENTINEL,
        CLUSTER
    }

    private static final String EXAMPLES = "redis://localhost:6379, rediss://user:password@host:6379/1,"
            + " redis-sentinel://host1:26379,host2:26379/0?master=mymaster or redis-cluster://host1:6379,host2:6379";
    private static final Pattern URL = Pattern.compile("(?<scheme>rediss?)(?<kind>-sentinel|-cluster)?://"
            + "(?:(?<credentials>[^@/]*)@)?(?<hosts>[^@/?]+)(?:/(?<database>\\d*))?(?:\\?master=(?<master>.+))?");
    private static final int REDIS_PORT = 6379;
    private static final int SENTINEL_PORT = 26379;

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException if it is not valid; the message does not show the password
     */
    static RedisUrl parse(@Nullable String url) {
        Matcher parts = URL.matcher(url == null ? "" : url);
        if (!parts.matches()) {
            throw invalid(url, "it does not have the form of one");
        }
        Kind kind = kind(parts.group("kind"));
        Optional<String> master = Optional.ofNullable(parts.group("master"));
        if (master.isPresent() != (kind == Kind.SENTINEL)) {
            throw invalid(url, "?master= is required for redis-sentinel and allowed nowhere else");
        }
        int port = kind == Kind.SENTINEL ? SENTINEL_PORT : REDIS_PORT;
        List<String> addresses = Arrays.stream(parts.group("hosts").split(","))
                .map(host -> address(url, parts.group("scheme") + "://", host.trim(), port))
                .toList();
        if (kind == Kind.SINGLE && addresses.size() != 1) {
            throw invalid(url, "it names several hosts; use redis-sentinel or redis-cluster");
        }
        int database = number(parts.group("database"));
        if (kind == Kind.CLUSTER && database != 0) {
            throw invalid(url, "a cluster has database 0 only");
        }
        String[] credentials = split(parts.group("credentials"));
        return new RedisUrl(kind, addresses, database, master, decoded(credentials[0]), decoded(credentials[1]));
    }

    private static Kind kind(@Nullable String suffix) {
        if (suffix == null) {
            return Kind.SINGLE;
        }
        return suffix.equals("-sentinel") ? Kind.SENTINEL : Kind.CLUSTER;
    }

    private static String address(@Nullable String url, String scheme, String host, int defaultPort) {
        try {
            URI uri = new URI(scheme + host);
            if (uri.getHost() == null) {
                throw invalid(url, "\"" + host + "\" is not host:port");
            }
            return uri.getPort() < 0 ? scheme + host + ":" + defaultPort : uri.toString();
        } catch (URISyntaxException e) {
            throw invalid(url, "\"" + host + "\" is not host:port");
        }
    }

    private static int number(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    /** User and password; empty where they are missing. */
    private static String[] split(@Nullable String credentials) {
        if (credentials == null) {
            return new String[] {"", ""};
        }
        int colon = credentials.indexOf(':');
        return colon < 0
                ? new String[] {credentials, ""}
                : new String[] {credentials.substring(0, colon), credentials.substring(colon + 1)};
    }

    private static Optional<String> decoded(String text) {
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    private static IllegalArgumentException invalid(@Nullable String url, String reason) {
        String shown = url == null ? "missing" : "\"" + url.replaceAll("//[^@/]*@", "//…@") + "\"";
        return new IllegalArgumentException("the Redis URL is " + shown + ": " + reason + ". Valid: " + EXAMPLES);
    }

    @Override
    public String toString() {
        return "RedisUrl[" + kind + " " + addresses + "]";
    }
}
