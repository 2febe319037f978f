package org.trackerreports.core.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Suggests names for one that does not exist, for messages. */
public final class NearestNames {

    private static final int MAX_SUGGESTIONS = 3;

    private NearestNames() {}

    /** The names that are most like a name, up to three, the nearest first. Upper and lower case count the same. */
    public static List<String> of(String name, Collection<String> names) {
        return of(name, names, UnaryOperator.identity());
    }

    /**
     * The same for names that people know by a part of them.
     *
     * @param part the part of a name; the name is as near as the nearer of both
     */
    public static List<String> of(String name, Collection<String> names, UnaryOperator<String> part) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return names.stream()
                .sorted(Comparator.<String>comparingInt(
                                each -> Math.min(distance(each, wanted), distance(part.apply(each), wanted)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MAX_SUGGESTIONS)
                .toList();
    }

    private static int distance(String name, String wanted) {
        return LevenshteinDistance.getDefaultInstance().apply(name.toLowerCase(Locale.ROOT), wanted);
    }
}
