package org.trackerreports.findmy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.ClientSettings.Circuit;
import org.trackerreports.findmy.ClientSettings.RateLimit;
import org.trackerreports.findmy.ClientSettings.Retry;
import org.trackerreports.findmy.fetch.FetchProtocol;

class ClientSettingsTest {

    @Test
    void theDefaultsAreThoseOfTheDocumentation() {
        ClientSettings settings = ClientSettings.DEFAULT;
        assertThat(settings.protocol()).isEqualTo(FetchProtocol.V2);
        assertThat(settings.idsPerRequest()).isEqualTo(256);
        assertThat(settings.parallelRequests()).isEqualTo(1);
        assertThat(settings.searchBack()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.requestsPerAccessory()).isEqualTo(30);
        assertThat(settings.retry().afterEmptyAnswer())
                .extracting(Duration::toSeconds)
                .containsExactly(2L, 4L, 6L, 8L, 10L);
        assertThat(settings.retry().afterFailure()).containsExactly(Duration.ofSeconds(5));
        assertThat(settings.circuit()).isEqualTo(new Circuit(10, Duration.ofMinutes(5)));
        assertThat(settings.rateLimit()).isEmpty();
        assertThat(settings.renewalPause()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void eachPartCanBeChangedAlone() {
        RateLimit limit = new RateLimit(4, Duration.ofHours(1), Duration.ZERO);
        ClientSettings changed = ClientSettings.DEFAULT
                .withProtocol(FetchProtocol.V1)
                .withIdsPerRequest(64)
                .withParallelRequests(2)
                .withSearchBack(Duration.ofDays(1))
                .withRequestsPerAccessory(3)
                .withRetry(Retry.NONE)
                .withCircuit(new Circuit(1, Duration.ofSeconds(1)))
                .withRateLimit(limit)
                .withRenewalPause(Duration.ZERO);
        assertThat(changed)
                .isEqualTo(new ClientSettings(
                        FetchProtocol.V1,
                        64,
                        2,
                        Duration.ofDays(1),
                        3,
                        Retry.NONE,
                        new Circuit(1, Duration.ofSeconds(1)),
                        Optional.of(limit),
                        Duration.ZERO));
    }

    @Test
    void valuesOutOfRangeAreRefusedWithWhatWasFound() {
        ClientSettings settings = ClientSettings.DEFAULT;
        assertThatThrownBy(() -> settings.withIdsPerRequest(7)).hasMessageContaining("at least 8, found 7");
        assertThatThrownBy(() -> settings.withIdsPerRequest(291)).hasMessageContaining("at most 290", "found 291");
        assertThatThrownBy(() -> settings.withParallelRequests(0)).hasMessageContaining("found 0");
        assertThatThrownBy(() -> settings.withRequestsPerAccessory(0)).hasMessageContaining("found 0");
        assertThatThrownBy(() -> settings.withSearchBack(Duration.ZERO)).hasMessageContaining("longer than zero");
        assertThatThrownBy(() -> settings.withRenewalPause(Duration.ofSeconds(-1)))
                .hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> new Retry(List.of(Duration.ofSeconds(-1)), List.of()))
                .hasMessageContaining("not negative");
        assertThatThrownBy(() -> new Circuit(0, Duration.ofSeconds(1))).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new RateLimit(1, Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("longer than zero");
    }

    @Test
    void aClientWithoutAnisetteSaysWhatIsMissing() {
        assertThatThrownBy(() -> FindMyClient.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("anisetteServer");
    }
}
