package org.trackerreports.core.pipeline;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The parts of a list of reports. A usual answer is one; of one at the limit of its size, a part is decrypted, stored and judged at a time. */
final class Parts {

    private static final int OF_A_PART = 2_000;

    private Parts() {}

    static <T> Stream<List<T>> of(List<T> reports) {
        return of(reports, OF_A_PART);
    }

    /** Parts of this size; the last may be smaller. */
    static <T> Stream<List<T>> of(List<T> reports, int size) {
        return IntStream.iterate(0, begin -> begin < reports.size(), begin -> begin + size)
                .mapToObj(begin -> reports.subList(begin, Math.min(reports.size(), begin + size)));
    }
}
