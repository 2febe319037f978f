package org.trackerreports.core.embedded;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.lifecycle.GuardedTimer;

/** Tells a person what takes so long, if it does: until it is closed. */
final class SlowNotice implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SlowNotice.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final GuardedTimer timer;

    /**
     * @param text what is done; logged as a warning, because a command shows nothing less
     */
    SlowNotice(String text) {
        timer = new GuardedTimer("notice", 1, e -> LOG.debug("A notice failed.", e));
        timer.after(PATIENCE, () -> LOG.warn("{}", text));
    }

    @Override
    public void close() {
        timer.close();
    }
}
