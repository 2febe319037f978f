package org.trackerreports.fetcher.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class HttpWorkersTest {

    private static final int THREADS = 4;

    /** Whether a thread has begun with a slow request when the next one comes is left to chance; none may be forgotten. */
    @RepeatedTest(500)
    void aRequestIsHandledHoweverManySlowOnesCameTogetherBeforeIt() throws Exception {
        try (HttpWorkers workers = new HttpWorkers(THREADS)) {
            CountDownLatch never = new CountDownLatch(1);
            for (int number = 0; number < THREADS + 1; number++) {
                workers.execute(() -> waitFor(never));
            }
            CountDownLatch handled = new CountDownLatch(1);
            workers.execute(handled::countDown);
            assertThat(handled.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void requestsThatComeOneAfterAnotherNeedOneThread() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        AtomicInteger handled = new AtomicInteger();
        try (HttpWorkers workers = new HttpWorkers(20)) {
            for (int number = 1; number <= 20; number++) {
                int all = number;
                workers.execute(() -> {
                    threads.add(Thread.currentThread());
                    handled.incrementAndGet();
                });
                // A thread that has handled a request waits with a limit only for the next one.
                await().pollInterval(Duration.ofMillis(1))
                        .until(() -> handled.get() == all
                                && threads.stream()
                                        .allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
            }
        }
        assertThat(threads).hasSize(1);
    }

    @Test
    void noRequestIsInterruptedWhileAThreadIsFree() throws Exception {
        try (HttpWorkers workers = new HttpWorkers(THREADS)) {
            CountDownLatch begun = new CountDownLatch(THREADS);
            CountDownLatch end = new CountDownLatch(1);
            CountDownLatch ended = new CountDownLatch(THREADS);
            AtomicInteger interrupted = new AtomicInteger();
            for (int number = 0; number < THREADS; number++) {
                workers.execute(() -> {
                    begun.countDown();
                    if (!waitFor(end)) {
                        interrupted.incrementAndGet();
                    }
                    ended.countDown();
                });
            }
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            end.countDown();
            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(interrupted).hasValue(0);
        }
    }

    /** @return false if the thread was interrupted */
    private static boolean waitFor(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
