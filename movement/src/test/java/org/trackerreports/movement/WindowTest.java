package org.trackerreports.movement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The judgement of a history does not depend on the order of arrival, and judging again what a change can affect gives the same as judging all. */
class WindowTest {

    private static final int HISTORIES = 100;
    private static final int SIZE = 150;

    @ParameterizedTest
    @EnumSource(Motion.class)
    void anyOrderGivesTheSame(Motion motion) {
        OutlierFilter filter = new OutlierFilter(motion);
        for (long seed = 0; seed < HISTORIES; seed++) {
            List<Report> reports = Reports.history(seed, SIZE);
            Instant now = Reports.after(reports, Duration.ofMinutes(-30));
            Judgements expected = filter.judge(reports, now);
            for (int permutation = 0; permutation < 10; permutation++) {
                Collections.shuffle(reports, new Random(seed * 1_000 + permutation));
                assertThat(filter.judge(reports, now)).as("seed %d", seed).isEqualTo(expected);
            }
        }
    }

    /** Whatever the first and the last reports of a window are. A tracker that is at either of two places has many doubts in a row. */
    @ParameterizedTest
    @EnumSource(Motion.class)
    void anyWindowCanBeJudged(Motion motion) {
        OutlierFilter filter = new OutlierFilter(motion);
        for (long seed = 0; seed < HISTORIES; seed++) {
            Random random = new Random(seed);
            List<Report> reports = new ArrayList<>();
            double away = 0;
            for (int i = 0; i < SIZE; i++) {
                away = random.nextInt(12) == 0 ? 11_000 - away : away;
                double error = random.nextInt(20) == 0 ? 2_000_000 : 60;
                reports.add(Reports.at(i * 40 + random.nextInt(16), away + error * random.nextDouble(), away, 40));
            }
            for (int begin = 0; begin + 25 < SIZE; begin++) {
                List<Report> window = reports.subList(begin, begin + 9 + random.nextInt(16));
                Report changed = window.get(window.size() / 2);
                JudgedWindow judged = filter.judgeWindow(
                        new ReportRange(window, false, false), changed.time(), changed.time(), Reports.NOON);
                assertThat(judged.judgements().isEmpty())
                        .as("seed %d, window %d", seed, begin)
                        .isEqualTo(judged.needsEarlier() || judged.needsLater());
            }
        }
    }

    /** Reports arrive in batches in random order, and some are removed; each time only a window around the change is judged. */
    @ParameterizedTest
    @EnumSource(Motion.class)
    void windowsGiveTheSameAsTheWhole(Motion motion) {
        OutlierFilter filter = new OutlierFilter(motion);
        int judged = 0;
        int judgedWhole = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            Random random = new Random(seed);
            List<Report> waiting = Reports.history(seed, SIZE);
            // Late by up to some ten reports, some by very much.
            List<Report> arrivals = new ArrayList<>(waiting);
            Map<UUID, Double> places = new HashMap<>();
            for (int i = 0; i < arrivals.size(); i++) {
                places.put(arrivals.get(i).digest(), i + random.nextDouble() * (random.nextInt(10) == 0 ? SIZE : 10));
            }
            arrivals.sort((one, other) -> places.get(one.digest()).compareTo(places.get(other.digest())));
            Instant now = Reports.after(waiting, Duration.ofMinutes(-30));
            List<Report> present = new ArrayList<>();
            Map<UUID, Judgement> stored = new HashMap<>();
            Optional<Instant> storedAgain = Optional.empty();
            int next = 0;
            while (next < arrivals.size()) {
                List<Report> changed = new ArrayList<>();
                if (random.nextInt(6) == 0 && !present.isEmpty()) {
                    Report removed = present.remove(random.nextInt(present.size()));
                    stored.remove(removed.digest());
                    changed.add(removed);
                } else {
                    int end = Math.min(arrivals.size(), next + 1 + random.nextInt(4));
                    changed.addAll(arrivals.subList(next, end));
                    present.addAll(changed);
                    next = end;
                }
                JudgedWindow window = judgeWindow(filter, present, changed, now);
                for (Judgement judgement : window.judgements()) {
                    stored.put(judgement.report().digest(), judgement);
                }
                if (window.includesNewest()) {
                    storedAgain = window.judgeAgainAt();
                }
                judged += window.judgements().size();
                judgedWhole += present.size();
                Judgements whole = filter.judge(present, now);
                Map<UUID, Judgement> expected = new HashMap<>();
                whole.all().forEach(each -> expected.put(each.report().digest(), each));
                assertThat(stored)
                        .as("seed %d, %d reports", seed, present.size())
                        .isEqualTo(expected);
                assertThat(storedAgain).isEqualTo(whole.judgeAgainAt());
            }
        }
        // That windows are smaller than the whole is what they are for.
        assertThat(judged).isLessThan(judgedWhole);
    }

    private static JudgedWindow judgeWindow(
            OutlierFilter filter, List<Report> present, List<Report> changed, Instant now) {
        Instant from =
                changed.stream().map(Report::time).min(Instant::compareTo).orElseThrow();
        Instant to = changed.stream().map(Report::time).max(Instant::compareTo).orElseThrow();
        int before = 8;
        int after = 8;
        while (true) {
            ReportRange range = range(present, from, to, before, after);
            JudgedWindow window = filter.judgeWindow(range, from, to, now);
            if (window.isComplete()) {
                return window;
            }
            assertThat(window.needsEarlier() && !range.fromBeginning() || window.needsLater() && !range.toEnd())
                    .isTrue();
            before *= window.needsEarlier() ? 2 : 1;
            after *= window.needsLater() ? 2 : 1;
        }
    }

    /** As a database would give it: a number of reports before and after, which can cut reports of one second apart. */
    private static ReportRange range(List<Report> present, Instant from, Instant to, int before, int after) {
        List<Report> sorted = new ArrayList<>(present);
        sorted.sort(Report.EVENT_ORDER);
        int begin = 0;
        while (begin < sorted.size() && sorted.get(begin).time().isBefore(from)) {
            begin++;
        }
        int end = begin;
        while (end < sorted.size() && !sorted.get(end).time().isAfter(to)) {
            end++;
        }
        begin = Math.max(0, begin - before);
        end = Math.min(sorted.size(), end + after);
        return new ReportRange(sorted.subList(begin, end), begin == 0, end == sorted.size());
    }
}
