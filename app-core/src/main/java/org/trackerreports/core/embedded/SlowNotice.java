package org.trackerreports.core.embedded;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.lifecycle.GuardedTimer;

/** Tells a person what takes so long, if it does: until it is closed. */
final class SlowNotice implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SlowNotice.class);

    private final GuardedTimer timer;

    /**
     * @param text what is done
     * @param notices is told once the patience is over
     */
    SlowNotice(String text, Duration patience, Notices notices) {
        timer = new GuardedTimer("notice", 1, e -> LOG.debug("A notice failed.", e));
        timer.after(patience, () -> notices.tell(text));
    }

    @Override
    public void close() {
        timer.close();
    }
}
