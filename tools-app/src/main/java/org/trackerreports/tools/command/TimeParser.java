package org.trackerreports.tools.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trackerreports.core.failure.ExitCode;

/**
 * Parses times as people write them: dates, times, ages, and the words now, today and yesterday.
 *
 * @param now the time that ages count from
 * @param zone the time zone of dates, and of times without an offset
 */
public record TimeParser(Instant now, ZoneId zone) {

    static final String EXAMPLES =
            "a date (2026-11-23), a time (2026-11-23T10:00 or 2026-11-23T10:00:00Z), an age (7d, 36h, 90m), today or yesterday";

    private static final Pattern AGE = Pattern.compile("(\\d{1,6})\\s*([mhdw])(?:\\s+ago)?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    /**
     * A time that an option names, in UTC unless it has an offset.
     *
     * @throws CommandFailure if it is not a time
     */
    public static Instant instant(String option, String text, Instant now) throws CommandFailure {
        try {
            return new TimeParser(now, ZoneOffset.UTC).start(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, option + " " + e.getMessage());
        }
    }

    /**
     * The first instant of what a text means.
     *
     * @throws IllegalArgumentException if it is not a time; the message says what is
     */
    Instant start(String text) {
        return read(text, false);
    }

    /** The first instant after what a text means: a date as an end includes its whole day. */
    Instant end(String text) {
        return read(text, true);
    }

    private Instant read(String text, boolean end) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        LocalDate today = LocalDate.ofInstant(now, zone);
        Matcher age = AGE.matcher(word);
        try {
            if (word.equals("now")) {
                return now;
            }
            if (word.equals("today")) {
                return day(today, end);
            }
            if (word.equals("yesterday")) {
                return day(today.minusDays(1), end);
            }
            if (age.matches()) {
                return now.minus(unit(age.group(2)).multipliedBy(Long.parseLong(age.group(1))));
            }
            if (DATE.matcher(word).matches()) {
                return day(LocalDate.parse(word), end);
            }
            return time(text.strip());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is not a time; give " + EXAMPLES, e);
        }
    }

    private Instant day(LocalDate date, boolean end) {
        return (end ? date.plusDays(1) : date).atStartOfDay(zone).toInstant();
    }

    private Instant time(String text) {
        String iso = text.replace(' ', 'T').toUpperCase(Locale.ROOT);
        try {
            return OffsetDateTime.parse(iso).toInstant();
        } catch (DateTimeException withoutOffset) {
            return LocalDateTime.parse(iso).atZone(zone).toInstant();
        }
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }
}
