package org.trackerreports.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What values of options can look like. */
class OptionValuesTest {

    @Test
    void understandsTimesWithAndWithoutTheirUnit() throws ConfigurationException {
        for (String half : new String[] {"0.5", "30m", "1800s", "1800000 ms", "0.5 H"}) {
            assertThat(load(Map.of("REQUEST_INTERVAL_HOURS", half), Map.of()).get(Options.REQUEST_INTERVAL_HOURS))
                    .as(half)
                    .isEqualTo(Duration.ofMinutes(30));
        }
    }

    @Test
    void knowsAPortAndNone() throws ConfigurationException {
        assertThat(load(Map.of(), Map.of()).get(Options.HTTP_PORT)).contains(8466);
        assertThat(load(Map.of("HTTP_PORT", "off"), Map.of()).get(Options.HTTP_PORT))
                .isEmpty();
        assertThatThrownBy(() -> load(Map.of("HTTP_PORT", "none", "LOG_FORMAT", "xml"), Map.of()))
                .hasMessageContaining("HTTP_PORT is 'none'; expected a whole number from 0 to 65535, or off")
                .hasMessageContaining("LOG_FORMAT is 'xml'; expected one of text, json, for example text");
    }

    @Test
    void aDaemonHasAllRolesUnlessToldOtherwise() throws ConfigurationException {
        assertThat(load(Map.of(), Map.of()).get(Options.ROLES)).containsExactly(Role.values());
        assertThat(load(Map.of("ROLES", "move, fetch"), Map.of()).get(Options.ROLES))
                .containsExactly(Role.FETCH, Role.MOVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fetch,serv", ",", "fetch,", "everything"})
    void refusesARoleThatIsUnknownOrEmpty(String roles) {
        assertThatThrownBy(() -> load(Map.of("ROLES", roles), Map.of()))
                .hasMessageContaining(
                        "ROLES is '" + roles + "'; expected one of fetch, move, serve, deliver, or several of them");
    }

    @ParameterizedTest
    @CsvSource({
        "my_db,my_db",
        "::1,[::1]",
        "[fe80::1],[fe80::1]",
        " db.example.com ,db.example.com",
        "10.0.0.1,10.0.0.1"
    })
    void knowsEveryFormOfAHost(String given, String host) throws ConfigurationException {
        assertThat(load(Map.of(), Map.of("DB_HOST", given, "DB_PASSWORD", "secret"))
                        .get(Options.DB_HOST))
                .isEqualTo(host);
    }

    @Test
    void knowsThePopularSpellingsOfProxies() throws ConfigurationException {
        assertThat(load(Map.of(), Map.of("https_proxy", "http://proxy:1")).get(Options.HTTPS_PROXY))
                .isEqualTo(URI.create("http://proxy:1"));
    }

    private static Configuration load(Map<String, String> arguments, Map<String, String> environment)
            throws ConfigurationException {
        return ConfigurationLoader.load(arguments, environment, Optional.empty());
    }
}
