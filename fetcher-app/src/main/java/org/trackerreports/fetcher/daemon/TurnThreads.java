package org.trackerreports.fetcher.daemon;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.trackerreports.core.lifecycle.DaemonThreads;

/**
 * The threads on which turns run: one for each account up to a limit; what exceeds it waits in order. They are virtual threads where these may
 * wait anywhere, and otherwise platform threads; both behave the same.
 */
final class TurnThreads {

    /** Requests under way at the same time. With one request in 300 s and two seconds for each, they serve 9,600 accounts. */
    private static final int LIMIT = 64;

    /** Before, a virtual thread that waits in a synchronized block keeps its carrier, of which there are as many as cores. */
    private static final int VERSION_WITH_VIRTUAL_THREADS = 24;

    private static final long SECONDS_UNTIL_UNUSED = 10;

    private TurnThreads() {}

    static ThreadPoolExecutor start() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                LIMIT, LIMIT, SECONDS_UNTIL_UNUSED, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory());
        threads.allowCoreThreadTimeOut(true);
        resize(threads, 0);
        return threads;
    }

    /** Adapts the number of threads: the pool would start one for each turn up to its size, although others are unused. */
    static void resize(ThreadPoolExecutor threads, int accounts) {
        threads.setCorePoolSize(Math.max(1, Math.min(LIMIT, accounts)));
    }

    static ThreadFactory factory() {
        return Runtime.version().feature() < VERSION_WITH_VIRTUAL_THREADS ? DaemonThreads.named("account") : virtual();
    }

    /** {@code Thread.ofVirtual().factory()}, which the language level does not have. */
    private static ThreadFactory virtual() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandle make = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual));
            MethodHandle factory = lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
            return (ThreadFactory) factory.invoke(make.invoke());
        } catch (Throwable e) {
            throw new IllegalStateException("this Java platform has no virtual threads", e);
        }
    }
}
