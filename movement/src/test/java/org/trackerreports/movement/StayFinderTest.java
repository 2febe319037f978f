package org.trackerreports.movement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.trackerreports.movement.Reports.at;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Stays and trips that were worked out by hand. */
class StayFinderTest {

    private static Timeline find(Report... reports) {
        return StayFinder.find(
                Stream.of(reports)
                        .map(report -> new Judgement(report, List.of()))
                        .toList(),
                2);
    }

    @Test
    void aDayWithAWayToWork() {
        Report best = at(30, 20, 0, 5);
        Timeline day = find(
                at(0, 0, 0),
                best,
                at(60, 0, 20),
                at(75, 0, 2_000),
                at(90, 0, 4_000),
                at(120, 10, 4_010),
                at(300, 0, 4_000),
                at(310, 0, 2_000),
                at(320, 0, 0),
                at(340, 0, 0));

        assertThat(day.stays()).hasSize(3);
        Stay first = day.stays().get(0);
        assertThat(first.from()).isEqualTo(at(0, 0, 0).time());
        assertThat(first.to()).isEqualTo(at(60, 0, 0).time());
        assertThat(first.position()).isEqualTo(best);
        assertThat(first.reports()).isEqualTo(3);
        assertThat(first.assumed()).isEmpty();
        assertThat(first.certainSeconds()).isEqualTo(3_600);
        Stay work = day.stays().get(1);
        assertThat(work.duration()).isEqualTo(Duration.ofMinutes(210));
        assertThat(work.assumed())
                .containsExactly(new Silence(at(120, 0, 0).time(), at(300, 0, 0).time()));
        assertThat(work.certainSeconds()).isEqualTo(30 * 60);
        assertThat(day.trips()).hasSize(2);
        Trip there = day.trips().get(0);
        assertThat(there.from()).isEqualTo(first.to());
        assertThat(there.to()).isEqualTo(work.from());
        assertThat(there.reports()).isEqualTo(1);
        // 1,980 m and 2,000 m, each less 1.5 times both accuracies of 10 m.
        assertThat(there.lengthMetres()).isCloseTo(3_980 - 60, within(5.0));
    }

    @Test
    void aStopOfLessThanAQuarterOfAnHourIsNoStay() {
        assertThat(find(at(0, 0, 0), at(14.9, 0, 0), at(20, 0, 3_000)).stays()).isEmpty();
        assertThat(find(at(0, 0, 0), at(15, 0, 0), at(20, 0, 3_000)).stays()).hasSize(1);
    }

    @Test
    void aSilenceOfMoreThanEightHoursEndsAStay() {
        Timeline timeline =
                find(at(0, 0, 0), at(20, 0, 0), at(20 + 480, 0, 0), at(20 + 480 + 481, 0, 0), at(1_100, 0, 0));
        assertThat(timeline.stays()).hasSize(2);
        assertThat(timeline.stays().get(0).duration()).isEqualTo(Duration.ofMinutes(500));
        assertThat(timeline.stays().get(0).assumed()).hasSize(1);
        // It is where it was: nothing says that it went away.
        assertThat(timeline.trips()).isEmpty();
    }

    @Test
    void accuracyShortensDistances() {
        // 300 m apart, with 1.5 times 60 m and 60 m: 120 m.
        assertThat(find(at(0, 0, 0, 60), at(20, 0, 300, 60)).stays()).hasSize(1);
        assertThat(find(at(0, 0, 0, 10), at(20, 0, 300, 10)).stays()).isEmpty();
    }

    @Test
    void flaggedReportsAndTwinsDoNotCount() {
        Report home = at(10, 0, 0);
        List<Judgement> judgements = new ArrayList<>();
        for (Report report : List.of(at(0, 0, 0), home, Reports.with(home, new UUID(1, 1), 8, 2), at(30, 0, 0))) {
            judgements.add(new Judgement(report, List.of()));
        }
        for (Flag flag : Flag.values()) {
            judgements.add(new Judgement(at(15, 0, 50_000), List.of(new Finding(flag, Map.of()))));
        }
        judgements.add(new Judgement(Reports.with(at(20, 0, 9_000), new UUID(2, 2), 8, 1), List.of()));

        Timeline timeline = StayFinder.find(judgements, 2);
        assertThat(timeline.stays()).singleElement().satisfies(stay -> {
            assertThat(stay.reports()).isEqualTo(3);
            assertThat(stay.position().accuracy()).hasValue(8);
        });
        Collections.shuffle(judgements, new Random(1));
        assertThat(StayFinder.find(judgements, 2)).isEqualTo(timeline);
    }

    @Test
    void nothingFromNothing() {
        assertThat(find()).isEqualTo(new Timeline(List.of(), List.of()));
    }
}
