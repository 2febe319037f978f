package org.trackerreports.core.text;

import java.util.regex.Pattern;

/**
 * Makes texts of others safe for a terminal and a log: names in key files and texts of servers may contain control characters. The client
 * has a stricter rule of its own for texts of servers, and does not offer it to programs that embed it.
 */
public final class Printable {

    private static final int MAX_CHARACTERS = 200;

    /**
     * Control characters, line and paragraph separators, halves of characters, and invisible characters that change how the text around
     * them looks, such as those for the direction of writing. The zero-width joiner stays, because emoji consist of it.
     */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Cf}&&[^\u200D]]");

    private Printable() {}

    /** The text on one line, with each character that is not safe replaced. */
    public static String of(String text) {
        return UNSAFE.matcher(text).replaceAll("\uFFFD");
    }

    /** The beginning of a text that somebody else wrote, such as a server, on one line: at most 200 characters. */
    public static String brief(String text) {
        if (text.length() <= MAX_CHARACTERS) {
            return of(text);
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_CHARACTERS - 1)) ? MAX_CHARACTERS - 1 : MAX_CHARACTERS;
        return of(text.substring(0, end)) + "…";
    }
}
