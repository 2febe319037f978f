package org.trackerreports.movement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.trackerreports.movement.Reports.NOON;
import static org.trackerreports.movement.Reports.at;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule on reports whose flags were worked out by hand. */
class OutlierFilterTest {

    private static final Instant LATER = NOON.plus(Duration.ofDays(2));

    private static Map<Report, Set<Flag>> flags(Motion motion, Instant now, List<Report> reports) {
        return new OutlierFilter(motion)
                .judge(reports, now).all().stream().collect(Collectors.toMap(Judgement::report, Judgement::flags));
    }

    private static Set<Report> flagged(Motion motion, Flag flag, List<Report> reports) {
        return flags(motion, LATER, reports).entrySet().stream()
                .filter(each -> each.getValue().contains(flag))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static List<Report> home(double fromMinute, int count, double everyMinutes) {
        List<Report> reports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            reports.add(at(fromMinute + i * everyMinutes, i % 3 * 10, i % 2 * 10));
        }
        return reports;
    }

    private static List<Report> joined(List<?>... parts) {
        List<Report> all = new ArrayList<>();
        for (List<?> part : parts) {
            part.forEach(report -> all.add((Report) report));
        }
        return all;
    }

    @Test
    void flagsWhatIsTooFast() {
        Report wrong = at(100, 0, 60_000);
        List<Report> reports = joined(home(0, 5, 20), List.of(wrong), home(120, 5, 20));

        assertThat(flagged(Motion.CAR, Flag.SPEED, reports)).isEmpty();
        assertThat(flagged(Motion.BICYCLE, Flag.SPEED, reports)).containsExactly(wrong);
        Judgement judgement = new OutlierFilter(Motion.BICYCLE)
                .judge(reports, LATER).all().stream()
                        .filter(each -> each.report().equals(wrong))
                        .findFirst()
                        .orElseThrow();
        // 60 km less 1.5 times both accuracies of 10 m, in 20 and 40 minutes, on both sides.
        double near = 59_970 / 1200.0;
        double speed = Math.sqrt((near * near + near * near / 4) / 2);
        Map<String, Double> numbers = judgement.findings().get(0).numbers();
        assertThat(numbers)
                .containsEntry("limit_mps", 15.0)
                .containsEntry("limit_m", 500.0)
                .containsEntry("reports", 1.0);
        assertThat(numbers.get("speed_mps")).isCloseTo(speed, within(0.05));
        assertThat(numbers.get("distance_m")).isCloseTo(59_970, within(40.0));
        assertThat(judgement.isWrong()).isTrue();
    }

    @Test
    void aWrongReportDoesNotCondemnTheRightOneAfterIt() {
        Report wrong = at(90, 0, 90_000);
        List<Report> reports = joined(home(0, 5, 20), List.of(wrong), home(91, 1, 1), home(120, 4, 20));

        assertThat(flagged(Motion.CAR, Flag.SPEED, reports)).containsExactly(wrong);
    }

    @Test
    void twoWrongReportsAtOneSpotAreFlaggedTogether() {
        Report one = at(100, 0, 150_000);
        Report other = at(110, 30, 150_000, 40);
        List<Report> reports = joined(home(0, 5, 20), List.of(one, other), home(120, 5, 20));

        assertThat(flagged(Motion.CAR, Flag.SPEED, reports)).containsExactlyInAnyOrder(one, other);
    }

    @Test
    void reportsThatAgreeAreBelievedUnlessBothSidesContradict() {
        // It went there within the limit, and only the way back is too fast: the reports there agree with each other
        // and with those before.
        List<Report> there = List.of(at(100, 0, 15_000), at(120, 10, 15_000), at(140, 0, 15_010));
        List<Report> reports = joined(home(0, 5, 20), there, home(141, 5, 20));

        assertThat(flagged(Motion.BICYCLE, Flag.SPEED, reports)).isEmpty();
    }

    @Test
    void speedNeedsFiveHundredMetres() {
        // 400 m in a minute is 6 m/s, which is faster than a walk, but finders err.
        List<Report> reports = joined(home(0, 5, 20), List.of(at(81, 0, 430)), home(100, 5, 20));

        assertThat(flagged(Motion.WALK, Flag.SPEED, reports)).isEmpty();
        List<Report> farther = joined(home(0, 5, 20), List.of(at(81, 0, 630)), home(82, 5, 20));
        assertThat(flagged(Motion.WALK, Flag.SPEED, farther)).containsExactly(farther.get(5));
    }

    @Test
    void flagsThereAndBack() {
        // 15.5 km there and back in 110 minutes are 2.4 m/s, which is an errand; 34 km in 35 minutes are none.
        Report errand = at(125, 5_500, 5_500);
        List<Report> reports = joined(home(0, 5, 20), List.of(errand), home(190, 5, 20));

        assertThat(flagged(Motion.PLANE, Flag.SPIKE, reports)).isEmpty();
        Report fast = at(90, 12_000, 12_000);
        List<Report> faster = joined(home(0, 5, 20), List.of(fast), home(115, 5, 20));
        assertThat(flagged(Motion.PLANE, Flag.SPIKE, faster)).containsExactly(fast);
    }

    @Test
    void aWayStraightOnIsNoSpike() {
        List<Report> reports = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            reports.add(at(20 * i, 0, 50_000 * i));
        }

        assertThat(flags(Motion.PLANE, LATER, reports).values()).allMatch(Set::isEmpty);
    }

    @Test
    void judgesEachReportByItself() {
        Report coarse = at(10, 0, 0, 200);
        Report fine = at(20, 0, 0, 199.9);
        Report nowhere = new Report(new UUID(1, 1), "key", NOON, NOON, 0, 0, OptionalDouble.of(255), 3);
        Report future = Reports.received(at(40, 0, 0), NOON.plusSeconds(40 * 60 - 301));
        Report nearlyFuture = Reports.received(at(41, 0, 0), NOON.plusSeconds(41 * 60 - 300));

        Map<Report, Set<Flag>> flags = flags(Motion.PLANE, LATER, List.of(coarse, fine, nowhere, future, nearlyFuture));

        assertThat(flags.get(coarse)).containsExactly(Flag.COARSE);
        assertThat(flags.get(fine)).isEmpty();
        assertThat(flags.get(nowhere)).containsExactlyInAnyOrder(Flag.NULL_ISLAND, Flag.COARSE);
        assertThat(flags.get(future)).containsExactly(Flag.FUTURE);
        assertThat(flags.get(nearlyFuture)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"SPEED,true", "SPIKE,true", "NULL_ISLAND,true", "FUTURE,true", "COARSE,false", "UNCONFIRMED,false"})
    void tellsWrongFromUncertain(Flag flag, boolean wrong) {
        assertThat(flag.isWrong()).isEqualTo(wrong);
        Judgement judgement = new Judgement(at(0, 0, 0), List.of(new Finding(flag, Map.of())));
        assertThat(judgement.isWrong()).isEqualTo(wrong);
        assertThat(judgement.isDecisive()).isFalse();
    }

    @Test
    void theNewestReportWaitsForConfirmation() {
        Report far = at(100, 0, 600_000);
        Instant twoHours = far.receivedAt().plus(Duration.ofHours(2));
        List<Report> reports = joined(home(0, 5, 20), List.of(far));
        OutlierFilter filter = new OutlierFilter(Motion.PLANE);

        Judgements waiting = filter.judge(reports, twoHours.minusSeconds(1));
        assertThat(waiting.all().get(5).flags()).containsExactly(Flag.UNCONFIRMED);
        assertThat(waiting.judgeAgainAt()).contains(twoHours);

        // 600 km in 20 minutes is faster than any airliner.
        Judgements over = filter.judge(reports, twoHours);
        assertThat(over.all().get(5).flags()).containsExactly(Flag.SPEED);
        assertThat(over.judgeAgainAt()).isEmpty();

        Report back = at(120, 0, 0);
        assertThat(flags(Motion.PLANE, back.receivedAt(), joined(reports, List.of(back))))
                .containsEntry(far, Set.of(Flag.SPEED))
                .containsEntry(back, Set.of());
        Report again = at(110, 5, 600_000);
        assertThat(flags(Motion.PLANE, again.receivedAt(), joined(reports, List.of(again))))
                .containsEntry(far, Set.of())
                .containsEntry(again, Set.of());
    }

    @Test
    void aWrongNewestReportDoesNotCondemnTheOneBefore() {
        Report moved = at(100, 0, 3_000);
        Report far = at(105, 0, 600_000);
        List<Report> reports = joined(home(0, 5, 20), List.of(moved, far));

        assertThat(flags(Motion.PLANE, far.receivedAt(), reports))
                .containsEntry(moved, Set.of())
                .containsEntry(far, Set.of(Flag.UNCONFIRMED));
    }

    @Test
    void ofTwoReportsThatContradictNeitherIsWrong() {
        assertThat(flags(Motion.WALK, LATER, List.of(at(0, 0, 0), at(10, 0, 900_000)))
                        .values())
                .allMatch(Set::isEmpty);
    }

    @Test
    void reportsOfOneSightingShareTheirFlags() {
        Report wrong = at(100, 0, 60_000);
        Report twin = Reports.with(wrong, new UUID(5, 5), 255, 1);
        List<Report> reports = joined(home(0, 5, 20), List.of(wrong, twin), home(120, 5, 20));

        Map<Report, Set<Flag>> flags = flags(Motion.BICYCLE, LATER, reports);
        assertThat(flags.get(wrong)).containsExactly(Flag.SPEED);
        assertThat(flags.get(twin)).containsExactlyInAnyOrder(Flag.SPEED, Flag.COARSE);
    }

    @Test
    void twoReportsOfOneSightingDoNotConfirmEachOther() {
        Report far = at(100, 0, 400_000);
        Report twin = Reports.with(far, new UUID(5, 5), 97, 2);
        List<Report> reports = joined(home(0, 5, 20), List.of(far, twin));

        assertThat(flags(Motion.PLANE, far.receivedAt(), reports))
                .containsEntry(far, Set.of(Flag.UNCONFIRMED))
                .containsEntry(twin, Set.of(Flag.UNCONFIRMED));
    }

    @Test
    void worksAcrossTheDateLine() {
        Instant time = NOON;
        List<Report> reports = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            reports.add(new Report(
                    new UUID(i, 0),
                    "key",
                    time.plusSeconds(600L * i),
                    time.plusSeconds(600L * i),
                    -17,
                    i % 2 == 0 ? 179.9999 : -179.9999,
                    OptionalDouble.of(30),
                    2));
        }

        assertThat(flags(Motion.WALK, LATER, reports).values()).allMatch(Set::isEmpty);
    }

    @Test
    void emptyAndSingleHistories() {
        OutlierFilter filter = new OutlierFilter(Motion.PLANE);
        assertThat(filter.judge(List.of(), LATER).all()).isEmpty();
        assertThat(filter.judge(List.of(at(0, 0, 0)), NOON).all())
                .singleElement()
                .matches(Judgement::isDecisive);
        assertThat(filter.judgeWindow(ReportRange.all(List.of()), NOON, NOON, NOON)
                        .isComplete())
                .isTrue();
    }

    @Test
    void refusesWrongValuesWithoutShowingPositions() {
        assertThatThrownBy(
                        () -> new Report(new UUID(0, 0), "key", NOON, NOON, 91.25, 13.375, OptionalDouble.empty(), 2))
                .hasMessageContaining("latitude must be -90 to 90")
                .hasMessageNotContaining("91.25");
        assertThatThrownBy(() -> new Report(new UUID(0, 0), "key", NOON, NOON, 1, 1, OptionalDouble.of(Double.NaN), 2))
                .hasMessageContaining("accuracy");
        assertThat(at(0, 0, 0).toString()).doesNotContain("30.0", "0.5");
    }

    @Test
    void readsLabels() {
        assertThat(Motion.ofLabel("bicycle")).contains(Motion.BICYCLE);
        assertThat(Motion.ofLabel("BICYCLE")).isEmpty();
        assertThat(Motion.ofLabel("boat")).isEmpty();
        assertThat(Motion.WALK.metresPerSecond()).isEqualTo(3);
        assertThat(Motion.BICYCLE.metresPerSecond()).isEqualTo(15);
        assertThat(Motion.CAR.metresPerSecond()).isEqualTo(60);
        assertThat(Motion.PLANE.metresPerSecond()).isEqualTo(280);
    }
}
