package org.trackerreports.queue;

import java.util.ArrayList;
import java.util.List;

/** Cuts lists into batches that Redis handles without holding up others. */
final class Batches {

    private Batches() {}

    static <T> List<List<T>> of(List<T> all, int max) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += max) {
            batches.add(all.subList(from, Math.min(from + max, all.size())));
        }
        return batches;
    }
}
