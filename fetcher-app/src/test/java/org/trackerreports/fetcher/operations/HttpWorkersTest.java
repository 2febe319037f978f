package org.trackerreports.fetcher.operations;

import static org.assertj.core.api.Assertions.assertThat;

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
    void requestsThatComeOneAfterAnotherNeedNoThreadEach() throws Exception {
        Set<String> names = ConcurrentHashMap.newKeySet();
        try (HttpWorkers workers = new HttpWorkers(20)) {
            for (int number = 0; number < 20; number++) {
                CountDownLatch handled = new CountDownLatch(1);
                workers.execute(() -> {
                    names.add(Thread.currentThread().getName());
                    handled.countDown();
                });
                assertThat(handled.await(30, TimeUnit.SECONDS)).isTrue();
            }
        }
        // The one before may be about to end.
        assertThat(names).hasSizeBetween(1, 2);
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
