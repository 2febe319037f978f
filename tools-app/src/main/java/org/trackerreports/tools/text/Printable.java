package org.trackerreports.tools.text;

/** Texts of others, such as names in key files, which may hold what makes a terminal do things. */
public final class Printable {

    private Printable() {}

    /** The text on one line, with a mark in place of each control character. */
    public static String of(String text) {
        return text.replaceAll("\\p{Cntrl}", "\uFFFD");
    }
}
