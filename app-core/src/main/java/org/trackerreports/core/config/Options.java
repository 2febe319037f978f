package org.trackerreports.core.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.event.Level;

/**
 * The table of all options, the single source for parsing, {@code --help}, {@code config check} and the README.
 *
 * <p>The names of the origin system stay as they were: {@code ANISETTE_SERVER}, {@code DB_*}, {@code FETCH_INTERVAL}, {@code
 * MAX_KEYS_PER_BATCH}, {@code MAX_REPORT_AGE_DAYS}, {@code REQUEST_INTERVAL_HOURS}.
 */
public final class Options {

    public static final Option<Path> DATA_DIR = Option.of(
            "DATA_DIR",
            OptionType.path(),
            DefaultDirectories.data(Map.copyOf(System.getenv())).toString(),
            "Where the master key is kept, and the embedded database and queue if no others are configured.");
    public static final Option<URI> ANISETTE_SERVER = Option.of(
            "ANISETTE_SERVER",
            OptionType.httpAddress(),
            "http://localhost:6969",
            "The anisette server (v1 interface) that vouches for this machine.");
    public static final Option<String> DB_HOST = Option.unset(
            "DB_HOST",
            OptionType.text(),
            "db.example.com",
            "PostgreSQL's host; without it an embedded PostgreSQL runs under DATA_DIR.");
    public static final Option<Integer> DB_PORT =
            Option.of("DB_PORT", OptionType.number(1, 65_535), "5432", "PostgreSQL's port.");
    public static final Option<String> DB_NAME =
            Option.of("DB_NAME", OptionType.text(), "trackerreports", "The database's name.");
    public static final Option<String> DB_USER =
            Option.of("DB_USER", OptionType.text(), "trackerreports", "The database's user.");
    public static final Option<String> DB_PASSWORD =
            Option.secret("DB_PASSWORD", OptionType.text(), "The database user's password.");
    public static final Option<Integer> DB_POOL_SIZE =
            Option.of("DB_POOL_SIZE", OptionType.number(3, 200), "6", "The most connections to PostgreSQL, 3 or more.");
    public static final Option<String> REDIS_URL = new Option<>(
            "REDIS_URL",
            OptionType.text(),
            Optional.empty(),
            "redis://:password@host:6379/0 (also rediss, redis-sentinel, redis-cluster), in the environment or REDIS_URL_FILE",
            true,
            "Redis for the queue; without it and REDISSON_CONFIG an embedded Redis runs under DATA_DIR.");
    public static final Option<Path> REDISSON_CONFIG = Option.unset(
            "REDISSON_CONFIG",
            OptionType.path(),
            "/etc/trackerreports/redisson.yaml",
            "A Redisson YAML file, for Sentinel, Cluster or TLS; goes before REDIS_URL.");
    public static final Option<Integer> EMBEDDED_DB_PORT = Option.of(
            "EMBEDDED_DB_PORT",
            OptionType.number(0, 65_535),
            "0",
            "The embedded PostgreSQL's port on loopback; 0 takes any free one.");
    public static final Option<Integer> EMBEDDED_REDIS_PORT = Option.of(
            "EMBEDDED_REDIS_PORT",
            OptionType.number(0, 65_535),
            "0",
            "The embedded Redis' port on loopback; 0 takes any free one.");
    public static final Option<String> QUEUE_PREFIX = Option.of(
            "QUEUE_PREFIX",
            OptionType.text(),
            "trackerreports",
            "The name under which everything is kept in Redis; nothing outside it is touched.");
    public static final Option<String> MASTER_KEY = Option.secret(
            "MASTER_KEY",
            OptionType.text(),
            "Base64 of the 32 bytes that keys and sessions are encrypted with; without it DATA_DIR/master.key, made when missing.");
    public static final Option<String> PREVIOUS_MASTER_KEY = Option.secret(
            "PREVIOUS_MASTER_KEY",
            OptionType.text(),
            "The former master key, in base64, while another one takes its place; nothing new is encrypted with it.");
    public static final Option<Duration> RETENTION_REPORTS_DAYS = Option.unset(
            "RETENTION_REPORTS_DAYS",
            OptionType.duration("d", Duration.ofDays(30), Duration.ofDays(36_500)),
            "400",
            "How long reports with their ciphertext are kept. Unset: for ever. Days of the history are always kept.");
    public static final Option<Duration> RETENTION_HOURS_DAYS = Option.unset(
            "RETENTION_HOURS_DAYS",
            OptionType.duration("d", Duration.ofDays(30), Duration.ofDays(36_500)),
            "800",
            "How long hours of the history are kept, not shorter than reports. Unset: for ever.");
    public static final Option<Duration> COMPRESS_AFTER_DAYS = Option.unset(
            "COMPRESS_AFTER_DAYS",
            OptionType.duration("d", Duration.ofDays(14), Duration.ofDays(36_500)),
            "60",
            "From which age TimescaleDB compresses reports. Unset: never; without TimescaleDB it means nothing.");
    public static final Option<Duration> FETCH_INTERVAL = Option.of(
            "FETCH_INTERVAL",
            OptionType.duration("s", Duration.ofMillis(100), Duration.ofDays(1)),
            "300",
            "The smallest gap between two requests of one account, whoever makes them.");
    public static final Option<Integer> MAX_REQUESTS_PER_DAY = Option.of(
            "MAX_REQUESTS_PER_DAY",
            OptionType.number(1, 100_000),
            "288",
            "The most requests of one account within any 24 hours.");
    public static final Option<Integer> RESERVED_REQUESTS_PER_DAY = Option.of(
            "RESERVED_REQUESTS_PER_DAY",
            OptionType.number(0, 99_999),
            "20",
            "How many of these the daemon leaves for requests by hand.");
    public static final Option<Integer> MAX_KEYS_PER_BATCH =
            Option.of("MAX_KEYS_PER_BATCH", OptionType.number(1, 256), "64", "The most trackers in one request.");
    public static final Option<Integer> MAX_IDS_PER_REQUEST = Option.of(
            "MAX_IDS_PER_REQUEST",
            OptionType.number(8, 290),
            "256",
            "The most hashed keys in one request; an accessory's key window takes many.");
    public static final Option<Duration> MAX_REPORT_AGE_DAYS = Option.of(
            "MAX_REPORT_AGE_DAYS",
            OptionType.duration("d", Duration.ofHours(1), Duration.ofDays(3_650)),
            "7",
            "Reports older than this are not asked for and not stored.");
    public static final Option<Duration> REQUEST_INTERVAL_HOURS = Option.of(
            "REQUEST_INTERVAL_HOURS",
            OptionType.duration("h", Duration.ofSeconds(1), Duration.ofDays(366)),
            "0.5",
            "The time between two requests for one tracker: the resolution of its history.");
    public static final Option<Duration> LEASE_DURATION = Option.of(
            "LEASE_DURATION",
            OptionType.duration("s", Duration.ofSeconds(1), Duration.ofDays(1)),
            "10m",
            "How long a worker may work on a tracker before another takes it over.");
    public static final Option<Duration> HEARTBEAT_TIMEOUT = Option.unset(
            "HEARTBEAT_TIMEOUT",
            OptionType.duration("s", Duration.ofSeconds(1), Duration.ofHours(1)),
            "30s",
            "A worker that was not heard of for this long is given up. Unset: 30 s, or 3 s with the embedded Redis, which"
                    + " nobody shares.");
    public static final Option<Integer> MAX_FAILURES = Option.of(
            "MAX_FAILURES",
            OptionType.number(0, 1_000),
            "20",
            "After so many failures in a row, each with a longer wait, a tracker is no more tried until something about it"
                    + " changes or it is requeued; 0 for never.");
    public static final Option<Path> SPOOL_DIR = Option.unset(
            "SPOOL_DIR",
            OptionType.path(),
            "/var/lib/trackerreports/spool",
            "Where answers wait while the database is away, still encrypted. Unset: DATA_DIR/spool.");
    public static final Option<Long> SPOOL_LIMIT = Option.of(
            "SPOOL_LIMIT",
            OptionType.size(1 << 20, 1L << 40),
            "256MB",
            "When so much waits in SPOOL_DIR, nothing more is asked for until the database takes it.");
    public static final Option<Duration> QUEUE_VERIFY_INTERVAL = Option.of(
            "QUEUE_VERIFY_INTERVAL",
            OptionType.duration("s", Duration.ofSeconds(1), Duration.ofDays(1)),
            "5m",
            "How often the queue is compared with the trackers in the database.");
    public static final Option<URI> FINDMY_GSA_URL =
            Option.of("FINDMY_GSA_URL", OptionType.httpsAddress(), "https://gsa.apple.com", "The sign-in service.");
    public static final Option<URI> FINDMY_SETUP_URL = Option.of(
            "FINDMY_SETUP_URL",
            OptionType.httpsAddress(),
            "https://setup.icloud.com",
            "The service that gives the token for reports.");
    public static final Option<URI> FINDMY_GATEWAY_URL = Option.of(
            "FINDMY_GATEWAY_URL", OptionType.httpsAddress(), "https://gateway.icloud.com", "The report service.");
    public static final Option<Path> FINDMY_TRUST_CERTIFICATE = Option.unset(
            "FINDMY_TRUST_CERTIFICATE",
            OptionType.path(),
            "/etc/trackerreports/simulator-ca.pem",
            "A PEM file with certificates that are trusted in addition.");
    public static final Option<String> FINDMY_CLIENT_INFO = Option.unset(
            "FINDMY_CLIENT_INFO",
            OptionType.text(),
            "<MacBookPro18,3> <Mac OS X;13.4.1;22F8> <com.apple.AuthKit/1 (com.apple.akd/1.0)>",
            "The client information that signing in claims, if the built-in one is refused.");
    public static final Option<Optional<Integer>> HTTP_PORT = Option.of(
            "HTTP_PORT",
            OptionType.portOrOff(),
            "8466",
            "Where the daemon answers /health/live, /health/ready, /metrics and /status; 0 takes any free port, off none.");
    public static final Option<String> HTTP_BIND = Option.of(
            "HTTP_BIND",
            OptionType.text(),
            "127.0.0.1",
            "The address that HTTP_PORT listens on. There is no password: choose another than loopback only where the"
                    + " network is closed.");
    public static final Option<Level> LOG_LEVEL =
            Option.of("LOG_LEVEL", OptionType.oneOf(Level.class), "info", "error, warn, info, debug or trace.");
    public static final Option<LogFormat> LOG_FORMAT = Option.of(
            "LOG_FORMAT", OptionType.oneOf(LogFormat.class), "text", "text, or json for one JSON object on each line.");

    /** How log lines are written. */
    public enum LogFormat {
        TEXT,
        JSON
    }

    /**
     * Names that an option here has had before, or has in programs that people come from, and its name here. They are refused, so that
     * nobody believes in a value that nobody reads.
     */
    static final Map<String, String> RENAMED =
            Map.of("ANISETTE_URL", "ANISETTE_SERVER", "FINDMY_ANISETTE_URL", "ANISETTE_SERVER");

    /** The table, in the order of the documentation. */
    public static final List<Option<?>> ALL = List.of(
            DATA_DIR,
            ANISETTE_SERVER,
            DB_HOST,
            DB_PORT,
            DB_NAME,
            DB_USER,
            DB_PASSWORD,
            DB_POOL_SIZE,
            REDIS_URL,
            REDISSON_CONFIG,
            EMBEDDED_DB_PORT,
            EMBEDDED_REDIS_PORT,
            QUEUE_PREFIX,
            MASTER_KEY,
            PREVIOUS_MASTER_KEY,
            RETENTION_REPORTS_DAYS,
            RETENTION_HOURS_DAYS,
            COMPRESS_AFTER_DAYS,
            FETCH_INTERVAL,
            MAX_REQUESTS_PER_DAY,
            RESERVED_REQUESTS_PER_DAY,
            MAX_KEYS_PER_BATCH,
            MAX_IDS_PER_REQUEST,
            MAX_REPORT_AGE_DAYS,
            REQUEST_INTERVAL_HOURS,
            LEASE_DURATION,
            HEARTBEAT_TIMEOUT,
            MAX_FAILURES,
            SPOOL_DIR,
            SPOOL_LIMIT,
            QUEUE_VERIFY_INTERVAL,
            FINDMY_GSA_URL,
            FINDMY_SETUP_URL,
            FINDMY_GATEWAY_URL,
            FINDMY_TRUST_CERTIFICATE,
            FINDMY_CLIENT_INFO,
            HTTP_PORT,
            HTTP_BIND,
            LOG_LEVEL,
            LOG_FORMAT);

    private Options() {}
}
