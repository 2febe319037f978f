package org.trackerreports.tools.text;

import java.util.regex.Pattern;

/** Quotes words for a shell. */
public final class Shell {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_./:@%+=,-]+");

    private Shell() {}

    /** A word of a command, quoted if necessary. */
    public static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
