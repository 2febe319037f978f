package org.trackerreports.movement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trackerreports.movement.Reports.at;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transitions of a place of 200 m around the origin. */
class TransitionTest {

    private static final long TRACKER = 7;
    private static final Circle AREA = new Circle(0.5, 30, 200);
    private static final Place HOME = Place.of(3, "home", AREA);

    private static Place place(int confirm, Duration dwell) {
        return new Place(3, "home", AREA, confirm, dwell, Place.DEFAULT_MAX_LAG);
    }

    private static Judgement right(Report report) {
        return new Judgement(report, List.of());
    }

    private static Report in(double minutes) {
        return at(minutes, 0, 0);
    }

    private static Report out(double minutes) {
        return at(minutes, 0, 1_000);
    }

    private static Report between(double minutes) {
        return at(minutes, 0, 210);
    }

    private static List<Transition> fold(Place place, Report... reports) {
        return TransitionFold.of(
                        TRACKER,
                        place,
                        PlaceState.BEGINNING,
                        Stream.of(reports).map(TransitionTest::right).toList(),
                        2)
                .transitions();
    }

    @Test
    void theFirstDecisionIsNoTransition() {
        assertThat(fold(HOME, in(0), in(10), between(20))).isEmpty();
        assertThat(fold(HOME, out(0))).isEmpty();
    }

    @Test
    void findsEnteringAndLeaving() {
        Report left = out(20);
        Report entered = in(50);
        assertThat(fold(HOME, in(0), between(10), left, between(30), out(40), entered))
                .extracting(Transition::direction, Transition::eventTime, Transition::causingDigest)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Direction.LEFT, left.time(), left.digest()),
                        org.assertj.core.groups.Tuple.tuple(Direction.ENTERED, entered.time(), entered.digest()));
    }

    @Test
    void confirmsWithSeveralReports() {
        Place place = place(2, Duration.ZERO);
        assertThat(fold(place, in(0), out(10), in(20), out(30), in(40))).isEmpty();
        Report first = out(10);
        Report second = out(30);
        assertThat(fold(place, in(0), first, between(20), second))
                .singleElement()
                .satisfies(transition -> {
                    assertThat(transition.eventTime()).isEqualTo(first.time());
                    assertThat(transition.decidedTime()).isEqualTo(second.time());
                    assertThat(transition.decidedDigest()).isEqualTo(second.digest());
                    assertThat(transition.causingDigest()).isEqualTo(first.digest());
                });
    }

    @Test
    void dwellsForAWhile() {
        Place place = place(1, Duration.ofMinutes(10));
        assertThat(fold(place, in(0), out(10), out(19), in(20))).isEmpty();
        assertThat(fold(place, in(0), out(10), out(20), in(21)))
                .extracting(Transition::eventTime)
                .containsExactly(out(10).time());
    }

    @Test
    void flaggedAndDoubtfulReportsDecideNothing() {
        for (Flag flag : Flag.values()) {
            Judgement flagged = new Judgement(out(10), List.of(new Finding(flag, Map.of())));
            assertThat(TransitionFold.of(
                                    TRACKER,
                                    HOME,
                                    PlaceState.BEGINNING,
                                    List.of(right(in(0)), flagged, right(in(20))),
                                    2)
                            .transitions())
                    .isEmpty();
        }
        Report doubtful = Reports.with(out(10), new UUID(1, 1), 10, 1);
        assertThat(fold(HOME, in(0), doubtful, in(20))).isEmpty();
    }

    @Test
    void ofOneSightingTheSmallestAccuracyDecides() {
        Report coarser = Reports.with(at(10, 0, 260), new UUID(1, 1), 97, 2);
        Report finer = Reports.with(coarser, new UUID(2, 2), 40, 2);
        assertThat(fold(HOME, in(0), coarser)).isEmpty();
        assertThat(fold(HOME, in(0), coarser, finer))
                .singleElement()
                .satisfies(each -> assertThat(each.causingDigest()).isEqualTo(coarser.digest()));
        assertThat(fold(place(2, Duration.ZERO), in(0), coarser, finer)).isEmpty();
    }

    /** The id is part of the contract with receivers: printf '7|3|LEFT|DIGEST' | sha256sum. */
    @Test
    void theIdFollowsFromTheCause() {
        UUID digest = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        assertThat(Transition.idOf(7, 3, Direction.LEFT, digest))
                .isEqualTo(UUID.fromString("010ae095-83d9-4f0e-0835-d8a421b91e3f"));
        assertThat(Transition.idOf(7, 3, Direction.ENTERED, digest))
                .isNotEqualTo(Transition.idOf(7, 3, Direction.LEFT, digest));
    }

    @Test
    void aLateReportWithdrawsAndRaises() {
        Report left = out(60);
        List<Transition> before = fold(HOME, in(0), left);
        Report earlier = out(30);
        List<Transition> after = fold(HOME, in(0), earlier, left);

        List<StoredTransition> stored = List.of(new StoredTransition(before.get(0), false));
        TransitionChanges changes = TransitionChanges.between(stored, after);
        assertThat(changes.withdrawn()).isEqualTo(before);
        assertThat(changes.raised()).isEqualTo(after);
        assertThat(changes.restored()).isEmpty();

        // The late report turns out wrong, and the first transition stands again.
        List<StoredTransition> then =
                List.of(new StoredTransition(before.get(0), true), new StoredTransition(after.get(0), false));
        TransitionChanges back = TransitionChanges.between(then, before);
        assertThat(back.restored()).isEqualTo(before);
        assertThat(back.withdrawn()).isEqualTo(after);
        assertThat(back.raised()).isEmpty();
        assertThat(TransitionChanges.between(stored, before).isEmpty()).isTrue();
    }

    @Test
    void anotherConfirmingReportOnlyRedates() {
        Place place = place(2, Duration.ZERO);
        List<Transition> before = fold(place, in(0), out(10), out(60));
        List<Transition> after = fold(place, in(0), out(10), out(30), out(60));

        TransitionChanges changes =
                TransitionChanges.between(List.of(new StoredTransition(before.get(0), false)), after);
        assertThat(changes.redated()).isEqualTo(after);
        assertThat(after.get(0).id()).isEqualTo(before.get(0).id());
        assertThat(changes.raised()).isEmpty();
        assertThat(changes.withdrawn()).isEmpty();
    }

    @Test
    void lateIsWhatIsRecordedAfterTheLag() {
        Transition left = fold(HOME, in(0), out(10)).get(0);
        Instant limit = left.eventTime().plus(Duration.ofHours(6));
        assertThat(HOME.isLate(left, limit)).isFalse();
        assertThat(HOME.isLate(left, limit.plusSeconds(1))).isTrue();
    }

    /** A receiver that applies what it is told by id ends with the same transitions, whatever the order of arrival and the size of batches. */
    @ParameterizedTest
    @CsvSource({"1,0", "2,0", "1,20", "3,30"})
    void anyOrderOfArrivalEndsInTheSameTransitions(int confirm, int dwellMinutes) {
        Place place = place(confirm, Duration.ofMinutes(dwellMinutes));
        int found = 0;
        for (long seed = 0; seed < 50; seed++) {
            List<Report> reports = walks(seed);
            Instant now = Reports.after(reports, Duration.ofHours(3));
            OutlierFilter filter = new OutlierFilter(Motion.CAR);
            List<Transition> expected = TransitionFold.of(
                            TRACKER,
                            place,
                            PlaceState.BEGINNING,
                            filter.judge(reports, now).all(),
                            1)
                    .transitions();
            found += expected.size();
            for (int order = 0; order < 4; order++) {
                Random random = new Random(seed * 10 + order);
                Collections.shuffle(reports, random);
                assertThat(new Receiver(place, filter, now).told(reports, random))
                        .as("seed %d", seed)
                        .containsExactlyElementsOf(expected);
            }
        }
        assertThat(found).isGreaterThan(50);
    }

    /** Does what the role that keeps transitions does, with a map for the table. */
    private static final class Receiver {

        private final Place place;
        private final OutlierFilter filter;
        private final Instant now;
        private final Map<UUID, StoredTransition> table = new LinkedHashMap<>();
        private final Map<UUID, Transition> standing = new HashMap<>();
        private final List<Report> present = new ArrayList<>();
        private Map<UUID, Judgement> judged = new HashMap<>();

        Receiver(Place place, OutlierFilter filter, Instant now) {
            this.place = place;
            this.filter = filter;
            this.now = now;
        }

        List<Transition> told(List<Report> arrivals, Random random) {
            int next = 0;
            while (next < arrivals.size()) {
                int end = Math.min(arrivals.size(), next + 1 + random.nextInt(8));
                present.addAll(arrivals.subList(next, end));
                step();
                next = end;
            }
            return standing.values().stream()
                    .sorted((one, other) -> one.eventTime().compareTo(other.eventTime()))
                    .toList();
        }

        private void step() {
            List<Judgement> all = filter.judge(present, now).all();
            Map<UUID, Judgement> fresh = new HashMap<>();
            all.forEach(each -> fresh.put(each.report().digest(), each));
            Instant changed = all.stream()
                    .filter(each -> !each.equals(judged.get(each.report().digest())))
                    .map(each -> each.report().time())
                    .min(Instant::compareTo)
                    .orElseThrow();
            judged = fresh;
            PlaceState from = table.values().stream()
                    .filter(each ->
                            !each.withdrawn() && each.transition().decidedTime().isBefore(changed))
                    .map(StoredTransition::transition)
                    .max((one, other) -> one.decidedTime().compareTo(other.decidedTime()))
                    .map(PlaceState::after)
                    .orElse(PlaceState.BEGINNING);
            List<Judgement> later = all.stream()
                    .filter(each -> from.after().isEmpty()
                            || !each.report().time().isBefore(from.after().get().time()))
                    .toList();
            List<Transition> found =
                    TransitionFold.of(TRACKER, place, from, later, 1).transitions();
            List<StoredTransition> stored = table.values().stream()
                    .filter(each -> from.after().isEmpty()
                            || each.transition()
                                    .decidedTime()
                                    .isAfter(from.after().get().time())
                            || found.stream()
                                    .anyMatch(one ->
                                            one.id().equals(each.transition().id())))
                    .toList();
            TransitionChanges changes = TransitionChanges.between(stored, found);
            Stream.of(changes.raised(), changes.restored(), changes.redated())
                    .flatMap(List::stream)
                    .forEach(each -> {
                        table.put(each.id(), new StoredTransition(each, false));
                        standing.put(each.id(), each);
                    });
            changes.withdrawn().forEach(each -> {
                table.put(each.id(), new StoredTransition(each, true));
                assertThat(standing.remove(each.id())).isNotNull();
            });
        }
    }

    private static List<Report> walks(long seed) {
        Random random = new Random(seed);
        List<Report> reports = new ArrayList<>();
        double minutes = 0;
        boolean home = true;
        for (int i = 0; i < 80; i++) {
            minutes += 3 + random.nextInt(20);
            home = (random.nextInt(5) == 0) != home;
            double east = home ? 60 * random.nextGaussian() : 600 + 400 * random.nextDouble();
            double gross = random.nextInt(15) == 0 ? 90_000 : 0;
            reports.add(at(minutes, gross, east, 5 + random.nextInt(120)));
        }
        return reports;
    }

    /** Folding on from a state gives the same as folding everything. */
    @Test
    void aCheckpointReplacesWhatCameBefore() {
        for (long seed = 0; seed < 50; seed++) {
            List<Judgement> all =
                    walks(seed).stream().map(TransitionTest::right).toList();
            Place place = place(2, Duration.ofMinutes(5));
            TransitionFold whole = TransitionFold.of(TRACKER, place, PlaceState.BEGINNING, all, 1);
            for (int cut = 0; cut <= all.size(); cut += 7) {
                TransitionFold first = TransitionFold.of(TRACKER, place, PlaceState.BEGINNING, all.subList(0, cut), 1);
                TransitionFold second =
                        TransitionFold.of(TRACKER, place, first.state(), all.subList(cut, all.size()), 1);
                List<Transition> joined = new ArrayList<>(first.transitions());
                joined.addAll(second.transitions());
                assertThat(joined).isEqualTo(whole.transitions());
                assertThat(second.state()).isEqualTo(whole.state());
            }
        }
    }
}
