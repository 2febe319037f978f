package org.trackerreports.core.lifecycle;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that have a name and do not keep the JVM from ending. */
public final class DaemonThreads {

    private DaemonThreads() {}

    /**
     * A factory of such threads. Thread-safe.
     *
     * @param name the name of the threads; each gets its number, such as {@code history-1}
     */
    public static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
