package org.trackerreports.tools.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.trackerreports.core.failure.ExitCode;
import picocli.CommandLine.Option;

/** The options of every command that looks at a time, as a mixin. */
public final class TimeRange {

    /** Before the first report that there can be. */
    private static final Instant EARLIEST = Instant.parse("2001-01-01T00:00:00Z");

    @Option(names = "--from", paramLabel = "TIME", description = "From when: " + TimeParser.EXAMPLES + ".")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Until when, a date with its whole day. Default: now.")
    private String to;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "The time zone of dates, for example Europe/Berlin. Default: ${DEFAULT-VALUE}")
    private String zone;

    /**
     * A time.
     *
     * @param from first instant
     * @param to first instant after it
     */
    public record Range(Instant from, Instant to) {}

    /**
     * The time that was asked for.
     *
     * @param age how far back it reaches if nobody said; empty to reach back to the beginning
     * @throws CommandFailure if one of the texts means nothing, or the time is empty
     */
    public Range range(Instant now, Optional<Duration> age) throws CommandFailure {
        TimeParser times = new TimeParser(now, zone());
        Instant start = from == null ? age.map(now::minus).orElse(EARLIEST) : read("--from", from, times::start);
        Instant end = to == null ? now : read("--to", to, times::end);
        if (!start.isBefore(end)) {
            throw wrong("--from " + start + " is not before --to " + end + "; give an earlier --from or a later --to");
        }
        return new Range(start, end);
    }

    /** The zone of dates, and where hours and days begin. @throws CommandFailure if there is none of that name */
    public ZoneId zone() throws CommandFailure {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            List<String> nearest = TrackerNames.nearest(
                    zone, ZoneId.getAvailableZoneIds().stream().toList());
            throw wrong("--zone '" + zone + "' is no time zone; nearest: " + String.join(", ", nearest));
        }
    }

    private interface Reader {
        Instant read(String text);
    }

    private static Instant read(String option, String text, Reader reader) throws CommandFailure {
        try {
            return reader.read(text);
        } catch (IllegalArgumentException e) {
            throw wrong(option + " " + e.getMessage());
        }
    }

    private static CommandFailure wrong(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }
}
