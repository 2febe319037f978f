package org.trackerreports.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A script's result: a flat list of whole numbers and texts. */
record ScriptResult(List<?> parts) {

    int size() {
        return parts.size();
    }

    long number(int index) {
        Object part = part(index);
        try {
            return part instanceof Number number ? number.longValue() : Long.parseLong(String.valueOf(part));
        } catch (NumberFormatException e) {
            throw damaged(e);
        }
    }

    private Object part(int index) {
        try {
            return parts.get(index);
        } catch (IndexOutOfBoundsException e) {
            throw damaged(e);
        }
    }

    /** Something else wrote under the prefix. */
    private static QueueUnavailableException damaged(RuntimeException cause) {
        return new QueueUnavailableException(
                "Redis cannot be used: " + RedisProblem.FOREIGN_DATA.sentence() + ". Choose another prefix.", cause);
    }

    int count(int index) {
        return Math.toIntExact(number(index));
    }

    String text(int index) {
        return String.valueOf(part(index));
    }

    Optional<String> optionalText(int index) {
        String text = text(index);
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** The lines of a text: Redisson takes about a microsecond for each separate part of a result. */
    ScriptResult lines(int index) {
        return new ScriptResult(text(index).lines().toList());
    }

    /** One of many answers of yes or no in a text of ones and zeros. */
    boolean flag(int index, int place) {
        String flags = text(index);
        return place < flags.length() && flags.charAt(place) == '1';
    }

    Instant instant(int index) {
        return Instant.ofEpochMilli(number(index));
    }

    /** The instant; empty where the script returns 0. */
    Optional<Instant> optionalInstant(int index) {
        return number(index) == 0 ? Optional.empty() : Optional.of(instant(index));
    }
}
