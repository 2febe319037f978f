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
        Object part = parts.get(index);
        return part instanceof Number number ? number.longValue() : Long.parseLong((String) part);
    }

    int count(int index) {
        return Math.toIntExact(number(index));
    }

    String text(int index) {
        return String.valueOf(parts.get(index));
    }

    Optional<String> optionalText(int index) {
        String text = text(index);
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    Instant instant(int index) {
        return Instant.ofEpochMilli(number(index));
    }

    /** The instant; empty where the script returns 0. */
    Optional<Instant> optionalInstant(int index) {
        return number(index) == 0 ? Optional.empty() : Optional.of(instant(index));
    }
}
