package org.trackerreports.core.failure;

/** Joins texts from several places into sentences for people. */
public final class Sentences {

    private Sentences() {}

    /** Returns the text with exactly one full stop at its end, or the mark that it has, so that another sentence can follow. */
    public static String ended(String text) {
        String stripped = text.strip();
        int end = stripped.length();
        while (end > 0 && ".,;: ".indexOf(stripped.charAt(end - 1)) >= 0) {
            end--;
        }
        String bare = stripped.substring(0, end);
        return bare.endsWith("!") || bare.endsWith("?") ? bare : bare + ".";
    }
}
