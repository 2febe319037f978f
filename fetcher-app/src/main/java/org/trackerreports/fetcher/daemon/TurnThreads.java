package org.trackerreports.fetcher.daemon;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.trackerreports.core.lifecycle.DaemonThreads;

/**
 * The threads on which turns run: as many as there are turns at the same time, up to a limit; what exceeds it waits. They are virtual threads
 * where these may wait anywhere, and otherwise platform threads; both behave the same.
 */
final class TurnThreads {

    /** Requests under way at the same time. With one request in 300 s and two seconds for each, they serve 9,600 accounts. */
    static final int LIMIT = 64;

    /** Before, a virtual thread that waits in a synchronized block keeps its carrier, of which there are as many as cores. */
    private static final int VERSION_WITH_VIRTUAL_THREADS = 24;

    private static final long SECONDS_UNTIL_UNUSED = 10;
    private static final long LOOK_MILLIS = 100;

    private TurnThreads() {}

    /** Its method {@code execute} waits while all threads run turns. */
    static ThreadPoolExecutor start() {
        return new ThreadPoolExecutor(
                0,
                LIMIT,
                SECONDS_UNTIL_UNUSED,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                factory(),
                TurnThreads::awaitFree);
    }

    /** Hands a turn to the thread that is free next. Looks from time to time, because threads that end take none. */
    private static void awaitFree(Runnable turn, ThreadPoolExecutor threads) {
        try {
            while (!threads.getQueue().offer(turn, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (threads.isShutdown()) {
                    throw new RejectedExecutionException("no turn begins after the end");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("interrupted while waiting for a thread", e);
        }
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
