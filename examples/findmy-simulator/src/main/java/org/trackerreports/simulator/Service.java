package org.trackerreports.simulator;

/** The services that the simulator plays. */
public enum Service {
    /** Login and second factor; stands for {@code gsa.apple.com}. */
    GSA,
    /** Delegates; stands for {@code setup.icloud.com}. */
    SETUP,
    /** Reports, v1 and v2; stands for {@code gateway.icloud.com}. */
    GATEWAY,
    /** The user's own anisette server, v1 and v3. */
    ANISETTE
}
