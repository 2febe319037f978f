package org.trackerreports.fetcher.operations;

/**
 * The state of one thing that the daemon needs or does.
 *
 * @param name what was looked at
 * @param cause what was found; without secrets
 * @param next what a person can do about it; empty if all is well
 */
record HealthCheck(String name, Level level, String cause, String next) {

    /** How bad it is. */
    enum Level {
        OK,
        /** Not as it should be, but the work goes on. */
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
