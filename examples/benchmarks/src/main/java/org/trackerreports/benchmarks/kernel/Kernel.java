package org.trackerreports.benchmarks.kernel;

import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;
import org.trackerreports.benchmarks.Effort;
import org.trackerreports.benchmarks.JmhFork;

/** Implementation of point multiplication; a system property selects it in the client. */
enum Kernel {
    /** The client's own code, its default. */
    OWN("kernel", "own kernel"),
    /** BouncyCastle's custom curve, the client's fallback. */
    BOUNCY_CASTLE("bouncycastle", "BouncyCastle");

    private static final String PROPERTY = "org.trackerreports.findmy.p224";

    private final String value;
    private final String title;

    Kernel(String value, String title) {
        this.value = value;
        this.title = title;
    }

    String title() {
        return title;
    }

    double perSecond(Effort effort, Class<?> benchmark, String method) throws RunnerException {
        return JmhFork.perSecond(effort, benchmark, method, Map.of(PROPERTY, value));
    }
}
