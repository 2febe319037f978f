package org.trackerreports.tools.text;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How far a long work is: one line that is written over itself, at most once a second, for somebody who watches; nothing otherwise.
 * Not thread-safe. Close it when the work has ended, so that the line goes away.
 */
public final class Progress implements AutoCloseable {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);
    private static final int BAR = 30;

    private final PrintWriter err;
    private final Clock clock;
    private final String what;
    private final long total;
    private Instant next;
    private int width;

    private Progress(PrintWriter err, Clock clock, String what, long total) {
        this.err = err;
        this.clock = clock;
        this.what = what;
        this.total = total;
        // Work that is done within a second needs no line.
        this.next = clock.instant().plus(BETWEEN_LINES);
    }

    /**
     * @param watched whether anybody sees it
     * @param what what is counted, such as {@code trackers}
     * @param total how many there are, 0 if nobody knows
     */
    public static Progress of(PrintWriter err, boolean watched, Clock clock, String what, long total) {
        return new Progress(watched ? err : null, clock, what, total);
    }

    /** Says how many are done now. */
    public void done(long count) {
        if (total > 0) {
            show((double) Math.min(count, total) / total, count + " of " + total);
        } else {
            show(-1, Long.toString(count));
        }
    }

    /** Says how many are done now of work that nobody has counted. @param share how much of the work that is, from 0 to 1 */
    public void done(long count, double share) {
        show(Math.max(0, Math.min(share, 1)), Long.toString(count));
    }

    /** @param share negative if nobody knows */
    private void show(double share, String count) {
        if (err == null) {
            return;
        }
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(BETWEEN_LINES);
        int filled = (int) (share * BAR);
        write((share < 0 ? "" : "[" + "#".repeat(filled) + " ".repeat(BAR - filled) + "] ") + count + " " + what);
    }

    private void write(String line) {
        err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())) + (line.isEmpty() ? "\r" : ""));
        err.flush();
        width = line.length();
    }

    @Override
    public void close() {
        if (width > 0) {
            write("");
        }
    }
}
