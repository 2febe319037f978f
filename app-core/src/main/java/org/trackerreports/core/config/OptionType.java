package org.trackerreports.core.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the text of an option becomes its value.
 *
 * @param unit the unit of a bare number, for the documentation; empty where there is none
 * @param parser gives the value, or throws {@link IllegalArgumentException} with what was expected
 */
public record OptionType<T>(String unit, Function<String, T> parser) {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(KB|MB|GB)?");
    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h|d)?");

    static OptionType<String> text() {
        return new OptionType<>("", text -> {
            if (text.isBlank()) {
                throw new IllegalArgumentException("a text that is not empty");
            }
            return text;
        });
    }

    static OptionType<Path> path() {
        return new OptionType<>("", text -> Path.of(text).toAbsolutePath().normalize());
    }

    static OptionType<URI> httpsAddress() {
        return new OptionType<>("", text -> address(text, "https"));
    }

    static OptionType<URI> httpAddress() {
        return new OptionType<>("", text -> address(text, "http", "https"));
    }

    /** A port to listen on, or {@code off}; 0 takes any free one. */
    static OptionType<Optional<Integer>> portOrOff() {
        OptionType<Integer> port = number(0, 65_535);
        return new OptionType<>("", text -> {
            if ("off".equalsIgnoreCase(text.strip())) {
                return Optional.empty();
            }
            try {
                return Optional.of(port.parser().apply(text));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(e.getMessage() + ", or off", e);
            }
        });
    }

    /** One of the names of an enum, in any case. */
    static <T extends Enum<T>> OptionType<T> oneOf(Class<T> type) {
        return new OptionType<>("", text -> {
            for (T value : type.getEnumConstants()) {
                if (value.name().equalsIgnoreCase(text.strip())) {
                    return value;
                }
            }
            throw new IllegalArgumentException("one of "
                    + Stream.of(type.getEnumConstants())
                            .map(value -> value.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", ")));
        });
    }

    static OptionType<Integer> number(int least, int most) {
        return new OptionType<>("", text -> {
            try {
                int value = Integer.parseInt(text.strip());
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // Falls through to the message, which says the same for both.
            }
            throw new IllegalArgumentException("a whole number from " + least + " to " + most);
        });
    }

    /** A number of bytes with a unit (KB, MB, GB; each 1024 of the smaller), or a bare number of MB. */
    static OptionType<Long> size(long least, long most) {
        return new OptionType<>("MB", text -> {
            Matcher matcher = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
            if (matcher.matches()) {
                int shift = "KB".equals(matcher.group(2)) ? 10 : "GB".equals(matcher.group(2)) ? 30 : 20;
                long value = Long.parseLong(matcher.group(1)) << shift;
                if (value >= least && value <= most) {
                    return value;
                }
            }
            throw new IllegalArgumentException("a number of MB or a size with its unit (KB, MB, GB) from "
                    + (least >> 20) + "MB to " + (most >> 20) + "MB");
        });
    }

    /** A duration with a unit (ms, s, m, h, d), or a bare number of the given unit; decimals are allowed. */
    static OptionType<Duration> duration(String bareUnit, Duration least, Duration most) {
        return new OptionType<>(unitName(bareUnit), text -> {
            Matcher matcher = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
            if (matcher.matches() && matcher.group(1).length() <= 12) {
                String unit = matcher.group(2) == null ? bareUnit : matcher.group(2);
                Duration value = Duration.ofMillis(Math.round(Double.parseDouble(matcher.group(1)) * millis(unit)));
                if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
                    return value;
                }
            }
            throw new IllegalArgumentException("a number of " + unitName(bareUnit)
                    + " or a time with its unit (ms, s, m, h, d) from " + show(least) + " to " + show(most));
        });
    }

    /** A duration as people write it, such as {@code 5m} or {@code 90s}. */
    static String show(Duration duration) {
        long millis = duration.toMillis();
        for (String unit : new String[] {"d", "h", "m", "s"}) {
            if (millis > 0 && millis % millis(unit) == 0) {
                return millis / millis(unit) + unit;
            }
        }
        return millis + "ms";
    }

    private static long millis(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
    }

    private static String unitName(String unit) {
        return switch (unit) {
            case "s" -> "seconds";
            case "h" -> "hours";
            case "d" -> "days";
            default -> unit;
        };
    }

    private static URI address(String text, String... schemes) {
        try {
            URI address = URI.create(text.strip());
            for (String scheme : schemes) {
                if (scheme.equals(address.getScheme()) && address.getHost() != null) {
                    return address;
                }
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the message, which says what was expected.
        }
        throw new IllegalArgumentException("an address that begins with " + String.join(":// or ", schemes) + "://");
    }
}
