package org.trackerreports.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestRateTest {

    private static Optional<String> warning(String interval, String perDay) throws ConfigurationException {
        return RequestRate.warning(ConfigurationLoader.load(
                Map.of(), Map.of("FETCH_INTERVAL", interval, "MAX_REQUESTS_PER_DAY", perDay), Optional.empty()));
    }

    @Test
    void whatCanGetAnAccountBannedIsSaid() throws Exception {
        assertThat(warning("1", "50000"))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("banned", "FETCH_INTERVAL is 1.0 s", "MAX_REQUESTS_PER_DAY is 50000"));
        assertThat(warning("299", "288")).isPresent();
        assertThat(warning("300", "289")).isPresent();
        assertThat(warning("300", "288")).isEmpty();
        assertThat(warning("1800", "48")).isEmpty();
    }
}
