package org.trackerreports.tools.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.trackerreports.core.config.NearestNames;
import org.trackerreports.core.failure.ExitCode;
import picocli.CommandLine.Option;

/** The options {@code --from}, {@code --to} and {@code --zone}, as a mixin. */
public final class TimeRange {

    /** Before any report. */
    private static final Instant EARLIEST = Instant.parse("2001-01-01T00:00:00Z");

    @Option(names = "--from", paramLabel = "TIME", description = "The start: " + TimeParser.EXAMPLES + ".")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "The end; a date includes its whole day. Default: now.")
    private String to;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "The time zone of dates, for example Europe/Berlin. Default: ${DEFAULT-VALUE}")
    private String zone;

    /**
     * A range of time.
     *
     * @param from the first instant
     * @param to the first instant after the range
     */
    public record Range(Instant from, Instant to) {}

    /**
     * The selected range.
     *
     * @param age how far back to reach without {@code --from}; empty to reach back to the first report
     * @throws CommandFailure if an option is not valid, or the range is empty
     */
    public Range range(Instant now, Optional<Duration> age) throws CommandFailure {
        TimeParser times = new TimeParser(now, zone());
        Instant start = from == null ? age.map(now::minus).orElse(EARLIEST) : read("--from", from, times::start);
        Instant end = to == null ? now : read("--to", to, times::end);
        if (!start.isBefore(end)) {
            throw wrong("--from " + start + " is not before --to " + end + "; give an earlier --from or a later --to.");
        }
        return new Range(start, end);
    }

    /**
     * The time zone of dates, in which hours and days begin.
     *
     * @throws CommandFailure if there is no such zone
     */
    public ZoneId zone() throws CommandFailure {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            List<String> nearest = NearestNames.of(zone, ZoneId.getAvailableZoneIds(), TimeRange::city);
            throw wrong("--zone '" + zone + "' is not a time zone; nearest: " + String.join(", ", nearest));
        }
    }

    /** People know the city of a zone, not its part of the world. */
    private static String city(String zone) {
        return zone.substring(zone.lastIndexOf('/') + 1);
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
