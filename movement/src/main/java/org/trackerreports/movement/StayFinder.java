package org.trackerreports.movement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds where a tracker stayed, and its trips between.
 *
 * <p>Stays are the stay points of Li, Zheng, Xie, Chen, Liu and Ma 2008 (ACM GIS, "Mining user similarity based on location history"): from
 * a report, all that follow within {@link #DISTANCE_METRES} of it, if that is at least {@link #LEAST}. Only reports without flags count.
 * Distances are shortened by 1.5 times both accuracies. A silence of up to {@link #LONGEST_SILENCE} can be part of a stay, a longer one ends it.
 *
 * <p>For a window of time, give the judgements of a day before it ({@link #CONTEXT}), too. A stay that begins with the first report given
 * can have begun earlier, unless it is the tracker's first.
 */
public final class StayFinder {

    /** How far from its first report a stay reaches. */
    public static final double DISTANCE_METRES = 150;

    /** The shortest stay. */
    public static final Duration LEAST = Duration.ofMinutes(15);

    /** The longest silence within a stay. */
    public static final Duration LONGEST_SILENCE = Duration.ofHours(8);

    /** A silence that is longer makes that part of a stay assumed. */
    public static final Duration CERTAIN_SILENCE = Duration.ofHours(2);

    /** How much before a window is needed. */
    public static final Duration CONTEXT = Duration.ofDays(1);

    private final List<Report> reports;
    private final Sightings sightings;

    private StayFinder(List<Report> reports) {
        this.reports = reports;
        sightings = new Sightings(reports);
    }

    /**
     * Finds stays and trips.
     *
     * @param judgements of one tracker, in any order
     * @param minimumConfidence reports below do not count
     */
    public static Timeline find(List<Judgement> judgements, int minimumConfidence) {
        return new StayFinder(Fixes.of(judgements, minimumConfidence).stream()
                        .map(Fixes.Fix::report)
                        .toList())
                .timeline();
    }

    private Timeline timeline() {
        List<Stay> stays = new ArrayList<>();
        List<Trip> trips = new ArrayList<>();
        int endOfStay = -1;
        int anchor = 0;
        while (anchor < sightings.size) {
            int end = lastNear(anchor);
            if (sightings.second[end] - sightings.second[anchor] < LEAST.toSeconds()) {
                anchor++;
                continue;
            }
            if (endOfStay >= 0 && (anchor > endOfStay + 1 || isAway(endOfStay, anchor))) {
                trips.add(trip(endOfStay, anchor));
            }
            stays.add(stay(anchor, end));
            endOfStay = end;
            anchor = end + 1;
        }
        return new Timeline(stays, trips);
    }

    private int lastNear(int anchor) {
        int last = anchor;
        while (last + 1 < sightings.size && !isAway(anchor, last + 1) && silence(last) <= LONGEST_SILENCE.toSeconds()) {
            last++;
        }
        return last;
    }

    private boolean isAway(int i, int j) {
        return sightings.leastMetres(i, j) > DISTANCE_METRES;
    }

    private long silence(int before) {
        return sightings.second[before + 1] - sightings.second[before];
    }

    private Stay stay(int begin, int end) {
        int best = begin;
        List<Silence> assumed = new ArrayList<>();
        for (int i = begin; i <= end; i++) {
            if (sightings.accuracy[i] < sightings.accuracy[best]) {
                best = i;
            }
            if (i < end && silence(i) > CERTAIN_SILENCE.toSeconds()) {
                assumed.add(
                        new Silence(reports.get(i).time(), reports.get(i + 1).time()));
            }
        }
        return new Stay(
                reports.get(begin).time(), reports.get(end).time(), reports.get(best), end - begin + 1, assumed);
    }

    private Trip trip(int from, int to) {
        double length = 0;
        for (int i = from; i < to; i++) {
            length += sightings.leastMetres(i, i + 1);
        }
        return new Trip(reports.get(from).time(), reports.get(to).time(), length, to - from - 1);
    }
}
