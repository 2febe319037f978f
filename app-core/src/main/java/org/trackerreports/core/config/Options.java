package org.trackerreports.core.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.event.Level;
import org.trackerreports.queue.QueueSettings;
import org.trackerreports.queue.RedisClients;
import org.trackerreports.server.settings.LoopbackRule;
import org.trackerreports.server.settings.TileServer;
import org.trackerreports.store.secret.MasterKey;

/**
 * All options: the single source of parsing, {@code --help}, {@code config check} and the documentation.
 *
 * <p>These names are those of the original system and stay: {@code ANISETTE_SERVER}, {@code DB_*}, {@code FETCH_INTERVAL}, {@code
 * MAX_KEYS_PER_BATCH}, {@code MAX_REPORT_AGE_DAYS}, {@code REQUEST_INTERVAL_HOURS}.
 */
public final class Options {

    public static final Option<Path> DATA_DIR = Option.of(
            "DATA_DIR",
            OptionType.path(),
            DefaultDirectories.data(Map.copyOf(System.getenv())).toString(),
            "The directory of the master key, and of the embedded PostgreSQL and Redis if they are used.");
    public static final Option<Set<Role>> ROLES = Option.of(
            "ROLES",
            OptionType.someOf(Role.class),
            "fetch,move,serve,deliver",
            "What this daemon does: fetch asks the service and stores the reports; move judges what is stored; serve answers"
                    + " at WEB_PORT; deliver tells the programs in SINKS_DIR. All but fetch need neither Redis, anisette server,"
                    + " accounts nor MASTER_KEY.");
    public static final Option<URI> ANISETTE_SERVER = Option.of(
            "ANISETTE_SERVER",
            AddressTypes.service("http", "https"),
            "http://localhost:6969",
            "The anisette server (v1 interface). If it asks for a password: http://user:password@host:port, percent-encoded.");
    public static final Option<CertificateFile> ANISETTE_TRUST_CERTIFICATE = Option.unset(
            "ANISETTE_TRUST_CERTIFICATE",
            CertificateFile.type(),
            "/etc/trackerreports/anisette-ca.pem",
            "A PEM file with certificates to trust in addition for ANISETTE_SERVER. Unset: FINDMY_TRUST_CERTIFICATE.");
    public static final Option<String> DB_HOST = Option.unset(
            "DB_HOST",
            AddressTypes.host("DB_PORT", "DB_NAME"),
            "db.example.com",
            "The host of PostgreSQL, a name or an IP address. Unset: an embedded PostgreSQL runs under DATA_DIR.");
    public static final Option<Integer> DB_PORT =
            Option.of("DB_PORT", OptionType.number(1, 65_535), "5432", "The port of PostgreSQL.");
    public static final Option<String> DB_NAME =
            Option.of("DB_NAME", OptionType.text(), "trackerreports", "The name of the database.");
    public static final Option<String> DB_USER =
            Option.of("DB_USER", OptionType.text(), "trackerreports", "The user of the database.");
    public static final Option<String> DB_PASSWORD =
            Option.secret("DB_PASSWORD", OptionType.text(), "The password of DB_USER.");
    public static final Option<DatabaseTls> DB_SSLMODE = Option.unset(
            "DB_SSLMODE",
            OptionType.oneOf(DatabaseTls.class),
            "verify-full",
            "How the connection to PostgreSQL is encrypted: disable, prefer, require, verify-ca or verify-full. Only"
                    + " verify-full is safe in a network of others. Unset: verify-full, or prefer on loopback.");
    public static final Option<CertificateFile> DB_SSLROOTCERT = Option.unset(
            "DB_SSLROOTCERT",
            CertificateFile.type(),
            "/etc/trackerreports/postgresql-ca.pem",
            "A PEM file with the certificate authority of PostgreSQL. Unset: those of Java.");
    public static final Option<Integer> DB_POOL_SIZE = Option.of(
            "DB_POOL_SIZE", OptionType.number(3, 200), "10", "The maximum number of connections to PostgreSQL.");
    public static final Option<String> REDIS_URL = new Option<>(
            "REDIS_URL",
            OptionType.checkedBy(RedisClients::requireValid),
            Optional.empty(),
            "redis://:password@host:6379/0 (also rediss, redis-sentinel, redis-cluster), in the environment or REDIS_URL_FILE",
            true,
            "The URL of Redis. If neither this nor REDISSON_CONFIG is set, an embedded Redis runs under DATA_DIR.");
    public static final Option<Path> REDISSON_CONFIG = Option.unset(
            "REDISSON_CONFIG",
            OptionType.file(RedisClients::requireValid),
            "/etc/trackerreports/redisson.yaml",
            "A Redisson YAML file, for Sentinel, Cluster or TLS. Takes precedence over REDIS_URL.");
    public static final Option<Integer> EMBEDDED_DB_PORT = Option.of(
            "EMBEDDED_DB_PORT",
            OptionType.number(0, 65_535),
            "0",
            "An additional port of the embedded PostgreSQL on loopback, for other programs. 0: none, only a Unix socket.");
    public static final Option<Integer> EMBEDDED_REDIS_PORT = Option.of(
            "EMBEDDED_REDIS_PORT",
            OptionType.number(0, 65_535),
            "0",
            "An additional port of the embedded Redis on loopback, for other programs. 0: none, only a Unix socket.");
    public static final Option<String> QUEUE_PREFIX = Option.of(
            "QUEUE_PREFIX",
            OptionType.checkedBy(QueueSettings::defaults),
            "trackerreports",
            "The prefix of all keys in Redis. Keys without this prefix are never read or written.");
    public static final Option<MasterKey> MASTER_KEY = Option.secret(
            "MASTER_KEY",
            OptionType.readBy(MasterKey::fromBase64),
            "The 32-byte key that encrypts keys and sessions, in base64. Unset: DATA_DIR/master.key, created if missing.");
    public static final Option<MasterKey> PREVIOUS_MASTER_KEY = Option.secret(
            "PREVIOUS_MASTER_KEY",
            OptionType.readBy(MasterKey::fromBase64),
            "The former master key, in base64, while the master key is being replaced. It only decrypts.");
    public static final Option<Duration> RETENTION_REPORTS_DAYS = Option.unset(
            "RETENTION_REPORTS_DAYS",
            OptionType.duration("d", Duration.ofDays(30), Duration.ofDays(36_500)),
            "400",
            "How long reports and their ciphertext are kept. Unset: forever. The daily history is always kept.");
    public static final Option<Duration> RETENTION_HOURS_DAYS = Option.unset(
            "RETENTION_HOURS_DAYS",
            OptionType.duration("d", Duration.ofDays(30), Duration.ofDays(36_500)),
            "800",
            "How long the hourly history is kept; at least as long as reports. Unset: forever.");
    public static final Option<Duration> COMPRESS_AFTER_DAYS = Option.unset(
            "COMPRESS_AFTER_DAYS",
            OptionType.duration("d", Duration.ofDays(14), Duration.ofDays(36_500)),
            "60",
            "The age at which TimescaleDB compresses reports. Unset: never. No effect without TimescaleDB.");
    public static final Option<Duration> FETCH_INTERVAL = Option.of(
            "FETCH_INTERVAL",
            OptionType.duration("s", Duration.ofMillis(100), Duration.ofDays(1)),
            "300",
            "The minimum time between two requests of one account, from all programs together.");
    public static final Option<Integer> MAX_REQUESTS_PER_DAY = Option.of(
            "MAX_REQUESTS_PER_DAY",
            OptionType.number(1, 100_000),
            "288",
            "The maximum number of requests of one account within any 24 hours.");
    public static final Option<Integer> RESERVED_REQUESTS_PER_DAY = Option.of(
            "RESERVED_REQUESTS_PER_DAY",
            OptionType.number(0, 99_999),
            "20",
            "How many of MAX_REQUESTS_PER_DAY are reserved for requests by hand.");
    public static final Option<Integer> MAX_KEYS_PER_BATCH = Option.of(
            "MAX_KEYS_PER_BATCH", OptionType.number(1, 256), "64", "The maximum number of trackers in one request.");
    public static final Option<Integer> MAX_IDS_PER_REQUEST = Option.of(
            "MAX_IDS_PER_REQUEST",
            OptionType.number(8, 290),
            "256",
            "The maximum number of hashed keys in one request. An accessory needs many.");
    public static final Option<Duration> MAX_REPORT_AGE_DAYS = Option.of(
            "MAX_REPORT_AGE_DAYS",
            OptionType.duration("d", Duration.ofHours(1), Duration.ofDays(3_650)),
            "7",
            "The maximum age of reports. Older reports are neither requested nor stored.");
    public static final Option<Duration> REQUEST_INTERVAL_HOURS = Option.of(
            "REQUEST_INTERVAL_HOURS",
            OptionType.duration("h", Duration.ofSeconds(1), Duration.ofDays(366)),
            "0.5",
            "The time between two requests for one tracker, which is the resolution of its history.");
    public static final Option<Duration> LEASE_DURATION = Option.of(
            "LEASE_DURATION",
            OptionType.duration("s", Duration.ofSeconds(1), Duration.ofDays(1)),
            "10m",
            "How long a worker may hold a tracker before another worker takes it over.");
    public static final Option<Duration> HEARTBEAT_TIMEOUT = Option.unset(
            "HEARTBEAT_TIMEOUT",
            OptionType.duration("s", Duration.ofSeconds(1), Duration.ofHours(1)),
            "30s",
            "A worker that sent no heartbeat for this long is considered dead. Unset: 30 s, or 3 s with the embedded"
                    + " Redis.");
    public static final Option<Integer> MAX_FAILURES = Option.of(
            "MAX_FAILURES",
            OptionType.number(0, 1_000),
            "20",
            "After this number of consecutive failures a tracker is not retried until it changes or is requeued. 0: no"
                    + " limit.");
    public static final Option<Path> SPOOL_DIR = Option.unset(
            "SPOOL_DIR",
            OptionType.path(),
            "/var/lib/trackerreports/spool",
            "The directory of answers that wait, still encrypted, while the database is unavailable. Unset: DATA_DIR/spool.");
    public static final Option<Long> SPOOL_LIMIT = Option.of(
            "SPOOL_LIMIT",
            OptionType.size(1 << 20, 1L << 40),
            "256MB",
            "The maximum size of SPOOL_DIR. At this size no requests are made until the database is available.");
    public static final Option<Duration> QUEUE_VERIFY_INTERVAL = Option.of(
            "QUEUE_VERIFY_INTERVAL",
            OptionType.duration("s", Duration.ofSeconds(1), Duration.ofDays(1)),
            "5m",
            "How often the queue is reconciled with the trackers in the database.");
    public static final Option<Integer> MOVE_MIN_CONFIDENCE = Option.of(
            "MOVE_MIN_CONFIDENCE",
            OptionType.number(0, 3),
            "2",
            "The confidence that a report needs to be a latest position, or to decide about a place. The same for all"
                    + " instances.");
    public static final Option<Duration> SILENT_AFTER = Option.of(
            "SILENT_AFTER",
            OptionType.duration("h", Duration.ofHours(1), Duration.ofDays(366)),
            "24h",
            "How long no report of a tracker comes, although the service answers, before it counts as silent. A tracker's"
                    + " label silent_after, a number of hours, overrides it.");
    public static final Option<Duration> FEED_RETENTION_DAYS = Option.of(
            "FEED_RETENTION_DAYS",
            OptionType.duration("d", Duration.ofDays(1), Duration.ofDays(3_650)),
            "7",
            "How long the feed keeps what not every reader has read.");
    public static final Option<Path> SINKS_DIR = Option.unset(
            "SINKS_DIR",
            OptionType.path(),
            "/etc/trackerreports/sinks",
            "The directory with one file for each program that is told of positions. Unset: DATA_DIR/sinks.");
    public static final Option<Boolean> DELIVER_UNJUDGED = Option.of(
            "DELIVER_UNJUDGED",
            OptionType.truth(),
            "false",
            "true: programs are told of reports before they are judged, so that no daemon with the role move is needed; wrong"
                    + " positions are told, too.");
    public static final Option<URI> FINDMY_GSA_URL = Option.of(
            "FINDMY_GSA_URL",
            AddressTypes.service("https"),
            "https://gsa.apple.com",
            "The URL of the sign-in service.");
    public static final Option<URI> FINDMY_SETUP_URL = Option.of(
            "FINDMY_SETUP_URL",
            AddressTypes.service("https"),
            "https://setup.icloud.com",
            "The URL of the service that issues the token for reports.");
    public static final Option<URI> FINDMY_GATEWAY_URL = Option.of(
            "FINDMY_GATEWAY_URL",
            AddressTypes.service("https"),
            "https://gateway.icloud.com",
            "The URL of the report service.");
    public static final Option<CertificateFile> FINDMY_TRUST_CERTIFICATE = Option.unset(
            "FINDMY_TRUST_CERTIFICATE",
            CertificateFile.type(),
            "/etc/trackerreports/simulator-ca.pem",
            "A PEM file with additional trusted certificates, for the addresses of a simulator. They are never trusted for"
                    + " Apple's own addresses.");
    public static final Option<String> FINDMY_CLIENT_INFO = Option.unset(
            "FINDMY_CLIENT_INFO",
            OptionType.text(),
            "<MacBookPro18,3> <Mac OS X;13.4.1;22F8> <com.apple.AuthKit/1 (com.apple.akd/1.0)>",
            "The client information sent when signing in, if the built-in value is refused.");
    public static final Option<URI> HTTPS_PROXY = Option.unset(
            "HTTPS_PROXY",
            AddressTypes.proxy(),
            "http://proxy.example.com:3128",
            "The HTTP proxy for https addresses, with user:password@ before the host if it asks for them. Also https_proxy.");
    public static final Option<URI> HTTP_PROXY = Option.unset(
            "HTTP_PROXY",
            AddressTypes.proxy(),
            "http://proxy.example.com:3128",
            "The HTTP proxy for http addresses, such as an anisette server's. Also http_proxy.");
    public static final Option<String> NO_PROXY = Option.unset(
            "NO_PROXY",
            OptionType.text(),
            "example.com,192.168.0.0/16",
            "Hosts, domains and networks that are reached without a proxy, separated by commas; * for all. Loopback never goes"
                    + " through a proxy. Also no_proxy.");
    public static final Option<Optional<Integer>> HTTP_PORT = Option.of(
            "HTTP_PORT",
            OptionType.portOrOff(),
            "8466",
            "The port of /health/live, /health/ready, /metrics and /status. 0: any free port; off: none.");
    public static final Option<String> HTTP_BIND = Option.of(
            "HTTP_BIND",
            AddressTypes.host("HTTP_PORT", ""),
            "127.0.0.1",
            "The address that HTTP_PORT listens on. There is no password: use an address other than loopback only in a"
                    + " trusted network.");
    public static final Option<String> HTTP_NAMES = Option.of(
            "HTTP_NAMES",
            OptionType.text(),
            "localhost",
            "Names of hosts under which HTTP_PORT answers, separated by commas, besides loopback and HTTP_BIND. Requests for"
                    + " other names are refused, so that no web page can read the answers through a browser.");
    public static final Option<Optional<Integer>> WEB_PORT = Option.of(
            "WEB_PORT",
            OptionType.portOrOff(),
            "8467",
            "The port of the page and the API. 0: any free port; off: none.");
    public static final Option<String> WEB_BIND = Option.of(
            "WEB_BIND",
            AddressTypes.host("WEB_PORT", ""),
            "127.0.0.1",
            "The address that WEB_PORT listens on. At any other than loopback, everybody needs a token: findmy tools tokens add.");
    public static final Option<Path> WEB_TLS_CERTIFICATE = Option.unset(
            "WEB_TLS_CERTIFICATE",
            OptionType.path(),
            "/etc/trackerreports/web.pem",
            "A PEM file with the certificate of WEB_PORT and those between it and its authority. Read again when it changes."
                    + " Needs WEB_TLS_KEY. Unset: plain HTTP.");
    public static final Option<Path> WEB_TLS_KEY = Option.unset(
            "WEB_TLS_KEY",
            OptionType.path(),
            "/etc/trackerreports/web.key",
            "A PEM file with the private key (PKCS #8) of WEB_TLS_CERTIFICATE.");
    public static final Option<String> WEB_BASE_PATH = Option.of(
            "WEB_BASE_PATH",
            WebTypes.basePath(),
            "/",
            "The path under which a reverse proxy offers the page, such as /trackers. The proxy may remove it or pass it on.");
    public static final Option<LoopbackRule> WEB_LOOPBACK = Option.of(
            "WEB_LOOPBACK",
            OptionType.oneOf(LoopbackRule.class),
            "read",
            "What programs on this machine may do at WEB_PORT without a token once there is one: read, or admin for everything."
                    + " Before the first token they may do everything.");
    public static final Option<Boolean> WEB_REQUIRE_TOKEN = Option.of(
            "WEB_REQUIRE_TOKEN",
            OptionType.truth(),
            "false",
            "Whether programs on this machine need a token, too. Set it to true behind a reverse proxy on this machine.");
    public static final Option<Integer> EVENT_STREAMS = Option.of(
            "EVENT_STREAMS",
            OptionType.number(1, 100_000),
            "1000",
            "How many streams of live events may be open at once. Each open page has one.");
    public static final Option<Path> BASEMAP = Option.unset(
            "BASEMAP",
            OptionType.file(WebTypes::requirePmTiles),
            "/var/lib/trackerreports/region.pmtiles",
            "A street map of your region for the page, as a PMTiles file. Unset: outlines of countries and names of cities.");
    public static final Option<TileServer> WEB_TILES = Option.unset(
            "WEB_TILES",
            WebTypes.tiles(),
            "https://tile.example.org/{z}/{x}/{y}.png © the makers of the map",
            "Where the page gets pictures of the map from: an address and, after a blank, the attribution. Whoever runs that"
                    + " server sees which areas are looked at. Unset: nothing leaves this server.");
    public static final Option<Optional<Integer>> MACLESS_PORT = Option.of(
            "MACLESS_PORT",
            OptionType.portOrOff(),
            "off",
            "The port of the endpoint for the page and the app of macless-haystack, usually 6176, at WEB_BIND. A token is"
                    + " the password there.");
    public static final Option<Path> MACLESS_UI = Option.unset(
            "MACLESS_UI",
            WebTypes.folder(),
            "/var/lib/trackerreports/macless-haystack",
            "A folder with the page of macless-haystack, which MACLESS_PORT then offers, too.");
    public static final Option<Level> LOG_LEVEL = Option.of(
            "LOG_LEVEL", OptionType.oneOf(Level.class), "info", "The log level: error, warn, info, debug or trace.");
    public static final Option<LogFormat> LOG_FORMAT = Option.of(
            "LOG_FORMAT",
            OptionType.oneOf(LogFormat.class),
            "text",
            "The log format: text, or json for one JSON object per line.");

    /** How the connection to PostgreSQL is encrypted, and what is checked, from the weakest to the strongest. */
    public enum DatabaseTls {
        DISABLE,
        PREFER,
        REQUIRE,
        VERIFY_CA,
        VERIFY_FULL
    }

    /** The format of log lines. */
    public enum LogFormat {
        TEXT,
        JSON
    }

    /**
     * Former names of options, and names of the same options in related programs, with the name here. They are refused, because a value
     * under such a name would be ignored.
     */
    static final Map<String, String> RENAMED =
            Map.of("ANISETTE_URL", "ANISETTE_SERVER", "FINDMY_ANISETTE_URL", "ANISETTE_SERVER");

    /** Names that other programs read as well, by the name here. */
    static final Map<String, String> OTHER_SPELLINGS =
            Map.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy");

    /** All options, in the order of the documentation. */
    public static final List<Option<?>> ALL = List.of(
            DATA_DIR,
            ROLES,
            ANISETTE_SERVER,
            ANISETTE_TRUST_CERTIFICATE,
            DB_HOST,
            DB_PORT,
            DB_NAME,
            DB_USER,
            DB_PASSWORD,
            DB_SSLMODE,
            DB_SSLROOTCERT,
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
            MOVE_MIN_CONFIDENCE,
            SILENT_AFTER,
            FEED_RETENTION_DAYS,
            SINKS_DIR,
            DELIVER_UNJUDGED,
            FINDMY_GSA_URL,
            FINDMY_SETUP_URL,
            FINDMY_GATEWAY_URL,
            FINDMY_TRUST_CERTIFICATE,
            FINDMY_CLIENT_INFO,
            HTTPS_PROXY,
            HTTP_PROXY,
            NO_PROXY,
            HTTP_PORT,
            HTTP_BIND,
            HTTP_NAMES,
            WEB_PORT,
            WEB_BIND,
            WEB_TLS_CERTIFICATE,
            WEB_TLS_KEY,
            WEB_BASE_PATH,
            WEB_LOOPBACK,
            WEB_REQUIRE_TOKEN,
            EVENT_STREAMS,
            BASEMAP,
            WEB_TILES,
            MACLESS_PORT,
            MACLESS_UI,
            LOG_LEVEL,
            LOG_FORMAT);

    private Options() {}
}
