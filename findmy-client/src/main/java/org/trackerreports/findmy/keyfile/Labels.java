package org.trackerreports.findmy.keyfile;

import java.util.Optional;
import java.util.regex.Pattern;

/** Names and identifiers as they come from files: made fit to be stored and shown. */
final class Labels {

    /** Control characters, and halves of surrogate pairs, which no database stores. */
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private Labels() {}

    /** The text with blanks for unfit characters and none at its ends; empty if nothing remains. */
    static Optional<String> clean(String text) {
        String clean = UNFIT.matcher(text).replaceAll(" ").strip();
        return clean.isEmpty() ? Optional.empty() : Optional.of(clean);
    }

    /** The last folder in a file's name. */
    static Optional<String> folderOf(String fileName) {
        String[] parts = fileName.split("[/\\\\]", -1);
        return parts.length < 2 ? Optional.empty() : clean(parts[parts.length - 2]);
    }

    /** What to call a tracker that has no name of its own: the last part of the file's name, without its extension. */
    static String fromFileName(String fileName) {
        String last = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        int dot = last.lastIndexOf('.');
        return clean(dot > 0 ? last.substring(0, dot) : last).orElse("tracker");
    }
}
