package org.trackerreports.core.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Suggests names for one that does not exist, for messages. */
public final class NearestNames {

    private static final int MAX_SUGGESTIONS = 3;

    private NearestNames() {}

    /** The names that are most like a name, up to three, the nearest first. Upper and lower case count the same. */
    public static List<String> of(String name, Collection<String> names) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return names.stream()
                .sorted(Comparator.comparingInt(
                        each -> LevenshteinDistance.getDefaultInstance().apply(each.toLowerCase(Locale.ROOT), wanted)))
                .limit(MAX_SUGGESTIONS)
                .toList();
    }
}
