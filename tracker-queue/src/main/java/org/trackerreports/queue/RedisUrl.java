package org.trackerreports.queue;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    private static final Pattern URL = Pattern.compile(
            "(?<scheme>rediss?)(?<kind>-sentinel|-cluster)?://"
                    + "(?:(?<credentials>[^@/?#]*)@)?(?<hosts>[^@/?#]+)(?:/(?<database>\\d{0,5}))?(?:\\?master=(?<master>[^@]+))?");
    private static final Pattern HOST =
            Pattern.compile("(?<host>[\\p{Alnum}._-]+|\\[[0-9a-fA-F:.]+])(?::(?<port>\\d{1,5}))?");
    private static final Pattern NOT_ENCODED = Pattern.compile("[/@#?\\s]|%(?![0-9a-fA-F]{2})");
    private static final int MAX_PORT = 65_535;
    private static final int REDIS_PORT = 6379;
    private static final int SENTINEL_PORT = 26379;

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException if it is not valid; the message does not show the password
     */
    static RedisUrl parse(@Nullable String url) {
        Matcher parts = URL.matcher(url == null ? "" : url);
        if (!parts.matches()
                || NOT_ENCODED.matcher(text(parts.group("credentials"))).find()) {
            throw invalid(notEncoded(text(url)));
        }
        Kind kind = kind(parts.group("kind"));
        Optional<String> master = Optional.ofNullable(parts.group("master"));
        if (master.isPresent() != (kind == Kind.SENTINEL)) {
            throw invalid("?master= is required for redis-sentinel and allowed nowhere else");
        }
        int port = kind == Kind.SENTINEL ? SENTINEL_PORT : REDIS_PORT;
        List<String> addresses = Arrays.stream(parts.group("hosts").split(","))
                .map(host -> address(parts.group("scheme") + "://", host.trim(), port))
                .toList();
        if (kind == Kind.SINGLE && addresses.size() != 1) {
            throw invalid("it names several hosts; use redis-sentinel or redis-cluster");
        }
        int database = number(parts.group("database"));
        if (kind == Kind.CLUSTER && database != 0) {
            throw invalid("a cluster has database 0 only");
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

    private static String address(String scheme, String hostAndPort, int defaultPort) {
        Matcher parts = HOST.matcher(hostAndPort);
        if (!parts.matches()) {
            throw invalid("a host must have the form name:port");
        }
        int port = parts.group("port") == null ? defaultPort : Integer.parseInt(parts.group("port"));
        if (port < 1 || port > MAX_PORT) {
            throw invalid("a port must be from 1 to " + MAX_PORT);
        }
        return scheme + parts.group("host") + ":" + port;
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

    private static String text(@Nullable String part) {
        return part == null ? "" : part;
    }

    /** Which characters of user and password are not encoded. They end where the last @ is; only these characters are shown. */
    private static String notEncoded(String url) {
        if (url.isBlank()) {
            return "it is missing";
        }
        int start = url.indexOf("://") + 3;
        int end = url.lastIndexOf('@');
        Set<String> found = new TreeSet<>();
        if (start >= 3 && end > start) {
            NOT_ENCODED.matcher(url.substring(start, end)).results().forEach(each -> found.add(each.group()));
        }
        return found.isEmpty()
                ? "it does not have the form of one"
                : "in its user and password, "
                        + found.stream().map(RedisUrl::encoding).collect(Collectors.joining(", "))
                        + " must be percent-encoded";
    }

    private static String encoding(String character) {
        return character.isBlank()
                ? "a blank as %20"
                : String.format("%s as %%%02X", character, (int) character.charAt(0));
    }

    /** The URL is not shown: no part of a wrong one is certainly not the password. */
    private static IllegalArgumentException invalid(String reason) {
        return new IllegalArgumentException("the Redis URL is not valid: " + reason
                + " (in user and password, / is written as %2F, @ as %40, # as %23, ? as %3F and % as %25). Valid: "
                + EXAMPLES);
    }

    @Override
    public String toString() {
        return "RedisUrl[" + kind + " " + addresses + "]";
    }
}
