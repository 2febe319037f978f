package org.trackerreports.findmy.internal;

import java.util.regex.Pattern;

/** Makes texts of servers safe to show: whoever answers may send control characters, or millions of characters. */
public final class ServerText {

    private static final int MAX_CHARACTERS = 200;

    /** Control characters, line and paragraph separators, halves of characters, and invisible ones such as those for the direction of writing. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

    private ServerText() {}

    /**
     * The beginning of a text on one line, with each character that is not safe replaced.
     *
     * @param text the text of a server
     * @return at most 200 characters, and an ellipsis if there were more
     */
    public static String brief(String text) {
        boolean whole = text.length() <= MAX_CHARACTERS;
        return whole ? safe(text) : safe(text.substring(0, MAX_CHARACTERS)) + "…";
    }

    /**
     * A text of any length on one line, with each character that is not safe replaced.
     *
     * @param text a text that contains a text of a server
     * @return the text
     */
    public static String safe(String text) {
        return UNSAFE.matcher(text).replaceAll("\uFFFD");
    }
}
