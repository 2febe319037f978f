package org.trackerreports.findmy.keyfile;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/** Cleans names and identifiers from files, so that they can be stored and shown. */
final class Labels {

    /** Control characters, and halves of surrogate pairs, which databases do not store. */
    private static final Pattern INVALID = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private Labels() {}

    /**
     * The text without spaces at its start and end, with spaces instead of invalid characters, and in the normal form in which keyboards
     * type it (NFC; macOS decomposes letters in names of files); empty if nothing remains.
     */
    static Optional<String> clean(String text) {
        return valid(Normalizer.normalize(text, Normalizer.Form.NFC));
    }

    /** The same without the normal form. */
    static Optional<String> valid(String text) {
        String clean = INVALID.matcher(text).replaceAll(" ").strip();
        return clean.isEmpty() ? Optional.empty() : Optional.of(clean);
    }

    /** The last folder in the name of a file. */
    static Optional<String> folderOf(String fileName) {
        String[] parts = fileName.split("[/\\\\]", -1);
        return parts.length < 2 ? Optional.empty() : clean(parts[parts.length - 2]);
    }

    /** The name for a tracker without a name: the last part of the file's name, without its extension. */
    static String fromFileName(String fileName) {
        String last = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        int dot = last.lastIndexOf('.');
        return clean(dot > 0 ? last.substring(0, dot) : last).orElse("tracker");
    }
}
