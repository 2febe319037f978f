package org.trackerreports.findmy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.ClientSettings.CoolDown;
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
        assertThat(settings.coolDown()).isEqualTo(new CoolDown(10, Duration.ofMinutes(5)));
        assertThat(settings.rateLimit()).contains(new RateLimit(72, Duration.ofHours(6), Duration.ZERO));
        assertThat(ClientSettings.builder().withoutRateLimit().build().rateLimit())
                .isEmpty();
        assertThat(settings.renewalPause()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void eachPartCanBeChangedAlone() {
        RateLimit limit = new RateLimit(4, Duration.ofHours(1), Duration.ZERO);
        ClientSettings changed = ClientSettings.builder()
                .protocol(FetchProtocol.V1)
                .idsPerRequest(64)
                .parallelRequests(2)
                .searchBack(Duration.ofDays(1))
                .requestsPerAccessory(3)
                .retry(Retry.NONE)
                .coolDown(new CoolDown(1, Duration.ofSeconds(1)))
                .rateLimit(limit)
                .renewalPause(Duration.ZERO)
                .build();
        assertThat(changed)
                .isEqualTo(new ClientSettings(
                        FetchProtocol.V1,
                        64,
                        2,
                        Duration.ofDays(1),
                        3,
                        Retry.NONE,
                        new CoolDown(1, Duration.ofSeconds(1)),
                        Optional.of(limit),
                        Duration.ZERO));
        assertThat(changed.toBuilder().build()).isEqualTo(changed);
        assertThat(changed.toBuilder().idsPerRequest(256).build().protocol()).isEqualTo(FetchProtocol.V1);
    }

    @Test
    void valuesOutOfRangeAreRefusedWithWhatWasFound() {
        assertThatThrownBy(() -> ClientSettings.builder().idsPerRequest(7).build())
                .hasMessageContaining("at least 8, found 7");
        assertThatThrownBy(() -> ClientSettings.builder().idsPerRequest(291).build())
                .hasMessageContaining("at most 290", "found 291");
        assertThatThrownBy(() -> ClientSettings.builder().parallelRequests(0).build())
                .hasMessageContaining("found 0");
        assertThatThrownBy(
                        () -> ClientSettings.builder().requestsPerAccessory(0).build())
                .hasMessageContaining("found 0");
        assertThatThrownBy(
                        () -> ClientSettings.builder().searchBack(Duration.ZERO).build())
                .hasMessageContaining("longer than zero");
        assertThatThrownBy(() -> ClientSettings.builder()
                        .renewalPause(Duration.ofSeconds(-1))
                        .build())
                .hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> new Retry(List.of(Duration.ofSeconds(-1)), List.of()))
                .hasMessageContaining("not negative");
        assertThatThrownBy(() -> new CoolDown(0, Duration.ofSeconds(1))).hasMessageContaining("at least 1");
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
