package org.trackerreports.movement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges which reports of a tracker are wrong, and which are uncertain.
 *
 * <p>Each report by itself: {@link Flag#NULL_ISLAND}, {@link Flag#FUTURE}, {@link Flag#COARSE}. The first two are then left out. Reports of
 * one key, time and position are one sighting. Distances are shortened by 1.5 times both accuracies, and times are at least a minute.
 *
 * <p>{@link Flag#SPEED}: the root of the mean square of the speeds to the two reports before and the two after (McConnell, Chambers and
 * Gales 1992, Antarctic Science 4). The local peaks above the limit are taken away if they are more than 500 m from the report before
 * (Freitas, Lydersen, Fedak and Kovacs 2008, Marine Mammal Science 24, use 5 km); this is repeated until there are none.
 *
 * <p>{@link Flag#SPIKE}: there and back in four hours, with both legs longer than 2.5 km and an angle below 30°, or 5 km and 45°. The idea is
 * that of Freitas et al. 2008 (15° and 25°). In addition, the reports before and after must be nearer to each other than to this one, and there
 * and back must be faster than 2.5 m/s, three reports that agree 5 m/s; more are no spike. That leaves out most real errands.
 *
 * <p>Reports within 30 minutes of each other whose circles of accuracy overlap corroborate each other (Douglas et al. 2012, Methods in
 * Ecology and Evolution 3: redundancy), and so do neighbours within two hours that are no more than 500 m apart: all of them are wrong or none,
 * and they are only if they contradict those on both sides.
 *
 * <p>{@link Flag#UNCONFIRMED}: the newest report, if it is more than 2 km away and needs more than a quarter of the highest speed. It is never
 * {@code SPEED} or {@code SPIKE} until it has a successor or two hours have passed since its receipt.
 *
 * <p>Reports of all confidences are judged.
 */
public final class OutlierFilter {

    private final OutlierLimits limits;

    /** A filter for trackers that move like this. */
    public OutlierFilter(Motion motion) {
        limits = new OutlierLimits(motion.metresPerSecond());
    }

    /**
     * Judges all reports of a tracker.
     *
     * @param reports in any order, each once
     * @param now decides only whether the newest one still waits for confirmation
     */
    public Judgements judge(Collection<Report> reports, Instant now) {
        Pass pass = new Pass(ReportRange.all(reports), now);
        List<Judgement> all = new ArrayList<>(pass.sorted.size());
        pass.judge(0, pass.sightings.size, all);
        return new Judgements(all, pass.judgeAgainAt());
    }

    /**
     * Judges again what a change can have affected. The rest of the tracker's history needs not be read.
     *
     * @param range reports around the change, after it. A dozen on each side are enough for a tracker that stays; more are needed while
     *     it moves
     * @param changedFrom the earliest time of a report that was added, removed or changed
     * @param changedTo the latest
     * @param now as in {@link #judge}
     */
    public JudgedWindow judgeWindow(ReportRange range, Instant changedFrom, Instant changedTo, Instant now) {
        Pass pass = new Pass(range, now);
        Sightings sightings = pass.sightings;
        // Within this many sightings of a change, another one can become beyond doubt or cease to be.
        int reach = 4;
        int begin = sightings.firstFrom(changedFrom) - reach;
        while (begin >= 1 && !(pass.beyondDoubt[begin] && pass.beyondDoubt[begin - 1])) {
            begin--;
        }
        int end = sightings.firstFrom(changedTo.plusSeconds(1)) - 1 + reach;
        while (end + 1 < sightings.size && !(pass.beyondDoubt[end] && pass.beyondDoubt[end + 1])) {
            end++;
        }
        boolean needsEarlier = begin < 1 && !range.fromBeginning();
        boolean needsLater = end + 1 >= sightings.size && !range.toEnd();
        if (needsEarlier || needsLater) {
            return new JudgedWindow(List.of(), needsEarlier, needsLater, false, Optional.empty());
        }
        boolean includesNewest = end + 1 >= sightings.size;
        List<Judgement> judgements = new ArrayList<>();
        pass.judge(begin < 1 ? 0 : begin, includesNewest ? sightings.size : end + 1, judgements);
        return new JudgedWindow(
                judgements, false, false, includesNewest, includesNewest ? pass.judgeAgainAt() : Optional.empty());
    }

    /** One judging of a range of reports. */
    private final class Pass {

        private final List<Report> sorted;
        private final List<Report> believable = new ArrayList<>();
        private final Sightings sightings;
        private final boolean[] beyondDoubt;
        private final OutlierSearch search;
        private final int waiting;
        private final @Nullable Finding unconfirmed;

        Pass(ReportRange range, Instant now) {
            sorted = SingleReports.sorted(range);
            for (Report report : sorted) {
                if (!SingleReports.isUnbelievable(report)) {
                    believable.add(report);
                }
            }
            sightings = new Sightings(believable);
            int newest = sightings.size - 1;
            waiting = range.toEnd()
                            && newest >= 0
                            && now.getEpochSecond()
                                    < sightings.firstReceived[newest] + OutlierLimits.UNCONFIRMED_SECONDS
                    ? newest
                    : -1;
            beyondDoubt = new Calm(sightings, limits).beyondDoubt(range.fromBeginning(), range.toEnd());
            search = new OutlierSearch(sightings, limits, waiting);
            search.search(beyondDoubt);
            unconfirmed = waiting < 0 ? null : unconfirmed();
        }

        private @Nullable Finding unconfirmed() {
            int before = search.previousOf(waiting);
            if (before < 0) {
                return null;
            }
            double distance = sightings.leastMetres(before, waiting);
            double speed = sightings.leastSpeed(before, waiting);
            if (distance <= OutlierLimits.UNCONFIRMED_METRES
                    || speed <= limits.unconfirmedSpeed()
                    || isCorroborated(waiting)) {
                return null;
            }
            return Finding.of(
                    Flag.UNCONFIRMED,
                    "speed_mps",
                    speed,
                    "limit_mps",
                    limits.unconfirmedSpeed(),
                    "distance_m",
                    distance,
                    "limit_m",
                    OutlierLimits.UNCONFIRMED_METRES);
        }

        private boolean isCorroborated(int newest) {
            for (int i = search.previousOf(newest);
                    i >= 0 && sightings.second[newest] - sightings.second[i] <= OutlierLimits.CORROBORATION_SECONDS;
                    i = search.previousOf(i)) {
                if (sightings.overlap(i, newest)) {
                    return true;
                }
            }
            return false;
        }

        Optional<Instant> judgeAgainAt() {
            if (waiting < 0 || unconfirmed == null && beyondDoubt[waiting]) {
                return Optional.empty();
            }
            return Optional.of(
                    Instant.ofEpochSecond(sightings.firstReceived[waiting] + OutlierLimits.UNCONFIRMED_SECONDS));
        }

        /** The judgements of the sightings from begin to before end, and of the unbelievable reports between them. */
        void judge(int begin, int end, List<Judgement> into) {
            int at = 0;
            for (Report report : sorted) {
                List<Finding> own = SingleReports.findings(report);
                if (SingleReports.isUnbelievable(report)) {
                    if (isBetween(report, begin, end)) {
                        into.add(new Judgement(report, own));
                    }
                    continue;
                }
                int sighting = sightings.ofReport[at++];
                if (sighting >= begin && sighting < end) {
                    Finding found = sighting == waiting && unconfirmed != null ? unconfirmed : search.finding(sighting);
                    into.add(new Judgement(report, SingleReports.with(own, found)));
                }
            }
        }

        private boolean isBetween(Report report, int begin, int end) {
            long second = report.time().getEpochSecond();
            return (begin == 0 || second >= sightings.second[begin])
                    && (end == sightings.size || second <= sightings.second[end - 1]);
        }
    }
}
