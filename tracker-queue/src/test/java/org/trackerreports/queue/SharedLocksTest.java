package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;

/** Locks that two instances share. */
class SharedLocksTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final TestRedis redis = new TestRedis();
    private final RedissonClient redisson = redis.client();
    private final SharedLocks one = new SharedLocks(redisson, "test", "login");
    private final SharedLocks other = new SharedLocks(redis.client(), "test", "login");

    @AfterEach
    void stop() {
        threads.shutdownNow();
        redis.close();
    }

    @Test
    void whileOneHoldsALockTheOtherDoesNotRun() throws Exception {
        Optional<Optional<String>> results = one.runLocked("a", Duration.ZERO, () -> runOnOther("a", Duration.ZERO));
        assertThat(results).contains(Optional.empty());
        assertThat(runOnOther("a", Duration.ZERO)).contains("ran");
    }

    @Test
    void eachNameHasALockOfItsOwn() throws Exception {
        assertThat(one.runLocked("a", Duration.ZERO, () -> runOnOther("b", Duration.ZERO)))
                .contains(Optional.of("ran"));
    }

    @Test
    void whoWaitsRunsWhenTheHolderIsDone() throws Exception {
        List<String> order = new ArrayList<>();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(1);
        Future<?> holder = threads.submit(() -> one.runLocked("a", Duration.ZERO, () -> {
            held.countDown();
            awaited(waiting);
            return order.add("one");
        }));
        awaited(held);
        Future<?> waiter = threads.submit(() -> {
            waiting.countDown();
            return other.runLocked("a", LONG, () -> order.add("other"));
        });
        holder.get();
        waiter.get();
        assertThat(order).containsExactly("one", "other");
    }

    @Test
    void neverTwoRunAtOnce() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            SharedLocks locks = i % 2 == 0 ? one : other;
            all.add(threads.submit(() -> locks.runLocked("a", LONG, () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                Thread.yield();
                return running.decrementAndGet();
            })));
        }
        for (Future<?> future : all) {
            assertThat((Optional<?>) future.get()).isPresent();
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void theLockIsReleasedWhenTheWorkFails() {
        assertThatThrownBy(() -> one.runLocked("a", Duration.ZERO, () -> {
                    throw new IllegalStateException("work");
                }))
                .hasMessage("work");
        assertThat(runOnOther("a", Duration.ZERO)).contains("ran");
    }

    @Test
    void theLockIsReleasedWhenTheThreadIsInterruptedDuringTheWork() throws Exception {
        assertThat(one.runLocked("a", Duration.ZERO, () -> {
                    Thread.currentThread().interrupt();
                    return "done";
                }))
                .contains("done");
        assertThat(Thread.interrupted()).as("the interruption is kept").isTrue();
        assertThat(runOnOther("a", Duration.ZERO)).contains("ran");
    }

    @Test
    void theResultOfTheWorkCountsEvenIfRedisIsLostMeanwhile() throws Exception {
        assertThat(one.runLocked("a", Duration.ZERO, () -> {
                    redis.server.kill();
                    return "done";
                }))
                .contains("done");
    }

    @Test
    void withoutRedisNothingRuns() {
        redis.server.kill();
        AtomicInteger runs = new AtomicInteger();
        assertThatThrownBy(() -> one.runLocked("a", Duration.ZERO, runs::incrementAndGet))
                .isInstanceOf(QueueUnavailableException.class)
                .hasMessageContaining("lock \"{test}:login:a\"")
                .hasMessageContaining("Check that Redis runs");
        assertThat(runs).hasValue(0);
    }

    @Test
    void anInterruptedThreadDoesNotRun() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        one.runLocked("a", Duration.ZERO, () -> {
            CountDownLatch started = new CountDownLatch(1);
            Future<?> waiter = threads.submit(() -> {
                started.countDown();
                return other.runLocked("a", LONG, runs::incrementAndGet);
            });
            awaited(started);
            threads.shutdownNow();
            assertThatThrownBy(waiter::get).hasCauseInstanceOf(InterruptedException.class);
            return "released";
        });
        assertThat(runs).hasValue(0);
    }

    @Test
    void keysLieUnderThePrefixAndNothingIsLeftBehind() throws Exception {
        one.runLocked("a", Duration.ZERO, () -> {
            assertThat(redisson.getKeys().getKeys()).containsExactly("{test}:login:a");
            return "done";
        });
        assertThat(redisson.getKeys().count()).isZero();
        assertThatThrownBy(() -> new SharedLocks(redisson, "test", "budget"))
                .hasMessageContaining("purpose is \"budget\"");
        assertThatThrownBy(() -> new SharedLocks(redisson, "{x}", "login")).hasMessageContaining("prefix is \"{x}\"");
        assertThatThrownBy(() -> one.runLocked("two words", Duration.ZERO, () -> "ran"))
                .hasMessageContaining("lock is \"two words\"");
    }

    private Optional<String> runOnOther(String name, Duration patience) {
        try {
            return threads.submit(() -> other.runLocked(name, patience, () -> "ran"))
                    .get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
