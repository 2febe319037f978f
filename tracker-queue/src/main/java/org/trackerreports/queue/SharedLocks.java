package org.trackerreports.queue;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;

/**
 * Locks by name that all instances share through Redis: at most one thread of one instance runs the work of a name at a time.
 *
 * <p>A lock is extended for as long as its holder lives and ends about 30 seconds after its holder was killed. If Redis loses its
 * data, two holders are possible until the first one is done, so guard what must never happen twice by a {@linkplain
 * RequestBudgets budget} as well. Thread-safe. Does not close the client that it is given.
 */
public final class SharedLocks {

    private static final Set<String> RESERVED_PURPOSES = Set.of("budget", "budget-known", "cool-down");

    private final RedissonClient redisson;
    private final String keyPrefix;

    /**
     * @param prefix as in {@link QueueSettings#prefix()}; a queue and its locks can share one
     * @param purpose what the locks guard, such as {@code login}; the keys are {@code {prefix}:purpose:name}
     */
    public SharedLocks(RedissonClient redisson, String prefix, String purpose) {
        this.redisson = Objects.requireNonNull(redisson, "redisson");
        if (RESERVED_PURPOSES.contains(RedisNames.requireName("purpose", purpose))) {
            throw new IllegalArgumentException(
                    "purpose is \"" + purpose + "\", which request budgets use; give another");
        }
        this.keyPrefix = RedisNames.key(prefix, purpose + ":");
    }

    /**
     * Runs work while this thread holds the lock of a name, and releases the lock whether or not the work succeeds. A thread that
     * already holds the lock can take it again.
     *
     * @param name 1 to 128 letters, digits or {@code . _ : @ / + -}
     * @param patience how long to wait for the lock while another thread or instance holds it; zero to try once
     * @param work must not return null
     * @return the result of the work; empty if the lock was held by others for that long, and the work was not run
     * @throws QueueUnavailableException if Redis does not answer, so that nobody can tell who holds the lock; the work was not run
     * @throws InterruptedException if the thread was interrupted while it waited; the work was not run
     */
    public <T> Optional<T> runLocked(String name, Duration patience, Supplier<T> work) throws InterruptedException {
        RLock lock = redisson.getLock(keyPrefix + RedisNames.requireName("lock", name));
        if (!acquire(lock, patience)) {
            return Optional.empty();
        }
        try {
            return Optional.of(work.get());
        } finally {
            release(lock);
        }
    }

    private static boolean acquire(RLock lock, Duration patience) throws InterruptedException {
        try {
            return lock.tryLock(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RedisException e) {
            if (e.getCause() instanceof InterruptedException) {
                // Redisson wraps an interruption that it meets before it waits for the lock.
                Thread.interrupted();
                throw (InterruptedException) new InterruptedException("while connecting to Redis").initCause(e);
            }
            throw new QueueUnavailableException(
                    "Redis could not be asked for the lock \"" + lock.getName() + "\": "
                            + RedisProblem.of(e).sentence()
                            + ". Check that Redis runs and can be reached; then call again.",
                    e);
        }
    }

    /** Releases the lock even if the thread was interrupted during the work. The interruption is kept. */
    private static void release(RLock lock) {
        boolean interrupted = Thread.interrupted();
        try {
            lock.unlock();
        } catch (RedisException | IllegalMonitorStateException e) {
            // The work is done, and its result counts. Whatever the answer, unlock() ends the extending, so the lock
            // expires.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
