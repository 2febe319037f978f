package org.trackerreports.store.history;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many reports with a position a query leaves out, of those of its trackers in its range.
 *
 * @param lessCertain the reports below the minimum confidence, by their confidence; those that their flags leave out as well do not count
 * @param flagged the reports that only their flags leave out
 */
public record LeftOutReports(SortedMap<Integer, Long> lessCertain, long flagged) {

    public LeftOutReports {
        lessCertain = Collections.unmodifiableSortedMap(new TreeMap<>(lessCertain));
    }
}
