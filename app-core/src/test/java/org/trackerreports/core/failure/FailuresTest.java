package org.trackerreports.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Provides;
import com.google.inject.ProvisionException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisWrongPasswordException;
import org.trackerreports.core.config.ConfigurationException;
import org.trackerreports.store.error.StoreException;

class FailuresTest {

    /** The SQLSTATEs that PostgreSQL, its poolers and its driver answer with when a program cannot work. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "08001 | 5 | does not answer",
                "08006 | 5 | does not answer",
                "08004 | 3 | clear text",
                "08P01 | 3 | does not speak",
                "28P01 | 3 | DB_USER and DB_PASSWORD",
                "28000 | 3 | DB_USER and DB_PASSWORD",
                "3D000 | 3 | DB_NAME",
                "3F000 | 3 | findmy tools db migrate",
                "42P01 | 3 | findmy tools db migrate",
                "42501 | 3 | grant",
                "26000 | 3 | session mode",
                "42P05 | 3 | session mode",
                "53300 | 5 | try again later",
                "53100 | 5 | disk",
                "53200 | 5 | try again later",
                "57P01 | 5 | try again later",
                "57P03 | 5 | try again later",
                "57014 | 5 | try again later",
                "40001 | 5 | try again later",
                "55P03 | 5 | try again later",
                "25006 | 5 | standby",
                "22023 | 1 | SQLSTATE 22023",
                "XX000 | 1 | SQLSTATE XX000"
            })
    void everySqlStateIsOneSentenceWithTheRightExitCode(String state, int exitCode, String words) {
        SQLException server = new SQLException("a text of the server\nDetail: a value of a row", state);
        for (Throwable thrown : List.of(
                server,
                new SQLTransientConnectionException("database - Connection is not available", null, server),
                new StoreException("could not look for the schema: text (SQLSTATE " + state + ")", server, false),
                new ProvisionException("Unable to provision", new IllegalStateException("the pool", server)))) {
            Failure failure = Failures.of(thrown);
            assertThat(failure.exitCode()).as(failure.message()).isEqualTo(exitCode);
            assertThat(failure.message())
                    .contains(words)
                    .doesNotContain("\n", "Exception", "provision", "value of a row", "not available");
        }
    }

    @Test
    void whatTheNetworkDoesIsToldWithTheOptionToCheck() {
        SQLException refused =
                new SQLException("Verbindung zu 127.0.0.1:9 verweigert.", "08001", new ConnectException("refused"));
        assertThat(Failures.of(refused).message()).contains("at 127.0.0.1:9;", "DB_HOST and DB_PORT");
        SQLException unknown = new SQLException("failed", "08001", new UnknownHostException("no.where"));
        assertThat(Failures.of(unknown).message()).contains("host no.where of PostgreSQL is unknown");
        SQLException untrusted =
                new SQLException("SSL error", "08006", new SSLHandshakeException("no path\u001b[2J\nforged"));
        assertThat(Failures.of(untrusted).exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(Failures.of(untrusted).message()).contains("DB_SSLROOTCERT").doesNotContain("\n", "\u001b");
        SQLException otherHost = new SQLException(
                "Der Hostname 127.0.0.1 konnte nicht durch HostnameVerifier PgjdbcHostnameVerifier best\u00e4tigt werden.",
                "08006");
        assertThat(Failures.of(otherHost).exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(Failures.of(otherHost).message())
                .contains("another host name", "DB_HOST", "DB_SSLMODE")
                .doesNotContain("Verifier");
        SQLException noTls = new SQLException("Le serveur ne supporte pas SSL.", "08004");
        assertThat(Failures.of(noTls).message()).contains("TLS", "DB_SSLMODE");
    }

    @Test
    void whatRedisDoesIsToldWithoutTheNamesOfClasses() {
        assertThat(Failures.of(new ProvisionException("x", new RedisWrongPasswordException("WRONGPASS"))))
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
                .satisfies(failure -> assertThat(failure.message()).contains("refused the password", "REDIS_URL"));
        Failure away = Failures.of(new RedisConnectionException(
                "Unable to connect to Redis server: 127.0.0.1/127.0.0.1:9", new ConnectException("refused")));
        assertThat(away.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(away.message()).contains("Redis is not available", "REDIS_URL");
        assertThat(Failures.of(new RedisException("NOPERM this user has no permissions"))
                        .message())
                .contains("permit");
    }

    /** Whatever a provider throws, and however many of them, a person reads none of Guice's words. */
    @Test
    void everyFailureOfAProviderIsToldInItsOwnWords() {
        assertThat(failing(new ConfigurationException(List.of("A is wrong"))).message())
                .contains("A is wrong");
        assertThat(failing(new NoSuchFileException("/etc/none")))
                .isEqualTo(new Failure(ExitCode.CONFIGURATION, "/etc/none cannot be used: the file does not exist."));
        assertThat(failing(new IOException("DATA_DIR cannot be written to")).exitCode())
                .isEqualTo(ExitCode.CONFIGURATION);
        assertThat(failing(new IllegalStateException("Cannot invoke getName() because x is null")))
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED))
                .satisfies(failure ->
                        assertThat(failure.message()).doesNotContain("getName").contains("LOG_LEVEL=debug"));
        assertThat(Failures.of(new NullPointerException()).message()).doesNotContain("null", "NullPointer");
    }

    private static Failure failing(Exception thrown) {
        Injector injector = Guice.createInjector(new AbstractModule() {
            @Provides
            StringBuilder part() throws Exception {
                throw thrown;
            }
        });
        try {
            injector.getInstance(StringBuilder.class);
        } catch (ProvisionException e) {
            Failure failure = Failures.of(e);
            assertThat(failure.message()).doesNotContain("provision", "Guice", "Exception");
            return failure;
        }
        throw new AssertionError("the provider did not fail");
    }
}
