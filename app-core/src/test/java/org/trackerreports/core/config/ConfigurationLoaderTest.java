package org.trackerreports.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;
import org.trackerreports.core.config.Configuration.Origin;
import org.trackerreports.core.config.Options.LogFormat;
import org.trackerreports.server.settings.LoopbackRule;

class ConfigurationLoaderTest {

    @TempDir
    private Path directory;

    @Test
    void knowsTheDefaultsOfTheOriginSystem() throws ConfigurationException {
        Configuration configuration = load(Map.of(), Map.of());
        assertThat(configuration.get(Options.FETCH_INTERVAL)).isEqualTo(Duration.ofSeconds(300));
        assertThat(configuration.get(Options.MAX_KEYS_PER_BATCH)).isEqualTo(64);
        assertThat(configuration.get(Options.MAX_REPORT_AGE_DAYS)).isEqualTo(Duration.ofDays(7));
        assertThat(configuration.get(Options.REQUEST_INTERVAL_HOURS)).isEqualTo(Duration.ofMinutes(30));
        assertThat(configuration.get(Options.DB_PORT)).isEqualTo(5432);
        assertThat(configuration.get(Options.FINDMY_GATEWAY_URL)).isEqualTo(URI.create("https://gateway.icloud.com"));
        assertThat(configuration.find(Options.DB_HOST)).isEmpty();
        assertThat(configuration.find(Options.REDIS_URL)).isEmpty();
    }

    @Test
    void readsEveryOptionThatIsSet() throws ConfigurationException, IOException {
        String certificate = certificate().toString();
        Path redisson = Files.writeString(
                directory.resolve("redisson.yaml"), "singleServerConfig:\n  address: redis://redis:6379\n");
        String basemap = Files.write(
                        directory.resolve("region.pmtiles"), "PMTiles\u0003".getBytes(StandardCharsets.US_ASCII))
                .toString();
        Map<String, String> environment = Map.ofEntries(
                Map.entry("DATA_DIR", "/tmp/data"),
                Map.entry("ROLES", "Move"),
                Map.entry("ANISETTE_SERVER", "https://anisette.example.com:6970"),
                Map.entry("ANISETTE_TRUST_CERTIFICATE", certificate),
                Map.entry("DB_HOST", "db"),
                Map.entry("DB_SSLMODE", "Verify-CA"),
                Map.entry("DB_SSLROOTCERT", certificate),
                Map.entry("DB_PORT", "5433"),
                Map.entry("DB_NAME", "reports"),
                Map.entry("DB_USER", "me"),
                Map.entry("DB_PASSWORD", "secret"),
                Map.entry("DB_POOL_SIZE", "9"),
                Map.entry("REDIS_URL", "redis://redis:6379"),
                Map.entry("REDISSON_CONFIG", redisson.toString()),
                Map.entry("EMBEDDED_DB_PORT", "5999"),
                Map.entry("EMBEDDED_REDIS_PORT", "6999"),
                Map.entry("QUEUE_PREFIX", "mine"),
                Map.entry("MASTER_KEY", key(1)),
                Map.entry("PREVIOUS_MASTER_KEY", key(2)),
                Map.entry("RETENTION_REPORTS_DAYS", "100"),
                Map.entry("RETENTION_HOURS_DAYS", "200"),
                Map.entry("COMPRESS_AFTER_DAYS", "14"),
                Map.entry("FETCH_INTERVAL", "60"),
                Map.entry("MAX_REQUESTS_PER_DAY", "100"),
                Map.entry("RESERVED_REQUESTS_PER_DAY", "5"),
                Map.entry("MAX_KEYS_PER_BATCH", "32"),
                Map.entry("MAX_IDS_PER_REQUEST", "128"),
                Map.entry("MAX_REPORT_AGE_DAYS", "3"),
                Map.entry("REQUEST_INTERVAL_HOURS", "1.5"),
                Map.entry("LEASE_DURATION", "90"),
                Map.entry("HEARTBEAT_TIMEOUT", "12"),
                Map.entry("MAX_FAILURES", "7"),
                Map.entry("SPOOL_DIR", "/var/spool/reports"),
                Map.entry("SPOOL_LIMIT", "2 GB"),
                Map.entry("QUEUE_VERIFY_INTERVAL", "2m"),
                Map.entry("MOVE_MIN_CONFIDENCE", "1"),
                Map.entry("SILENT_AFTER", "48"),
                Map.entry("FEED_RETENTION_DAYS", "3"),
                Map.entry("SINKS_DIR", "/etc/sinks"),
                Map.entry("DELIVER_UNJUDGED", "True"),
                Map.entry("FINDMY_GSA_URL", "https://localhost:1"),
                Map.entry("FINDMY_SETUP_URL", "https://localhost:2"),
                Map.entry("FINDMY_GATEWAY_URL", "https://localhost:3"),
                Map.entry("FINDMY_TRUST_CERTIFICATE", certificate),
                Map.entry("FINDMY_CLIENT_INFO", "<a> <b> <c>"),
                Map.entry("HTTPS_PROXY", "http://me:pw@proxy:3128"),
                Map.entry("HTTP_PROXY", "proxy:3129"),
                Map.entry("NO_PROXY", "example.com"),
                Map.entry("HTTP_PORT", "8000"),
                Map.entry("HTTP_BIND", "0.0.0.0"),
                Map.entry("HTTP_NAMES", "fetcher-1, fetcher-2"),
                Map.entry("WEB_PORT", "off"),
                Map.entry("WEB_BIND", "::"),
                Map.entry("WEB_TLS_CERTIFICATE", certificate),
                Map.entry("WEB_TLS_KEY", "/etc/web.key"),
                Map.entry("WEB_BASE_PATH", "/trackers/"),
                Map.entry("WEB_LOOPBACK", "Admin"),
                Map.entry("WEB_REQUIRE_TOKEN", "TRUE"),
                Map.entry("EVENT_STREAMS", "9"),
                Map.entry("BASEMAP", basemap),
                Map.entry("WEB_TILES", "https://{s}.example.org/{z}/{x}/{y}.png the makers"),
                Map.entry("MACLESS_PORT", "6176"),
                Map.entry("MACLESS_UI", directory.toString()),
                Map.entry("LOG_LEVEL", "Debug"),
                Map.entry("LOG_FORMAT", "json"));
        Configuration configuration = load(Map.of(), environment);

        assertThat(environment.keySet())
                .as("this test covers every option")
                .containsExactlyInAnyOrderElementsOf(
                        Options.ALL.stream().map(Option::name).toList());
        assertThat(configuration.get(Options.DATA_DIR)).isEqualTo(Path.of("/tmp/data"));
        assertThat(configuration.get(Options.ANISETTE_SERVER))
                .isEqualTo(URI.create("https://anisette.example.com:6970"));
        assertThat(configuration.get(Options.MAX_FAILURES)).isEqualTo(7);
        assertThat(configuration.get(Options.SPOOL_DIR)).isEqualTo(Path.of("/var/spool/reports"));
        assertThat(configuration.get(Options.SPOOL_LIMIT)).isEqualTo(2_147_483_648L);
        assertThat(configuration.get(Options.DB_HOST)).isEqualTo("db");
        assertThat(configuration.get(Options.DB_PORT)).isEqualTo(5433);
        assertThat(configuration.get(Options.DB_NAME)).isEqualTo("reports");
        assertThat(configuration.get(Options.DB_USER)).isEqualTo("me");
        assertThat(configuration.get(Options.DB_PASSWORD)).isEqualTo("secret");
        assertThat(configuration.get(Options.DB_POOL_SIZE)).isEqualTo(9);
        assertThat(configuration.get(Options.REDIS_URL)).isEqualTo("redis://redis:6379");
        assertThat(configuration.get(Options.REDISSON_CONFIG)).isEqualTo(redisson);
        assertThat(configuration.get(Options.EMBEDDED_DB_PORT)).isEqualTo(5999);
        assertThat(configuration.get(Options.EMBEDDED_REDIS_PORT)).isEqualTo(6999);
        assertThat(configuration.get(Options.QUEUE_PREFIX)).isEqualTo("mine");
        assertThat(configuration.get(Options.MASTER_KEY).toBase64()).isEqualTo(key(1));
        assertThat(configuration.get(Options.PREVIOUS_MASTER_KEY).toBase64()).isEqualTo(key(2));
        assertThat(configuration.get(Options.RETENTION_REPORTS_DAYS)).isEqualTo(Duration.ofDays(100));
        assertThat(configuration.get(Options.RETENTION_HOURS_DAYS)).isEqualTo(Duration.ofDays(200));
        assertThat(configuration.get(Options.COMPRESS_AFTER_DAYS)).isEqualTo(Duration.ofDays(14));
        assertThat(configuration.get(Options.FETCH_INTERVAL)).isEqualTo(Duration.ofMinutes(1));
        assertThat(configuration.get(Options.MAX_REQUESTS_PER_DAY)).isEqualTo(100);
        assertThat(configuration.get(Options.RESERVED_REQUESTS_PER_DAY)).isEqualTo(5);
        assertThat(configuration.get(Options.MAX_KEYS_PER_BATCH)).isEqualTo(32);
        assertThat(configuration.get(Options.MAX_IDS_PER_REQUEST)).isEqualTo(128);
        assertThat(configuration.get(Options.MAX_REPORT_AGE_DAYS)).isEqualTo(Duration.ofDays(3));
        assertThat(configuration.get(Options.REQUEST_INTERVAL_HOURS)).isEqualTo(Duration.ofMinutes(90));
        assertThat(configuration.get(Options.LEASE_DURATION)).isEqualTo(Duration.ofSeconds(90));
        assertThat(configuration.get(Options.HEARTBEAT_TIMEOUT)).isEqualTo(Duration.ofSeconds(12));
        assertThat(configuration.get(Options.QUEUE_VERIFY_INTERVAL)).isEqualTo(Duration.ofMinutes(2));
        assertThat(configuration.get(Options.ROLES)).containsExactly(Role.MOVE);
        assertThat(configuration.get(Options.MOVE_MIN_CONFIDENCE)).isEqualTo(1);
        assertThat(configuration.get(Options.SILENT_AFTER)).isEqualTo(Duration.ofDays(2));
        assertThat(configuration.get(Options.FEED_RETENTION_DAYS)).isEqualTo(Duration.ofDays(3));
        assertThat(configuration.get(Options.SINKS_DIR)).isEqualTo(Path.of("/etc/sinks"));
        assertThat(configuration.get(Options.DELIVER_UNJUDGED)).isTrue();
        assertThat(configuration.get(Options.FINDMY_GSA_URL)).isEqualTo(URI.create("https://localhost:1"));
        assertThat(configuration.get(Options.FINDMY_SETUP_URL)).isEqualTo(URI.create("https://localhost:2"));
        assertThat(configuration.get(Options.FINDMY_GATEWAY_URL)).isEqualTo(URI.create("https://localhost:3"));
        for (Option<CertificateFile> option :
                List.of(Options.FINDMY_TRUST_CERTIFICATE, Options.ANISETTE_TRUST_CERTIFICATE, Options.DB_SSLROOTCERT)) {
            assertThat(configuration.get(option).path()).isEqualTo(Path.of(certificate));
            assertThat(configuration.get(option).certificates()).isNotEmpty();
        }
        assertThat(configuration.get(Options.DB_SSLMODE)).isEqualTo(Options.DatabaseTls.VERIFY_CA);
        assertThat(configuration.get(Options.HTTPS_PROXY)).isEqualTo(URI.create("http://me:pw@proxy:3128"));
        assertThat(configuration.get(Options.HTTP_PROXY)).isEqualTo(URI.create("http://proxy:3129"));
        assertThat(configuration.get(Options.NO_PROXY)).isEqualTo("example.com");
        assertThat(configuration.get(Options.FINDMY_CLIENT_INFO)).isEqualTo("<a> <b> <c>");
        assertThat(configuration.get(Options.HTTP_PORT)).contains(8000);
        assertThat(configuration.get(Options.HTTP_BIND)).isEqualTo("0.0.0.0");
        assertThat(configuration.get(Options.HTTP_NAMES)).isEqualTo("fetcher-1, fetcher-2");
        assertThat(configuration.get(Options.WEB_PORT)).isEmpty();
        assertThat(configuration.get(Options.WEB_BIND)).isEqualTo("[::]");
        assertThat(configuration.get(Options.WEB_TLS_KEY)).isEqualTo(Path.of("/etc/web.key"));
        assertThat(configuration.get(Options.WEB_BASE_PATH)).isEqualTo("/trackers");
        assertThat(configuration.get(Options.WEB_LOOPBACK)).isEqualTo(LoopbackRule.ADMIN);
        assertThat(configuration.get(Options.WEB_REQUIRE_TOKEN)).isTrue();
        assertThat(configuration.get(Options.EVENT_STREAMS)).isEqualTo(9);
        assertThat(configuration.get(Options.BASEMAP)).isEqualTo(Path.of(basemap));
        assertThat(configuration.get(Options.WEB_TILES).origin()).isEqualTo("https://*.example.org");
        assertThat(configuration.get(Options.MACLESS_PORT)).contains(6176);
        assertThat(configuration.get(Options.MACLESS_UI)).isEqualTo(directory);
        assertThat(configuration.get(Options.LOG_LEVEL)).isEqualTo(Level.DEBUG);
        assertThat(configuration.get(Options.LOG_FORMAT)).isEqualTo(LogFormat.JSON);
    }

    @Test
    void anArgumentGoesBeforeTheEnvironmentAndThatBeforeAFile() throws ConfigurationException, IOException {
        Path file = Files.writeString(
                directory.resolve("fetcher.properties"),
                "DB_NAME=file\nDB_USER=file\nDB_PORT=1111\nFETCH_INTERVAL=10\n");
        Configuration configuration = ConfigurationLoader.load(
                Map.of("DB_NAME", "argument"),
                Map.of("DB_NAME", "environment", "DB_USER", "environment", "DB_PORT", ""),
                Optional.of(file));
        assertThat(configuration.get(Options.DB_NAME)).isEqualTo("argument");
        assertThat(configuration.get(Options.DB_USER)).isEqualTo("environment");
        assertThat(configuration.get(Options.DB_PORT))
                .as("an empty variable is unset")
                .isEqualTo(1111);
        assertThat(origin(configuration, Options.DB_NAME)).isEqualTo(Origin.ARGUMENT);
        assertThat(origin(configuration, Options.FETCH_INTERVAL)).isEqualTo(Origin.FILE);
        assertThat(origin(configuration, Options.MAX_KEYS_PER_BATCH)).isEqualTo(Origin.DEFAULT);
    }

    @Test
    void readsSecretsFromFilesAndShowsNone() throws ConfigurationException, IOException {
        Path file = Files.writeString(directory.resolve("password"), "hunter2\n");
        Configuration configuration = load(
                Map.of(), Map.of("DB_HOST", "db", "DB_PASSWORD_FILE", file.toString(), "REDIS_URL", "redis://:pw@r:1"));
        assertThat(configuration.get(Options.DB_PASSWORD)).isEqualTo("hunter2");
        assertThat(ConfigurationTable.effective(configuration))
                .contains("DB_PASSWORD", "(hidden)")
                .doesNotContain("hunter2", ":pw@");
        assertThat(configuration.toString()).doesNotContain("hunter2");
    }

    @Test
    void showsOptionValueDefaultAndOriginAndNoPasswordInAnAddress() throws ConfigurationException {
        Configuration configuration =
                load(Map.of("DB_PORT", "5433"), Map.of("ANISETTE_SERVER", "http://me:hunter2@anisette:6969"));
        assertThat(ConfigurationTable.effective(configuration).lines())
                .first()
                .asString()
                .matches("option +value +default +origin");
        assertThat(ConfigurationTable.effective(configuration))
                .containsPattern("DB_PORT +5433 +5432 +argument")
                .containsPattern("DB_HOST +- +- +default")
                .containsPattern(
                        "ANISETTE_SERVER +http://\\(hidden\\)@anisette:6969 +http://localhost:6969 +environment")
                .doesNotContain("hunter2");
    }

    @Test
    void theDocumentationShowsTheSameTable() throws IOException {
        assertThat(Path.of("..", "docs", "configuration.md"))
                .content()
                .as("the table in docs/configuration.md; make it with ConfigurationTable.markdown()")
                .contains(ConfigurationTable.markdown());
    }

    private static String key(int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, 1, bytes.length, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Any certificate: the first one that Java trusts. */
    private Path certificate() throws IOException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            X509Certificate certificate = ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers()[0];
            return Files.writeString(
                    directory.resolve("ca.pem"),
                    "-----BEGIN CERTIFICATE-----\n"
                            + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                            + "\n-----END CERTIFICATE-----\n");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Configuration load(Map<String, String> arguments, Map<String, String> environment)
            throws ConfigurationException {
        return ConfigurationLoader.load(arguments, environment, Optional.empty());
    }

    private static Origin origin(Configuration configuration, Option<?> option) {
        return configuration.effective().stream()
                .filter(row -> row.option() == option)
                .findFirst()
                .orElseThrow()
                .origin();
    }
}
