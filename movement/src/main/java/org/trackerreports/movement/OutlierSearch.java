package org.trackerreports.movement;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes away, round by round, the sightings that stand out most from their neighbours: first by speed, then as spikes. Neighbours are
 * those that were not taken away before.
 */
final class OutlierSearch {

    /** Reports on each side that a speed is computed from. */
    private static final int NEIGHBOURS = 2;

    private final Sightings sightings;
    private final OutlierLimits limits;
    private final int waiting;
    private final int[] previous;
    private final int[] next;
    private final @Nullable Finding[] findings;

    /**
     * Begins a search.
     *
     * @param waiting the newest sighting while it waits for confirmation, which is never taken away; -1 if none does
     */
    OutlierSearch(Sightings sightings, OutlierLimits limits, int waiting) {
        this.sightings = sightings;
        this.limits = limits;
        this.waiting = waiting;
        previous = new int[sightings.size];
        next = new int[sightings.size];
        Arrays.setAll(previous, i -> i - 1);
        Arrays.setAll(next, i -> i + 1 < sightings.size ? i + 1 : -1);
        findings = new Finding[sightings.size];
    }

    /** Searches all stretches between sightings that are beyond doubt. */
    void search(boolean[] beyondDoubt) {
        int i = 0;
        while (i < sightings.size) {
            if (beyondDoubt[i]) {
                i++;
                continue;
            }
            int end = i;
            while (end < sightings.size && !beyondDoubt[end]) {
                end++;
            }
            searchStretch(i, end, beyondDoubt);
            i = end;
        }
    }

    private void searchStretch(int begin, int end, boolean[] beyondDoubt) {
        int contextBegin = Math.max(0, begin - NEIGHBOURS);
        int contextEnd = Math.min(sightings.size, end + NEIGHBOURS);
        Groups groups = new Groups(sightings, contextBegin, contextEnd, beyondDoubt);
        takeAway(groups, begin, end, this::speed);
        takeAway(groups, begin, end, this::spike);
    }

    /** What is wrong with a group, with the score by which it competes with its neighbours. The numbers are only written down if it loses. */
    private record Suspicion(double score, Supplier<Finding> finding, boolean immune) {}

    private interface Rule {
        @Nullable
        Suspicion about(Groups.Group group);
    }

    private void takeAway(Groups groups, int begin, int end, Rule rule) {
        Suspicion[] suspicions = new Suspicion[end - begin];
        boolean found = true;
        while (found) {
            Arrays.fill(suspicions, null);
            boolean suspicious = false;
            for (Groups.Group group : groups.all()) {
                if (!group.isBeyondDoubt() && findings[group.first()] == null) {
                    Suspicion suspicion = rule.about(group);
                    if (suspicion != null) {
                        suspicious = true;
                        group.forEach(i -> suspicions[i - begin] = suspicion);
                    }
                }
            }
            found = suspicious && takeAwayPeaks(groups, begin, suspicions);
        }
    }

    private boolean takeAwayPeaks(Groups groups, int begin, Suspicion[] suspicions) {
        boolean[] peak = new boolean[suspicions.length];
        boolean found = false;
        for (Groups.Group group : groups.all()) {
            Suspicion own = group.isBeyondDoubt() ? null : suspicions[group.first() - begin];
            if (own != null && !own.immune() && isPeak(group, own, begin, suspicions)) {
                peak[group.first() - begin] = true;
                found = true;
            }
        }
        for (Groups.Group group : groups.all()) {
            if (!group.isBeyondDoubt() && peak[group.first() - begin]) {
                Finding finding = suspicions[group.first() - begin].finding().get();
                group.forEach(i -> {
                    findings[i] = finding;
                    unlink(i);
                });
            }
        }
        return found;
    }

    private boolean isPeak(Groups.Group group, Suspicion own, int begin, Suspicion[] suspicions) {
        int before = group.first();
        int after = group.last();
        for (int n = 0; n < NEIGHBOURS; n++) {
            before = before < 0 ? -1 : previous[before];
            after = after < 0 ? -1 : next[after];
            if (isAbove(before, group, own, begin, suspicions) || isAbove(after, group, own, begin, suspicions)) {
                return false;
            }
        }
        return true;
    }

    /** Compares with itself by identity: two suspicions of equal content are two. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isAbove(int i, Groups.Group group, Suspicion own, int begin, Suspicion[] suspicions) {
        if (i < begin
                || i >= begin + suspicions.length
                || suspicions[i - begin] == null
                || suspicions[i - begin] == own) {
            return false;
        }
        int byScore = Double.compare(suspicions[i - begin].score(), own.score());
        // Equal ones are ordered by chance, but always the same: in the order of events each would wait for the one
        // before.
        return byScore > 0 || byScore == 0 && sightings.digest[i].compareTo(sightings.digest[group.first()]) > 0;
    }

    private void unlink(int i) {
        if (previous[i] >= 0) {
            next[previous[i]] = next[i];
        }
        if (next[i] >= 0) {
            previous[next[i]] = previous[i];
        }
    }

    /** McConnell et al. 1992, with the distance condition of Freitas et al. 2008. */
    private @Nullable Suspicion speed(Groups.Group group) {
        int first = group.first();
        int last = group.last();
        int before = previous[first];
        int after = next[last];
        int secondBefore = before < 0 ? -1 : previous[before];
        int secondAfter = after < 0 ? -1 : next[after];
        double limit = limits.metresPerSecond();
        if (group.size() > 1) {
            // Reports that agree are only doubted if they contradict those on both sides.
            if (before < 0
                    || after < 0
                    || sightings.leastSpeed(before, first) <= limit
                    || sightings.leastSpeed(last, after) <= limit
                    || sightings.leastMetres(last, after) <= limits.leastMetres()) {
                return null;
            }
        } else if (before < 0 && !agree(after, secondAfter) || after < 0 && !agree(before, secondBefore)) {
            // One neighbour's word against the other's: nothing says which is wrong.
            return null;
        }
        double distance = before >= 0 ? sightings.leastMetres(before, first) : sightings.leastMetres(last, after);
        if (distance <= limits.leastMetres()) {
            return null;
        }
        double speed = rootMeanSquare(first, last, before, secondBefore, after, secondAfter);
        if (speed <= limit) {
            return null;
        }
        return new Suspicion(
                speed,
                () -> Finding.of(
                        Flag.SPEED,
                        "speed_mps",
                        speed,
                        "limit_mps",
                        limit,
                        "distance_m",
                        distance,
                        "limit_m",
                        limits.leastMetres(),
                        "reports",
                        group.size()),
                group.contains(waiting));
    }

    private boolean agree(int i, int j) {
        return i >= 0 && j >= 0 && sightings.leastSpeed(i, j) <= limits.metresPerSecond();
    }

    private double rootMeanSquare(int first, int last, int before, int secondBefore, int after, int secondAfter) {
        double sum = 0;
        int count = 0;
        for (int i : new int[] {before, secondBefore}) {
            if (i >= 0) {
                sum += square(sightings.leastSpeed(i, first));
                count++;
            }
        }
        for (int i : new int[] {after, secondAfter}) {
            if (i >= 0) {
                sum += square(sightings.leastSpeed(last, i));
                count++;
            }
        }
        return Math.sqrt(sum / count);
    }

    private static double square(double value) {
        return value * value;
    }

    /** The angle condition of Freitas et al. 2008. */
    private @Nullable Suspicion spike(Groups.Group group) {
        int before = previous[group.first()];
        int after = next[group.last()];
        if (before < 0 || after < 0 || group.contains(waiting)) {
            return null;
        }
        double seconds = sightings.seconds(before, after);
        double legBefore = sightings.leastMetres(before, group.first());
        double legAfter = sightings.leastMetres(group.last(), after);
        double shorter = Math.min(legBefore, legAfter);
        double speed = (legBefore + legAfter) / seconds;
        if (seconds > OutlierLimits.SPIKE_SECONDS
                || shorter <= limits.shortLeg()
                || speed <= limits.spikeSpeed(group.size())) {
            return null;
        }
        double across = sightings.metres(before, after);
        double degrees = sightings.degreesAt(group.best(), before, after);
        if (across >= shorter || degrees >= limits.spikeDegrees(shorter)) {
            return null;
        }
        return new Suspicion(
                legBefore + legAfter - across,
                () -> Finding.of(
                        Flag.SPIKE,
                        "angle_deg",
                        degrees,
                        "limit_deg",
                        limits.spikeDegrees(shorter),
                        "leg_before_m",
                        legBefore,
                        "leg_after_m",
                        legAfter,
                        "limit_m",
                        limits.shortLeg(),
                        "speed_mps",
                        speed,
                        "limit_mps",
                        limits.spikeSpeed(group.size()),
                        "reports",
                        group.size()),
                false);
    }

    /** What was found about a sighting. */
    @Nullable
    Finding finding(int i) {
        return findings[i];
    }

    /** The last one before that was not taken away; -1 if there is none. */
    int previousOf(int i) {
        return previous[i];
    }
}
