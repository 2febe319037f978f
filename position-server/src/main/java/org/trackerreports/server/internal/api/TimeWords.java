package org.trackerreports.server.internal.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trackerreports.server.route.ProblemException;

/**
 * Reads times as the command line does: dates, times, ages, and the words now, today and yesterday.
 *
 * @param now the time that ages count from
 * @param zone of dates, and of times without an offset
 */
record TimeWords(Instant now, ZoneId zone) {

    private static final Pattern AGE = Pattern.compile("(\\d{1,6})\\s*([mhdw])");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    /** The first instant of what a text means. */
    Instant start(String parameter, String text) {
        return read(parameter, text, false);
    }

    /** The first instant after what a text means: a date as an end includes its whole day. */
    Instant end(String parameter, String text) {
        return read(parameter, text, true);
    }

    private Instant read(String parameter, String text, boolean end) {
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
        } catch (DateTimeException | ArithmeticException e) {
            throw ProblemException.badRequest(parameter + "=" + text
                    + " is not a time; give a date (2026-11-23), a time (2026-11-23T10:00 or 2026-11-23T10:00:00Z),"
                    + " an age (7d, 36h, 90m), today or yesterday.");
        }
    }

    private Instant day(LocalDate date, boolean end) {
        return (end ? date.plusDays(1) : date).atStartOfDay(zone).toInstant();
    }

    private Instant time(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        // A plus sign in an address means a blank: behind a time, it was one.
        String iso = (upper.indexOf('T') > 0 ? upper.replace(' ', '+') : upper.replace(' ', 'T'));
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
