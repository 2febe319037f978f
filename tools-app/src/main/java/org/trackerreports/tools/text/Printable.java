package org.trackerreports.tools.text;

/** Makes texts safe for a terminal: names in key files, for example, may contain control characters. */
public final class Printable {

    private Printable() {}

    /** The text on one line, with each control character replaced. */
    public static String of(String text) {
        return text.replaceAll("\\p{Cntrl}", "\uFFFD");
    }
}
