package org.trackerreports.core.text;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Names of fields in the JSON of both applications: small letters, with underscores between words. */
public final class JsonNames {

    private JsonNames() {}

    /** The fields for values that the program calls {@code likeThis}, which become {@code like_this}. */
    public static <T> SortedMap<String, T> of(Map<String, T> values) {
        SortedMap<String, T> fields = new TreeMap<>();
        values.forEach(
                (name, value) -> fields.put(name.replaceAll("(\\p{Lu})", "_$1").toLowerCase(Locale.ROOT), value));
        return fields;
    }
}
