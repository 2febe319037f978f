package org.trackerreports.sinks.dawarich;

import java.time.Clock;
import java.util.Objects;
import org.trackerreports.sinks.connection.HttpAddress;

/**
 * The settings of a Dawarich server.
 *
 * @param address its base address, with the API key of an account as token
 * @param mostPoints how many positions one request has, 1 to 1000
 * @param clock tells times of answers
 */
public record DawarichSettings(HttpAddress address, int mostPoints, Clock clock) {

    private static final int MOST_POINTS = 1_000;

    public DawarichSettings {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(clock, "clock");
        if (mostPoints < 1 || mostPoints > MOST_POINTS) {
            throw new IllegalArgumentException("a request to Dawarich has 1 to 1000 positions");
        }
    }

    /** As many positions in a request as Dawarich takes. */
    public static DawarichSettings of(HttpAddress address, Clock clock) {
        return new DawarichSettings(address, MOST_POINTS, clock);
    }
}
