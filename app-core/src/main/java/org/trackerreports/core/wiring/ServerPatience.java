package org.trackerreports.core.wiring;

import java.time.Duration;

/**
 * How long a command waits for a server that is not available. A daemon waits as long as it takes.
 *
 * @param limit zero for not at all
 */
public record ServerPatience(Duration limit) {

    /** A person at the terminal wants to know soon. */
    public static final ServerPatience OF_COMMANDS = new ServerPatience(Duration.ofSeconds(5));
}
