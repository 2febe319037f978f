package org.trackerreports.tools.maintenance;

/**
 * The result of a check.
 *
 * @param level how serious it is
 * @param what what was found
 * @param nextStep what to do; empty if nothing
 */
record Finding(Level level, String what, String nextStep) {

    enum Level {
        OK,
        WARN,
        FAIL
    }

    static Finding ok(String what) {
        return new Finding(Level.OK, what, "");
    }

    static Finding warn(String what, String nextStep) {
        return new Finding(Level.WARN, what, nextStep);
    }

    static Finding fail(String what, String nextStep) {
        return new Finding(Level.FAIL, what, nextStep);
    }
}
