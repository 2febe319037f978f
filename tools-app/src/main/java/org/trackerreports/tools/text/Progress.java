package org.trackerreports.tools.text;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The progress of a long task: one line that is overwritten at most once a second. Nothing is shown if nobody watches. Not thread-safe.
 * Close it when the task has ended; that removes the line.
 */
public final class Progress implements AutoCloseable {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);
    private static final int BAR = 30;

    private final PrintWriter err;
    private final boolean watched;
    private final Clock clock;
    private final String what;
    private final long total;
    private Instant next;
    private int width;

    private Progress(PrintWriter err, boolean watched, Clock clock, String what, long total) {
        this.err = err;
        this.watched = watched;
        this.clock = clock;
        this.what = what;
        this.total = total;
        // A task that takes less than a second needs no line.
        this.next = clock.instant().plus(BETWEEN_LINES);
    }

    /**
     * Shows the progress of a task on a line of its own.
     *
     * @param watched whether somebody watches
     * @param what what is counted, such as {@code trackers}
     * @param total how many there are, 0 if unknown
     */
    public static Progress of(PrintWriter err, boolean watched, Clock clock, String what, long total) {
        return new Progress(err, watched, clock, what, total);
    }

    /** Shows how many are done. */
    public void done(long count) {
        if (total > 0) {
            show((double) Math.min(count, total) / total, count + " of " + total);
        } else {
            show(-1, Long.toString(count));
        }
    }

    /**
     * Shows how many are done of an unknown number.
     *
     * @param share which part of the task that is, from 0 to 1
     */
    public void done(long count, double share) {
        show(Math.max(0, Math.min(share, 1)), Long.toString(count));
    }

    /** @param share negative if unknown */
    private void show(double share, String count) {
        if (!watched) {
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
