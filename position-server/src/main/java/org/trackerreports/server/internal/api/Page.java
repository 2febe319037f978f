package org.trackerreports.server.internal.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next the cursor of the last item, after which the next page begins; null after the last page
 */
record Page<T>(List<T> items, @Nullable String next) {

    static final int USUAL_LIMIT = 1_000;

    /**
     * A page of what was found.
     *
     * @param found one more than the limit if there are more
     * @param cursor what tells an item in a query for the next page
     */
    static <T> Page<T> of(List<T> found, int limit, Function<T, String> cursor) {
        List<T> items = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(items, found.size() > limit ? cursor.apply(items.get(items.size() - 1)) : null);
    }

    /**
     * The page that a query asks for, of what is computed as a whole.
     *
     * @param all of them, in the order of time
     * @param time of each, which no two have in common
     */
    static <T> Page<T> of(List<T> all, Function<T, Instant> time, Parameters parameters) {
        Optional<Instant> after = parameters.after(1).map(parts -> time(parts.get(0)));
        List<T> rest = all.stream()
                .filter(each -> after.isEmpty() || time.apply(each).isAfter(after.get()))
                .toList();
        return of(
                rest,
                parameters.limit(USUAL_LIMIT),
                last -> Parameters.cursor(time.apply(last).toString()));
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
