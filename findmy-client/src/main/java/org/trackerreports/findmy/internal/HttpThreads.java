package org.trackerreports.findmy.internal;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that begin the calls of all clients and take what arrives. A call that waits for its answer needs none of them, so a few serve
 * any number of calls; the JDK's own would be as many as calls that were ever busy at the same time. Unused ones end.
 */
final class HttpThreads {

    private static final int MOST = 16;
    private static final long SECONDS_UNTIL_UNUSED = 30;

    static final Executor SHARED = pool();

    private HttpThreads() {}

    private static Executor pool() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MOST, MOST, SECONDS_UNTIL_UNUSED, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "findmy-http-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
