package org.trackerreports.core.sink;

import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A sink as its file describes it. The text form contains no values.
 *
 * @param name the name of the file without {@code .conf}
 * @param fromBeginning whether a new sink gets what is in the feed already
 * @param lines the lines of the file, by name; secrets are in other files
 * @param digest changes with the lines and with the secrets that they name
 * @param target how to reach it
 */
public record SinkFile(
        String name,
        SinkType type,
        SinkSelection selection,
        boolean fromBeginning,
        SortedMap<String, String> lines,
        String digest,
        SinkTarget target) {

    /** What names a file of a sink can have. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,49}");

    /** What the names of all files of sinks end in. */
    public static final String ENDING = ".conf";

    public SinkFile {
        Objects.requireNonNull(name, "name");
        lines = new TreeMap<>(Map.copyOf(lines));
    }

    @Override
    public String toString() {
        return "SinkFile[" + name + "]";
    }
}
