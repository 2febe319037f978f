package org.trackerreports.core.config;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trackerreports.core.text.FileProblems;

/**
 * The type of an option: converts its text to its value.
 *
 * @param unit the unit of a number without unit, for the documentation; empty if there is none
 * @param parser returns the value, or throws {@link IllegalArgumentException} with what was expected
 */
public record OptionType<T>(String unit, Function<String, T> parser) {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(KB|MB|GB)?");
    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h|d)?");

    /** A text that is not empty. */
    public static OptionType<String> text() {
        return new OptionType<>("", text -> {
            if (text.isBlank()) {
                throw new IllegalArgumentException("a non-empty text");
            }
            return text;
        });
    }

    /** A path of a file or directory. */
    public static OptionType<Path> path() {
        return new OptionType<>("", OptionType::path);
    }

    private static Path path(String text) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("a path that this machine can have");
        }
    }

    /** A file that must be there and be usable. */
    static OptionType<Path> file(FileCheck check) {
        return new OptionType<>("", text -> {
            Path file = path(text);
            try {
                check.require(file);
                return file;
            } catch (IOException e) {
                throw new IllegalArgumentException("a file that can be read; " + FileProblems.reason(e));
            }
        });
    }

    /** Finds out whether a file is of the right kind. */
    @FunctionalInterface
    interface FileCheck {
        /**
         * Reads the file.
         *
         * @throws IllegalArgumentException with what was expected
         */
        void require(Path file) throws IOException;
    }

    /** A text that another part of the system reads, and explains if it cannot. */
    static <T> OptionType<T> readBy(Function<String, T> parser) {
        return new OptionType<>("", text -> {
            try {
                return parser.apply(text.strip());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("a valid one: " + e.getMessage(), e);
            }
        });
    }

    /** A text that another part of the system checks, and explains if it is wrong. */
    static OptionType<String> checkedBy(Consumer<String> check) {
        return readBy(text -> {
            check.accept(text);
            return text;
        });
    }

    /** A port to listen on, 0 for any free one, or {@code off}. */
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

    /** A name of an enum, in upper or lower case. */
    public static <T extends Enum<T>> OptionType<T> oneOf(Class<T> type) {
        return new OptionType<>("", text -> {
            for (T value : type.getEnumConstants()) {
                if (word(value).equalsIgnoreCase(text.strip())) {
                    return value;
                }
            }
            throw new IllegalArgumentException("one of "
                    + Stream.of(type.getEnumConstants()).map(OptionType::word).collect(Collectors.joining(", ")));
        });
    }

    /** One or more names of an enum, separated by commas. */
    static <T extends Enum<T>> OptionType<Set<T>> someOf(Class<T> type) {
        OptionType<T> one = oneOf(type);
        return new OptionType<>("", text -> {
            Set<T> values = EnumSet.noneOf(type);
            try {
                for (String word : text.split(",", -1)) {
                    values.add(one.parser().apply(word));
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(e.getMessage() + ", or several of them, separated by commas", e);
            }
            return Collections.unmodifiableSet(values);
        });
    }

    /** The word by which people name a value. */
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Yes or no. */
    static OptionType<Boolean> truth() {
        return new OptionType<>("", text -> switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false");
        });
    }

    /** A whole number in a range. */
    public static OptionType<Integer> number(int min, int max) {
        return new OptionType<>("", text -> {
            try {
                int value = Integer.parseInt(text.strip());
                if (value >= min && value <= max) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // The message below is the same for both cases.
            }
            throw new IllegalArgumentException("a whole number from " + min + " to " + max);
        });
    }

    /** A size with its unit (KB, MB, GB; powers of 1024), or a number of MB. */
    static OptionType<Long> size(long min, long max) {
        return new OptionType<>("MB", text -> {
            Matcher matcher = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
            if (matcher.matches()) {
                int shift = "KB".equals(matcher.group(2)) ? 10 : "GB".equals(matcher.group(2)) ? 30 : 20;
                long value = Long.parseLong(matcher.group(1)) << shift;
                if (value >= min && value <= max) {
                    return value;
                }
            }
            throw new IllegalArgumentException("a number of MB or a size with its unit (KB, MB, GB) from " + (min >> 20)
                    + "MB to " + (max >> 20) + "MB");
        });
    }

    /** A duration with its unit (ms, s, m, h, d), or a number of the given unit; decimals are allowed. */
    public static OptionType<Duration> duration(String bareUnit, Duration min, Duration max) {
        return new OptionType<>(unitName(bareUnit), text -> {
            Matcher matcher = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
            if (matcher.matches() && matcher.group(1).length() <= 12) {
                String unit = matcher.group(2) == null ? bareUnit : matcher.group(2);
                Duration value = Duration.ofMillis(Math.round(Double.parseDouble(matcher.group(1)) * millis(unit)));
                if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
                    return value;
                }
            }
            throw new IllegalArgumentException("a number of " + unitName(bareUnit)
                    + " or a time with its unit (ms, s, m, h, d) from " + show(min) + " to " + show(max));
        });
    }

    /** A duration in the form of the options, such as {@code 5m} or {@code 90s}. */
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
}
