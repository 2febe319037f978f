package org.trackerreports.fetcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trackerreports.core.event.Listeners;
import org.trackerreports.fetcher.event.DaemonListener;
import org.trackerreports.fetcher.event.Dependency;
import org.trackerreports.fetcher.event.OutageBegan;
import org.trackerreports.fetcher.event.OutageEnded;

class OutageTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final DaemonListener listener = mock(DaemonListener.class);
    private final Clock clock = mock(Clock.class);
    private final Outage outage = new Outage(Dependency.DATABASE, new Listeners<>(Set.of(listener)), clock);

    @BeforeEach
    void begin() {
        when(clock.instant()).thenReturn(START);
    }

    @Test
    void theWaitsGrowFromASecondToAMinute() {
        List<Duration> waits = new ArrayList<>();
        Instant now = START;
        for (int attempt = 0; attempt < 12; attempt++) {
            Duration wait = outage.failed("away");
            waits.add(wait);
            assertThat(outage.untilNextAttempt()).isEqualTo(wait);
            now = now.plus(wait);
            when(clock.instant()).thenReturn(now);
            assertThat(outage.untilNextAttempt()).isZero();
        }
        // 1 s doubled each time, give or take three tenths, up to a minute.
        assertThat(waits.get(0)).isBetween(Duration.ofMillis(700), Duration.ofMillis(1_300));
        assertThat(waits.get(3)).isBetween(Duration.ofMillis(5_600), Duration.ofMillis(10_400));
        assertThat(waits.get(11)).isBetween(Duration.ofSeconds(42), Duration.ofMinutes(1));
    }

    @Test
    void workersThatFailTogetherCountAsOne() {
        Duration wait = outage.failed("away");
        assertThat(outage.failed("away")).isEqualTo(wait);
        assertThat(outage.failed("away")).isEqualTo(wait);
        verify(listener, times(1)).outageBegan(new OutageBegan(Dependency.DATABASE, "away"));
        when(clock.instant()).thenReturn(START.plusSeconds(10));
        assertThat(outage.over()).isTrue();
        verify(listener).outageEnded(new OutageEnded(Dependency.DATABASE, Duration.ofSeconds(10), 1));
    }

    @Test
    void whatWorksIsNotAnOutageThatEnded() {
        assertThat(outage.over()).isFalse();
        outage.failed("away");
        assertThat(outage.over()).isTrue();
        assertThat(outage.over()).isFalse();
        assertThat(outage.untilNextAttempt()).isZero();
        verify(listener, times(1)).outageEnded(any());
    }
}
