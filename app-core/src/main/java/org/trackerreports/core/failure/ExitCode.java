package org.trackerreports.core.failure;

/** The exit codes of all programs. Scripts depend on the numbers, so they are never reused. */
public final class ExitCode {

    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int CONFIGURATION = 3;
    public static final int LOGIN_NEEDED = 4;
    public static final int UNAVAILABLE = 5;
    public static final int PARTLY_FAILED = 6;
    public static final int NOTHING_FOUND = 7;
    public static final int INTERRUPTED = 130;
    public static final int TERMINATED = 143;

    private ExitCode() {}
}
