package org.trackerreports.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of values that are wrong. */
class ConfigurationProblemsTest {

    @TempDir
    private Path directory;

    @Test
    void tellsAllProblemsAtOnceWithNameValueAndExample() throws IOException {
        Path file = Files.writeString(directory.resolve("fetcher.properties"), "DB_PROT=5432\n");
        assertThatThrownBy(() -> ConfigurationLoader.load(
                        Map.of("MAX_KEYS_PER_BATCH", "many"),
                        Map.of(
                                "FETCH_INTERVAL", "5 apples",
                                "FINDMY_GSA_URL", "http://insecure.example.com",
                                "DB_HOST", "db",
                                "MASTER_KEY_FILE", directory.resolve("missing").toString(),
                                "MAX_REQUESTS_PER_DAY", "10",
                                "RETENTION_HOURS_DAYS", "90"),
                        Optional.of(file)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("8 problems")
                .hasMessageContaining(
                        "MAX_KEYS_PER_BATCH is 'many'; expected a whole number from 1 to 256, for example 64")
                .hasMessageContaining("FETCH_INTERVAL is '5 apples'")
                .hasMessageContaining("for example 300")
                .hasMessageContaining("FINDMY_GSA_URL is 'http://insecure.example.com'")
                .hasMessageContaining("DB_PROT, which is not an option; did you mean DB_PORT?")
                .hasMessageContaining("MASTER_KEY_FILE names")
                .hasMessageContaining("RESERVED_REQUESTS_PER_DAY is 20")
                .hasMessageContaining("RETENTION_HOURS_DAYS is shorter than RETENTION_REPORTS_DAYS")
                .hasMessageContaining("nothing was started");
    }

    @Test
    void tellsTheNewNameOfARenamedOption() throws IOException, ConfigurationException {
        Path file = Files.writeString(directory.resolve("fetcher.properties"), "ANISETTE_URL=http://anisette:6969\n");
        assertThatThrownBy(() -> ConfigurationLoader.load(Map.of(), Map.of(), Optional.of(file)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("sets ANISETTE_URL; that option is called ANISETTE_SERVER");
        assertThatThrownBy(() -> load(Map.of(), Map.of("ANISETTE_URL", "http://anisette:6969")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the environment sets ANISETTE_URL; that option is called ANISETTE_SERVER");
        assertThat(load(Map.of(), Map.of("ANISETTE_URL", "http://other:1", "ANISETTE_SERVER", "http://anisette:6969"))
                        .get(Options.ANISETTE_SERVER))
                .as("another program's variable is none of our business")
                .isEqualTo(URI.create("http://anisette:6969"));
    }

    @Test
    void refusesASecretThatIsSetTwice() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "hunter2\n");
        assertThatThrownBy(() -> load(
                        Map.of(),
                        Map.of("DB_HOST", "db", "DB_PASSWORD", "hunter3", "DB_PASSWORD_FILE", file.toString())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("DB_PASSWORD and DB_PASSWORD_FILE are both set")
                .hasMessageNotContaining("hunter");
    }

    @Test
    void repeatsNoSecretThatIsWrong() {
        assertThatThrownBy(() -> load(Map.of(), Map.of("DB_HOST", "db")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("DB_PASSWORD");
    }

    /** The address of a database is a host alone; whatever else people write there, they are told where each part belongs. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    jdbc:postgresql://127.0.0.1:5432/tr              | (127.0.0.1), the port in DB_PORT (5432), the database in DB_NAME (tr)
                    postgres://joe:hunter2@db.example.com/tr         | (db.example.com), the port in DB_PORT, the database in DB_NAME (tr)
                    jdbc:postgresql://db/tr?user=joe&password=hunter2 | (db), the port in DB_PORT, the database in DB_NAME (tr)
                    127.0.0.1:5432                                   | (127.0.0.1), and the port in DB_PORT (5432)
                    [::1]:5432                                       | ([::1]), and the port in DB_PORT (5432)
                    db/tr                                            | a host name or an IP address alone
                    """)
    void saysWhatToSetInsteadOfAnAddressOfTheDatabase(String given, String words) {
        assertThatThrownBy(() -> load(Map.of(), Map.of("DB_HOST", given, "DB_PASSWORD", "secret")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("DB_HOST is '")
                .hasMessageContaining(words)
                .hasMessageNotContaining("hunter2");
    }

    /** All of these would stop a start. */
    @Test
    void findsEveryValueThatAStartWouldRefuse() throws IOException {
        Path noCertificate = Files.writeString(directory.resolve("none.pem"), "nothing\n");
        Path noYaml = Files.writeString(directory.resolve("no.yaml"), "password: hunter2\nnonsense: [\n");
        Map<String, String> wrong = Map.ofEntries(
                Map.entry("REDIS_URL", "foo"),
                Map.entry("REDISSON_CONFIG", noYaml.toString()),
                Map.entry("QUEUE_PREFIX", "two words"),
                Map.entry("MASTER_KEY", "hunter2"),
                Map.entry("PREVIOUS_MASTER_KEY", "AAAA"),
                Map.entry("FINDMY_TRUST_CERTIFICATE", noCertificate.toString()),
                Map.entry(
                        "ANISETTE_TRUST_CERTIFICATE",
                        directory.resolve("missing").toString()),
                Map.entry("ANISETTE_SERVER", "http://joe:hunter2/x@anisette:6969"),
                Map.entry("HTTPS_PROXY", "socks5://joe:hunter2@proxy:1080"),
                Map.entry("HTTP_BIND", "127.0.0.1:8466"),
                Map.entry("DB_SSLMODE", "yes"),
                Map.entry("DATA_DIR", "a\0b"));
        ThrowingCallable loading = () -> load(Map.of(), wrong);
        assertThatThrownBy(loading)
                .hasMessageContaining(wrong.size() + " problems")
                .hasMessageContaining("verify-ca, verify-full")
                .hasMessageContaining("HTTP_PORT (8466)")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("Exception")
                .hasMessageNotContaining("Malformed");
        wrong.keySet().forEach(name -> assertThatThrownBy(loading).hasMessageContaining("  " + name + " is "));
    }

    private static Configuration load(Map<String, String> arguments, Map<String, String> environment)
            throws ConfigurationException {
        return ConfigurationLoader.load(arguments, environment, Optional.empty());
    }
}
