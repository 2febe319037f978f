package org.trackerreports.core.wiring;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened and has to be closed, the last first. Thread-safe. */
@Singleton
public final class Resources implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Resources.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @Inject
    Resources() {}

    /** Remembers something to close. */
    public synchronized <T extends AutoCloseable> T closing(T resource) {
        open.push(resource);
        return resource;
    }

    /** Closes everything; what fails is told and does not keep the rest open. */
    // The exception of a close method may be anything.
    @Override
    public synchronized void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warn("Something did not close cleanly: {}", e.getMessage());
            }
        }
    }
}
