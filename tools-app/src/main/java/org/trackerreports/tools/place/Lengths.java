package org.trackerreports.tools.place;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.tools.command.CommandFailure;

/** Reads lengths of time as people write them. */
final class Lengths {

    private static final Pattern LENGTH = Pattern.compile("(\\d{1,9})\\s*([smhd])?");

    private Lengths() {}

    /**
     * A length such as {@code 30m}; a number alone counts seconds.
     *
     * @throws IllegalArgumentException if it is none; the message says what is expected
     */
    static Duration of(String text) {
        Matcher matcher = LENGTH.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a number of seconds or a time with its unit (s, m, h, d)");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2) == null ? "s" : matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    static Duration ofOption(String option, String text) throws CommandFailure {
        try {
            return of(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, option + " is '" + text + "'; expected " + e.getMessage() + ", for example 10m.");
        }
    }
}
