package org.trackerreports.findmy.login;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How long a program leaves the sign-in service alone after a sign-in that failed for now. The pauses grow so fast that a service that
 * answers "try again later" for a whole day is asked at most seven times, and in the end every eight hours.
 */
public final class SignInPacing {

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(20),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(8));

    /** Makes pauses longer, never shorter, so that instances do not return together. */
    private static final double JITTER = 0.2;

    private SignInPacing() {}

    /**
     * The pause after a failed sign-in.
     *
     * @param signIns how many sign-ins without a person there were within the last 24 hours, this one included, at least 1
     * @param random spreads the pauses
     */
    public static Duration pauseAfter(int signIns, RandomGenerator random) {
        Duration pause = PAUSES.get(Math.max(0, Math.min(signIns, PAUSES.size()) - 1));
        return pause.plusMillis((long) (pause.toMillis() * JITTER * random.nextDouble()));
    }
}
