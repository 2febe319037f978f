package org.trackerreports.core.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import org.slf4j.helpers.FormattingTuple;
import org.slf4j.helpers.MessageFormatter;

/**
 * Counts identical warnings and errors instead of repeating them. The first one is logged; the number of repetitions within ten minutes is
 * logged when that time is over. At level debug all of them are logged. Thread-safe.
 *
 * <p>A count is logged with the next warning of any kind, or by {@link #logCounts}, which the daemon calls periodically.
 */
final class RepeatedFailures extends TurboFilter {

    static final Duration WINDOW = Duration.ofMinutes(10);

    /** More than a daemon has kinds of failures; beyond it the oldest count is logged early. */
    private static final int MAX_KINDS = 200;

    /** Marks a line that holds a count, which is always logged. */
    private static final Marker COUNT = MarkerFactory.getMarker("repeated-failures");

    private final Clock clock;
    private final Map<Kind, Repeats> kinds = new LinkedHashMap<>();

    /** Two lines of the same kind are identical. */
    private record Kind(Logger logger, Level level, String text, String thrown) {}

    private static final class Repeats {
        final Instant since;
        int number;

        Repeats(Instant since) {
            this.since = since;
        }
    }

    private record Count(Kind kind, int number, Duration within) {}

    RepeatedFailures(Clock clock) {
        this.clock = clock;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        boolean concerned = level.isGreaterOrEqual(Level.WARN)
                && format != null
                && !COUNT.equals(marker)
                && logger.isEnabledFor(COUNT, level)
                && !logger.isDebugEnabled(COUNT);
        if (!concerned) {
            return FilterReply.NEUTRAL;
        }
        FormattingTuple line = MessageFormatter.arrayFormat(format, arguments);
        Throwable cause = thrown != null ? thrown : line.getThrowable();
        logCounts();
        return isRepeated(new Kind(logger, level, line.getMessage(), String.valueOf(cause)))
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }

    private synchronized boolean isRepeated(Kind kind) {
        Repeats known = kinds.get(kind);
        if (known == null) {
            kinds.put(kind, new Repeats(clock.instant()));
            return false;
        }
        known.number++;
        return true;
    }

    /** Logs the counts whose time is over. */
    void logCounts() {
        for (Count count : takeCounts()) {
            String text = "{} ({} times more within {} min)";
            Object[] arguments = {
                count.kind().text(), count.number(), count.within().toMinutes()
            };
            if (count.kind().level() == Level.ERROR) {
                count.kind().logger().error(COUNT, text, arguments);
            } else {
                count.kind().logger().warn(COUNT, text, arguments);
            }
        }
    }

    private synchronized List<Count> takeCounts() {
        Instant now = clock.instant();
        List<Count> counts = new ArrayList<>();
        Iterator<Map.Entry<Kind, Repeats>> entries = kinds.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Kind, Repeats> entry = entries.next();
            Duration within = Duration.between(entry.getValue().since, now);
            if (within.compareTo(WINDOW) >= 0 || kinds.size() > MAX_KINDS) {
                entries.remove();
                if (entry.getValue().number > 0) {
                    counts.add(new Count(entry.getKey(), entry.getValue().number, within));
                }
            }
        }
        return counts;
    }
}
