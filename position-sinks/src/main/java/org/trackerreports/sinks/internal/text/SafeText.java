package org.trackerreports.sinks.internal.text;

import org.trackerreports.sinks.Delivery;

/** Texts of others, for logs and lists. */
public final class SafeText {

    private SafeText() {}

    /** The beginning of a text in one line, without what could control a terminal. */
    public static String of(String text) {
        StringBuilder safe = new StringBuilder();
        text.strip()
                .codePoints()
                .limit(Delivery.LONGEST_TEXT)
                .forEach(c -> safe.appendCodePoint(
                        Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c));
        return safe.toString();
    }
}
