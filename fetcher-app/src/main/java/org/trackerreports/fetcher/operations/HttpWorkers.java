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
    /** Busy threads, in the order in which they began. */
    private final Set<Thread> busy = new LinkedHashSet<>();

    /** @param threads how many requests are handled at the same time; as many more can wait */
    HttpWorkers(int threads) {
        this.threads = threads;
        pool = new ThreadPoolExecutor(
                threads,
                threads,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(threads),
                DaemonThreads.named("http"));
        pool.allowCoreThreadTimeOut(true);
    }

    /** @throws RejectedExecutionException if too many requests wait already */
    @Override
    public void execute(Runnable request) {
        pool.execute(() -> run(request));
        synchronized (busy) {
            int idle = threads - busy.size();
            for (int waiting = pool.getQueue().size(); waiting > idle && !busy.isEmpty(); waiting--) {
                Thread slowest = busy.iterator().next();
                busy.remove(slowest);
                slowest.interrupt();
            }
        }
    }

    private void run(Runnable request) {
        synchronized (busy) {
            busy.add(Thread.currentThread());
        }
        try {
            request.run();
        } finally {
            synchronized (busy) {
                busy.remove(Thread.currentThread());
                // An interrupt was for this request, not for the next one.
                Thread.interrupted();
            }
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
