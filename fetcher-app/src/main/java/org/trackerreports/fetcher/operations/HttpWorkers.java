package org.trackerreports.fetcher.operations;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.trackerreports.core.lifecycle.DaemonThreads;

/**
 * The threads of an HTTP server that reads a request in the thread that answers it. A client that sends or reads slowly keeps its thread busy,
 * so when all are busy, a new request interrupts the one that has taken longest: the page of an honest client takes milliseconds. Interrupting
 * a thread closes the connection that it reads from or writes to. Thread-safe.
 */
final class HttpWorkers implements Executor, AutoCloseable {

    private final int threads;
    private final ThreadPoolExecutor pool;
    private final Object lock = new Object();
    /** Threads that handle a request and were not interrupted, in the order in which they began. */
    private final Set<Thread> busy = new LinkedHashSet<>();
    /** Threads that handle a request, interrupted or not. */
    private int running;
    /** Requests that have not ended, whether a thread has begun with them or not. */
    private int unfinished;

    /** @param threads how many requests are handled at the same time; as many more can wait */
    HttpWorkers(int threads) {
        this.threads = threads;
        pool = new ThreadPoolExecutor(
                1, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(threads), DaemonThreads.named("http"));
        pool.allowCoreThreadTimeOut(true);
    }

    /** @throws RejectedExecutionException if too many requests wait already */
    @Override
    public void execute(Runnable request) {
        synchronized (lock) {
            // Up to this size, the pool would start a thread for each request although others are unused.
            if (unfinished >= pool.getCorePoolSize() && unfinished < threads) {
                pool.setCorePoolSize(unfinished + 1);
            }
            pool.execute(() -> run(request));
            unfinished++;
            makeRoom();
        }
    }

    private void run(Runnable request) {
        synchronized (lock) {
            busy.add(Thread.currentThread());
            running++;
            makeRoom();
        }
        try {
            request.run();
        } finally {
            synchronized (lock) {
                unfinished--;
                running--;
                busy.remove(Thread.currentThread());
                // An interrupt was for this request, not for the next one.
                Thread.interrupted();
            }
        }
    }

    /** Interrupts one request for each that waits, once every thread handles one: one that has yet to begin may be free at once. */
    private void makeRoom() {
        while (running == threads && notInterrupted() > threads && !busy.isEmpty()) {
            Thread slowest = busy.iterator().next();
            busy.remove(slowest);
            slowest.interrupt();
        }
    }

    /** Requests that have neither ended nor been interrupted. */
    private int notInterrupted() {
        int interrupted = running - busy.size();
        return unfinished - interrupted;
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
