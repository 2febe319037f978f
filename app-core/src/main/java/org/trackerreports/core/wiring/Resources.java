package org.trackerreports.core.wiring;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open resources of a program, which are closed in reverse order. Thread-safe. */
@Singleton
public final class Resources implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Resources.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @Inject
    Resources() {}

    /** Adds a resource to close. */
    public synchronized <T extends AutoCloseable> T closing(T resource) {
        open.push(resource);
        return resource;
    }

    /** Closes all resources. A failure is logged, and the others are closed. */
    // A close method may throw any exception.
    @Override
    public synchronized void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warn("A resource did not close cleanly: {}", e.getMessage());
            }
        }
    }
}
