package org.trackerreports.server.internal.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of what is computed as a whole.
 *
 * @param next where the next page begins; null after the last one
 */
record TimePage<T>(List<T> items, @Nullable String next) {

    /** As many as a page of reports has. */
    static final int USUAL_LIMIT = 1_000;

    /**
     * The page that a query asks for.
     *
     * @param all of them, in the order of time
     * @param time of each, which no two have in common
     */
    static <T> TimePage<T> of(List<T> all, Function<T, Instant> time, Parameters parameters) {
        Optional<Instant> after = parameters.after(1).map(parts -> time(parts.get(0)));
        int limit = parameters.limit(USUAL_LIMIT);
        List<T> rest = all.stream()
                .filter(each -> after.isEmpty() || time.apply(each).isAfter(after.get()))
                .toList();
        List<T> page = rest.subList(0, Math.min(limit, rest.size()));
        return new TimePage<>(
                page,
                rest.size() > limit
                        ? Parameters.cursor(
                                time.apply(page.get(page.size() - 1)).toString())
                        : null);
    }

    /** A time in a cursor. */
    static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw Parameters.wrongCursor();
        }
    }
}
