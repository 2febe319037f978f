package org.trackerreports.queue;

import java.util.ArrayList;
import java.util.List;

/** Cuts lists into parts that Redis can work on without keeping others waiting. */
final class Batches {

    private Batches() {}

    static <T> List<List<T>> of(List<T> all, int most) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += most) {
            parts.add(all.subList(from, Math.min(from + most, all.size())));
        }
        return parts;
    }
}
