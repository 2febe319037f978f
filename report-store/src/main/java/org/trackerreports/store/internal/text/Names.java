package org.trackerreports.store.internal.text;

import java.text.Normalizer;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one normal form of names, labels and aliases (NFC): an umlaut is one character, as keyboards type it. macOS writes it as two in names of files, so that
 * two names that look the same would differ. Version 0.1.0 stored them as they came; they are found by either form.
 */
public final class Names {

    private Names() {}

    /** The one form in which a text is stored. */
    public static String normal(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /** The forms in which a name may be stored. */
    public static List<String> forms(String name) {
        return Stream.of(normal(name), name, Normalizer.normalize(name, Normalizer.Form.NFD))
                .distinct()
                .toList();
    }
}
