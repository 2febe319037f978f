package org.trackerreports.fetcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnThreadsTest {

    private final ThreadPoolExecutor threads = TurnThreads.start();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void end() {
        end.countDown();
        threads.shutdownNow();
    }

    @Test
    void turnsThatFollowOneAnotherShareAThread() throws Exception {
        for (int turn = 0; turn < 100; turn++) {
            CountDownLatch ended = new CountDownLatch(1);
            threads.execute(ended::countDown);
            ended.await();
            await().pollInterval(Duration.ofMillis(1)).until(() -> threads.getActiveCount() == 0);
        }
        // A thread that has just ended its turn need not be free yet.
        assertThat(threads.getLargestPoolSize()).isLessThan(10);
    }

    @Test
    void whatExceedsTheLimitWaitsForAThread() {
        for (int turn = 1; turn < TurnThreads.LIMIT; turn++) {
            threads.execute(this::awaitEnd);
        }
        CountDownLatch last = new CountDownLatch(1);
        threads.execute(() -> awaitQuietly(last));
        CompletableFuture<Void> ran = new CompletableFuture<>();
        CompletableFuture<Void> handedOver =
                CompletableFuture.runAsync(() -> threads.execute(() -> ran.complete(null)));
        await().during(Duration.ofMillis(300)).until(() -> !handedOver.isDone() && !ran.isDone());
        last.countDown();
        assertThat(ran).succeedsWithin(Duration.ofSeconds(30));
        assertThat(handedOver).succeedsWithin(Duration.ofSeconds(30));
        assertThat(threads.getLargestPoolSize()).isEqualTo(TurnThreads.LIMIT);
    }

    @Test
    void whoWaitsForAThreadIsToldOfTheEnd() {
        for (int turn = 0; turn < TurnThreads.LIMIT; turn++) {
            threads.execute(this::awaitEnd);
        }
        CompletableFuture<Void> handedOver = CompletableFuture.runAsync(() -> threads.execute(() -> {}));
        await().during(Duration.ofMillis(300)).until(() -> !handedOver.isDone());
        threads.shutdown();
        assertThat(handedOver)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RejectedExecutionException.class);
    }

    private void awaitEnd() {
        awaitQuietly(end);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
