package org.trackerreports.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GuardedTimerTest {

    private final BlockingQueue<RuntimeException> failures = new LinkedBlockingQueue<>();

    @Test
    void aTaskThatThrowsIsRunAgain() throws Exception {
        CountDownLatch runs = new CountDownLatch(3);
        try (GuardedTimer timer = new GuardedTimer("test", 1, failures::add)) {
            timer.every(Duration.ofMillis(1), () -> {
                runs.countDown();
                throw new IllegalStateException("made up");
            });
            assertThat(runs.await(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(failures.poll(1, TimeUnit.MINUTES)).hasMessage("made up");
    }

    @Test
    void runsATaskOnceAfterADelayOnANamedDaemonThread() throws Exception {
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        try (GuardedTimer timer = new GuardedTimer("test", 1, failures::add)) {
            timer.after(Duration.ZERO, () -> threads.add(Thread.currentThread()));
            Thread thread = threads.poll(1, TimeUnit.MINUTES);
            assertThat(thread).isNotNull();
            assertThat(thread.getName()).isEqualTo("test-1");
            assertThat(thread.isDaemon()).isTrue();
        }
    }

    @Test
    void aStoppedTimerIgnoresNewTasks() {
        GuardedTimer timer = new GuardedTimer("test", 1, failures::add);
        timer.close();
        timer.after(Duration.ZERO, () -> failures.add(new IllegalStateException("ran")));
        assertThat(failures).isEmpty();
    }
}
