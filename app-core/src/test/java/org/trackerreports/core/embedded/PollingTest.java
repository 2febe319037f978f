package org.trackerreports.core.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class PollingTest {

    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final AtomicLong nanos = new AtomicLong();
    private final List<Duration> pauses = new ArrayList<>();
    private final AtomicLong attempts = new AtomicLong();

    @Test
    void doesNotWaitIfTheFirstAttemptSucceeds() throws Exception {
        assertThat(poll(duration -> true, 1)).contains(1L);
        assertThat(pauses).isEmpty();
    }

    @Test
    void repeatsUntilAnAttemptSucceeds() throws Exception {
        assertThat(poll(duration -> true, 3)).contains(3L);
        assertThat(pauses).containsExactly(INTERVAL, INTERVAL);
    }

    @Test
    void endsAfterTheLimitWithOneLastAttempt() throws Exception {
        assertThat(poll(duration -> true, 100)).isEmpty();
        assertThat(attempts).hasValue(4);
    }

    @Test
    void makesNoAttemptAfterAnInterruption() throws Exception {
        assertThat(poll(duration -> false, 100)).isEmpty();
        assertThat(attempts).hasValue(1);
    }

    private Optional<Long> poll(Predicate<Duration> pause, long successfulAttempt) throws Exception {
        Polling polling = new Polling(
                duration -> {
                    pauses.add(duration);
                    nanos.addAndGet(duration.toNanos());
                    return pause.test(duration);
                },
                nanos::get);
        return polling.poll(
                LIMIT,
                INTERVAL,
                () -> Optional.of(attempts.incrementAndGet()).filter(made -> made >= successfulAttempt));
    }
}
