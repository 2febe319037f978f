package org.trackerreports.fetcher.operations;

/**
 * The result of one check.
 *
 * @param name what was checked
 * @param cause what was found; without secrets
 * @param next what a person can do about it; empty if nothing needs to be done
 */
record HealthCheck(String name, Level level, String cause, String next) {

    /** The severity, the best first. */
    enum Level {
        OK,
        /** A person should look, but this instance can work, and a restart or another instance would not help. */
        WARN,
        FAIL
    }

    static HealthCheck ok(String name, String cause) {
        return new HealthCheck(name, Level.OK, cause, "");
    }

    static HealthCheck warn(String name, String cause, String next) {
        return new HealthCheck(name, Level.WARN, cause, next);
    }

    static HealthCheck fail(String name, String cause, String next) {
        return new HealthCheck(name, Level.FAIL, cause, next);
    }
}
