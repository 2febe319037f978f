package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private static final Duration USUAL = Duration.ofMinutes(30);

    @Test
    void growsToTheLimit() {
        BackOff backOff = new BackOff(2, Duration.ofHours(3), 0);
        Random random = new Random(1);
        assertThat(backOff.delay(USUAL, 0, random)).isEqualTo(USUAL);
        assertThat(backOff.delay(USUAL, 1, random)).isEqualTo(Duration.ofHours(1));
        assertThat(backOff.delay(USUAL, 2, random)).isEqualTo(Duration.ofHours(2));
        assertThat(backOff.delay(USUAL, 3, random)).isEqualTo(Duration.ofHours(3));
        assertThat(backOff.delay(USUAL, 1_000_000, random)).isEqualTo(Duration.ofHours(3));
    }

    @Test
    void jitterShortensButNeverBelowTheWaitBefore() {
        BackOff backOff = new BackOff(2, Duration.ofDays(10), 0.5);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            int attempts = 1 + i % 6;
            Duration full = USUAL.multipliedBy(1L << attempts);
            assertThat(backOff.delay(USUAL, attempts, random))
                    .as("seed %d", seed)
                    .isBetween(full.dividedBy(2), full);
        }
    }

    @Test
    void aLimitBelowTheUsualWaitLeavesItAsItIs() {
        assertThat(new BackOff(2, Duration.ofMinutes(1), 0.2).delay(USUAL, 3, new Random(1)))
                .isEqualTo(USUAL);
        assertThat(BackOff.NONE.delay(USUAL, 7, new Random(1))).isEqualTo(USUAL);
    }

    @Test
    void wrongValuesSayWhatIsRight() {
        assertThatThrownBy(() -> new BackOff(0.5, Duration.ZERO, 0))
                .hasMessage("growth is 0.5; give a number from 1 to 100, such as 2");
        assertThatThrownBy(() -> new BackOff(Double.NaN, Duration.ZERO, 0)).hasMessageContaining("growth is NaN");
        assertThatThrownBy(() -> new BackOff(2, Duration.ofSeconds(-1), 0)).hasMessageContaining("max is PT-1S");
        assertThatThrownBy(() -> new BackOff(2, Duration.ZERO, 0.6))
                .hasMessage("jitter is 0.6; with a growth of 2.0 give a number from 0 to 0.5");
    }
}
