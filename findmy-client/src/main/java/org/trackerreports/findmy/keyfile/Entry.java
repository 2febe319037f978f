package org.trackerreports.findmy.keyfile;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The members of one JSON object or property list dictionary, with methods that read them as the types of a key file. A value is a
 * {@link String}, {@link Number}, {@link Boolean}, {@link List}, {@link Map}, {@code byte[]} or {@link Instant}. The last two come only
 * from property lists; JSON has strings instead.
 */
record Entry(Map<String, ?> members) {

    /** Earlier than any pairing. Apple counts time from here. */
    private static final Instant EARLIEST = Instant.parse("2001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    /** The value as an entry; empty if it is not an object or a dictionary. */
    static Optional<Entry> of(@Nullable Object value) {
        Object plain = PropertyLists.plain(value);
        if (plain instanceof Map<?, ?> map && map.keySet().stream().allMatch(String.class::isInstance)) {
            @SuppressWarnings("unchecked")
            Map<String, ?> members = (Map<String, ?>) map;
            return Optional.of(new Entry(members));
        }
        return Optional.empty();
    }

    boolean has(String name) {
        return value(name) != null;
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(value(name));
    }

    /** A string, or a number as a string. */
    Optional<String> text(String name) throws UnusableEntryException {
        Object value = value(name);
        if (value == null || value instanceof String) {
            return Optional.ofNullable((String) value);
        }
        if (value instanceof Number number) {
            return Optional.of(number.toString());
        }
        throw unexpected(name, value, "a string");
    }

    String requiredText(String name) throws UnusableEntryException {
        return required(name, text(name));
    }

    /** A name or identifier, cleaned; empty if it is missing or neither a string nor a number. */
    Optional<String> label(String name) {
        Object value = value(name);
        return value instanceof String || value instanceof Number ? Labels.clean(value.toString()) : Optional.empty();
    }

    String requiredLabel(String name) throws UnusableEntryException {
        return required(name, label(name));
    }

    /** Data of a property list, or base64 in a string. */
    Optional<byte[]> bytes(String name) throws UnusableEntryException {
        return has(name) ? Optional.of(bytesOf(quoted(name), value(name))) : Optional.empty();
    }

    byte[] requiredBytes(String name) throws UnusableEntryException {
        return required(name, bytes(name));
    }

    static byte[] bytesOf(String what, @Nullable Object value) throws UnusableEntryException {
        Object plain = PropertyLists.plain(value);
        if (plain instanceof byte[] bytes) {
            return bytes;
        }
        if (plain instanceof String text) {
            return KeyBytes.base64(what, text);
        }
        throw new UnusableEntryException(what + " is " + kind(plain) + "; expected base64");
    }

    /** Hexadecimal digits in a string. */
    byte[] requiredHex(String name, int bytes) throws UnusableEntryException {
        return KeyBytes.hex(quoted(name), requiredText(name), bytes);
    }

    /** A date of a property list, or ISO 8601 in a string. */
    Optional<Instant> instant(String name, ZoneId zoneWithoutOffset) throws UnusableEntryException {
        Object value = value(name);
        if (value == null) {
            return Optional.empty();
        }
        Instant instant;
        if (value instanceof Instant date) {
            instant = date;
        } else if (value instanceof String text) {
            instant = parse(name, text.strip(), zoneWithoutOffset);
        } else {
            throw unexpected(name, value, "a date");
        }
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new UnusableEntryException(quoted(name) + " is not between 2001 and 2100; the date is damaged");
        }
        return Optional.of(instant);
    }

    Instant requiredInstant(String name, ZoneId zoneWithoutOffset) throws UnusableEntryException {
        return required(name, instant(name, zoneWithoutOffset));
    }

    /** A whole number from 0 to a limit. */
    Optional<Integer> index(String name, int limit) throws UnusableEntryException {
        Object value = value(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Integer || value instanceof Long) {
            long number = ((Number) value).longValue();
            if (number >= 0 && number <= limit) {
                return Optional.of((int) number);
            }
        }
        throw new UnusableEntryException(quoted(name) + " is not a whole number from 0 to " + limit);
    }

    /** The elements of a list; empty if it is missing. */
    List<?> list(String name) throws UnusableEntryException {
        Object value = value(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw unexpected(name, value, "a list");
    }

    Optional<Entry> entry(String name) {
        return of(value(name));
    }

    static String quoted(String name) {
        return '"' + name + '"';
    }

    private @Nullable Object value(String name) {
        return PropertyLists.plain(members.get(name));
    }

    private static <T> T required(String name, Optional<T> value) throws UnusableEntryException {
        if (value.isEmpty()) {
            throw new UnusableEntryException(quoted(name) + " is missing; the entry cannot be used without it");
        }
        return value.get();
    }

    private static Instant parse(String name, String text, ZoneId zoneWithoutOffset) throws UnusableEntryException {
        try {
            TemporalAccessor parsed =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return parsed instanceof OffsetDateTime withOffset
                    ? withOffset.toInstant()
                    : ((LocalDateTime) parsed).atZone(zoneWithoutOffset).toInstant();
        } catch (DateTimeException e) {
            throw new UnusableEntryException(
                    quoted(name) + " is not a date; expected ISO 8601 such as 2026-01-31T12:00:00+00:00");
        }
    }

    private static UnusableEntryException unexpected(String name, @Nullable Object value, String expected) {
        return new UnusableEntryException(quoted(name) + " is " + kind(value) + "; expected " + expected);
    }

    private static String kind(@Nullable Object value) {
        if (value == null) {
            return "nothing";
        }
        if (value instanceof String) {
            return "a string";
        }
        if (value instanceof Number) {
            return "a number";
        }
        if (value instanceof Boolean) {
            return "true or false";
        }
        if (value instanceof Instant) {
            return "a date";
        }
        return value instanceof byte[] ? "data" : value instanceof Map ? "an object" : "a list";
    }

    /** Omits the members, which may be secrets. */
    @Override
    public String toString() {
        return "Entry[" + members.size() + " members]";
    }
}
