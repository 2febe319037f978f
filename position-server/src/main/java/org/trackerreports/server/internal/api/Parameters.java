package org.trackerreports.server.internal.api;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.server.route.Request;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.history.HistoryQuery;

/**
 * Reads the query of a request. Each method fails with status 400 if its parameter is wrong.
 *
 * @param now the time of the request
 */
public record Parameters(Request request, Instant now) {

    static final Duration DEFAULT_AGE = Duration.ofDays(7);
    static final int MOST = 10_000;

    private static final Instant EARLIEST = Instant.parse("2001-01-01T00:00:00Z");

    /** A range of time: {@code from} inclusive. */
    record Range(Instant from, Instant to) {

        boolean touches(Instant begin, Instant end) {
            return begin.isBefore(to) && !end.isBefore(from);
        }
    }

    /** By default the last seven days. */
    Range range() {
        TimeWords times = new TimeWords(now, zone());
        Instant to = text("to").map(text -> times.end("to", text)).orElse(now);
        Instant from = text("from")
                .map(text -> times.start("from", text))
                .orElseGet(() -> to.isBefore(EARLIEST.plus(DEFAULT_AGE)) ? EARLIEST : to.minus(DEFAULT_AGE));
        if (!from.isBefore(to)) {
            throw ProblemException.badRequest(
                    "from (" + from + ") is not before to (" + to + "); give an earlier from or a later to.");
        }
        return new Range(from, to);
    }

    ZoneId zone() {
        try {
            return text("zone").map(ZoneId::of).orElse(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw ProblemException.badRequest("zone is not a time zone; an example is Europe/Berlin.");
        }
    }

    /** The history of one tracker, as asked for. */
    HistoryQuery history(long trackerId) {
        Range range = range();
        return HistoryQuery.of(trackerId, range.from(), range.to())
                .withMinimumConfidence(minConfidence())
                .withFlags(flags())
                .inZone(zone());
    }

    int minConfidence() {
        return number("min_confidence", 0, 255).orElse(HistoryQuery.DEFAULT_MINIMUM_CONFIDENCE);
    }

    FlagFilter flags() {
        return word("flags", "without", List.of("without", "with", "only"), FlagFilter::valueOf);
    }

    /** @param fallback without a limit */
    int limit(int fallback) {
        return number("limit", 1, MOST).orElse(fallback);
    }

    boolean isTrue(String name) {
        return word(name, "false", List.of("true", "false"), "TRUE"::equals);
    }

    Optional<Integer> number(String name, int least, int most) {
        return text(name).map(text -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw notNumber(name, least, most);
            }
            throw notNumber(name, least, most);
        });
    }

    private static ProblemException notNumber(String name, int least, int most) {
        return ProblemException.badRequest(name + " must be a whole number from " + least + " to " + most + ".");
    }

    private interface Reader<T> {
        T read(String upperCase);
    }

    private <T> T word(String name, String fallback, List<String> words, Reader<T> reader) {
        String word = text(name).orElse(fallback);
        if (!words.contains(word)) {
            throw ProblemException.badRequest(name + " must be one of: " + String.join(", ", words) + ".");
        }
        return reader.read(word.toUpperCase(Locale.ROOT));
    }

    String word(String name, String fallback, List<String> words) {
        return word(name, fallback, words, upperCase -> upperCase.toLowerCase(Locale.ROOT));
    }

    /** The labels that trackers must have: those of the query, and those of the caller. */
    public Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>(request.caller().labels());
        for (String label : request.queryAll("label")) {
            int equals = label.indexOf('=');
            if (equals < 1) {
                throw ProblemException.badRequest("label must be NAME=VALUE.");
            }
            String name = label.substring(0, equals);
            String value = label.substring(equals + 1);
            String former = labels.put(name, value);
            if (former != null && !former.equals(value)) {
                // No tracker has two values of a label: one that no tracker has selects none.
                labels.put(name, value + "\u0001" + former);
            }
        }
        return labels;
    }

    public Optional<String> text(String name) {
        return request.query(name).filter(text -> !text.isEmpty());
    }

    /** What {@link #cursor(String...)} put together, if the query has it. */
    Optional<List<String>> after(int parts) {
        return text("after").map(text -> {
            try {
                List<String> read = List.of(
                        new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\n", -1));
                if (read.size() == parts) {
                    return read;
                }
            } catch (IllegalArgumentException e) {
                throw wrongCursor();
            }
            throw wrongCursor();
        });
    }

    static ProblemException wrongCursor() {
        return ProblemException.badRequest("after must be the value of next in the answer before.");
    }

    static String cursor(String... parts) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
    }
}
