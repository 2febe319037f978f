package org.trackerreports.findmy.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.Alignment;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.key.TrackerKeys;

class RequestPlannerTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final RequestPlanner planner = new RequestPlanner(16, Duration.ofDays(7));

    @Test
    void eachStaticKeyGetsAnEntryOfItsOwn() {
        StaticKeys three = keys(3);
        FetchPlan<String> plan = planner.plan(List.of(turn("one", keys(1), 0), turn("three", three, 0)), NOW)
                .orElseThrow();
        assertThat(plan.query().entries()).hasSize(4).allSatisfy(entry -> {
            assertThat(entry.primaryIds()).hasSize(1);
            assertThat(entry.secondaryIds()).isEmpty();
        });
        assertThat(plan.included()).containsExactly("one", "three");
        assertThat(plan.leftOver()).isEmpty();
        assertThat(plan.query().from()).isEqualTo(NOW.minus(Duration.ofDays(7)));
        three.keys()
                .forEach(key ->
                        assertThat(plan.keys().get(key.hashed()).target()).isEqualTo("three"));
    }

    @Test
    void whatDoesNotFitIsLeftOverAndSmallerOnesBehindItMayStillFit() {
        PlannedKeys<String> eight = turn("eight", keys(8), 0);
        FetchPlan<String> plan = planner.plan(List.of(turn("ten", keys(10), 0), eight, turn("six", keys(6), 0)), NOW)
                .orElseThrow();
        assertThat(plan.included()).containsExactly("ten", "six");
        assertThat(plan.leftOver()).containsExactly(eight);
        assertThat(plan.query().ids()).isEqualTo(16);
    }

    @Test
    void aKeyListBeyondTheLimitIsAskedForInPartsTurnByTurn() {
        StaticKeys keys = keys(40);
        Set<HashedAdvertisementKey> asked = new HashSet<>();
        for (int turn = 0; turn < 3; turn++) {
            FetchPlan<String> plan =
                    planner.plan(List.of(turn("long", keys, turn)), NOW).orElseThrow();
            assertThat(plan.query().ids()).isLessThanOrEqualTo(16);
            asked.addAll(plan.keys().keySet());
        }
        assertThat(asked).hasSize(40);
    }

    @Test
    void anAccessoryIsOneEntryWithItsSecondaryCandidates() {
        Accessory accessory = accessory(new Alignment(NOW.minus(Duration.ofMinutes(45)), 1_000));
        RequestPlanner narrow = new RequestPlanner(256, Duration.ofMinutes(45));
        FetchPlan<String> plan = narrow.plan(
                        List.of(new PlannedKeys<>(
                                "bag", narrow.cursor(accessory, NOW).groups())),
                        NOW)
                .orElseThrow();
        // Seen 45 minutes ago on index 1,000: since then 1,000 … 1,003 are possible; ⌊1,000/96⌋ + 1 = 11 and the next.
        assertThat(plan.query().entries()).singleElement().satisfies(entry -> {
            assertThat(entry.primaryIds())
                    .isEqualTo(IntStream.of(1_003, 1_002, 1_001, 1_000)
                            .mapToObj(index -> accessory.primaryKey(index).hashed())
                            .toList());
            assertThat(entry.secondaryIds())
                    .isEqualTo(IntStream.of(12, 11)
                            .mapToObj(index -> accessory.secondaryKey(index).hashed())
                            .toList());
        });
    }

    @Test
    void aSilentAccessoryIsWalkedThroughBackwardsWithTheNewestKeysEverySecondTurn() {
        // 52 primary indices within the last 13 hours; 13 fit into a request beside their secondary candidates.
        Accessory accessory =
                accessory(new Alignment(NOW.minus(Duration.ofHours(12).plusMinutes(45)), 1_000));
        KeyCursor newest = new RequestPlanner(16, Duration.ofHours(12).plusMinutes(45)).cursor(accessory, NOW);
        assertThat(newest.parts()).isEqualTo(4);
        assertThat(IntStream.range(0, 10).map(turn -> firstIndex(accessory, newest.onTurn(turn))))
                .containsExactly(1_051, 1_038, 1_051, 1_025, 1_051, 1_012, 1_051, 1_038, 1_051, 1_025);
        KeyCursor one = new RequestPlanner(256, Duration.ofHours(1)).cursor(accessory, NOW);
        assertThat(one.parts()).isEqualTo(1);
        assertThat(IntStream.range(0, 4).map(turn -> firstIndex(accessory, one.onTurn(turn))))
                .containsOnly(1_051);
    }

    @Test
    void aCursorWalksFromTheNewestPartToTheOldestAndEnds() {
        Accessory accessory =
                accessory(new Alignment(NOW.minus(Duration.ofHours(12).plusMinutes(45)), 1_000));
        Optional<KeyCursor> cursor =
                Optional.of(new RequestPlanner(16, Duration.ofHours(12).plusMinutes(45)).cursor(accessory, NOW));
        for (int expected : new int[] {1_051, 1_038, 1_025, 1_012}) {
            assertThat(firstIndex(accessory, cursor.orElseThrow())).isEqualTo(expected);
            cursor = cursor.flatMap(KeyCursor::next);
        }
        assertThat(cursor).isEmpty();
        KeyCursor fixed = planner.cursor(keys(40), NOW);
        assertThat(fixed.parts()).isEqualTo(3);
        assertThat(fixed.groups()).hasSize(16);
        assertThat(fixed.next().flatMap(KeyCursor::next).orElseThrow().groups()).hasSize(8);
    }

    @Test
    void oneTargetMayFillSeveralRequests() {
        List<PlannedKeys<String>> wanted = planner.cursor(keys(16), NOW).groups().stream()
                .map(group -> new PlannedKeys<>("many", List.of(group)))
                .toList();
        FetchPlan<String> plan =
                new RequestPlanner(10, Duration.ofDays(7)).plan(wanted, NOW).orElseThrow();
        assertThat(plan.query().ids()).isEqualTo(10);
        assertThat(plan.included()).containsExactly("many");
        assertThat(plan.leftOver()).isEqualTo(wanted.subList(10, 16));
    }

    @Test
    void aSequenceAsksForAllStaticKeysAndForAnAccessoryUntilItIsFoundOrTheLimit() {
        Instant newest = NOW;
        RequestPlanner narrow = new RequestPlanner(16, Duration.ofHours(12).plusMinutes(45));
        Alignment alignment = new Alignment(NOW.minus(Duration.ofHours(12).plusMinutes(45)), 1_000);
        RequestSequence<String> sequence = new RequestSequence<>(narrow, newest);
        sequence.add("list", narrow.cursor(keys(20), newest), 1);
        sequence.add("found", narrow.cursor(accessory(alignment), newest), 9);
        sequence.add("silent", narrow.cursor(accessory(alignment), newest), 3);
        Map<String, Integer> ids = new HashMap<>();
        for (Optional<FetchPlan<String>> plan = sequence.next(); plan.isPresent(); plan = sequence.next()) {
            assertThat(plan.get().query().ids()).isLessThanOrEqualTo(16);
            plan.get().keys().values().forEach(key -> ids.merge(key.target(), 1, Integer::sum));
            sequence.completed(plan.get(), target -> !target.equals("found") || !ids.containsKey("found"));
        }
        // 13 primary and 2 secondary keys in each part of an accessory's.
        assertThat(ids).isEqualTo(Map.of("list", 20, "found", 15, "silent", 3 * 15));
    }

    @Test
    void aSequenceDropsWhatWaitsForATargetThatNeedsNoMore() {
        RequestSequence<String> sequence = new RequestSequence<>(planner, NOW);
        sequence.add("failed", planner.cursor(keys(40), NOW), 1);
        sequence.completed(sequence.next().orElseThrow(), target -> false);
        assertThat(sequence.next()).isEmpty();
    }

    @Test
    void thereIsNoPlanWithoutKeys() {
        Accessory accessory = accessory(new Alignment(NOW, 0));
        RequestPlanner past = new RequestPlanner(16, Duration.ZERO);
        Instant dayBefore = NOW.minus(Duration.ofDays(1));
        assertThat(past.plan(
                        List.of(new PlannedKeys<>(
                                "bag", past.cursor(accessory, dayBefore).groups())),
                        dayBefore))
                .as("a day before the first key")
                .isPresent();
        assertThat(past.plan(List.of(), NOW)).isEmpty();
        assertThat(past.plan(List.of(new PlannedKeys<>("nothing", List.of())), NOW))
                .isEmpty();
    }

    private static int firstIndex(Accessory accessory, KeyCursor cursor) {
        PrivateTrackerKey first = cursor.groups().get(0).primary().get(0);
        return IntStream.range(1_000, 1_100)
                .filter(index -> accessory.primaryKey(index).equals(first))
                .findFirst()
                .orElseThrow();
    }

    private PlannedKeys<String> turn(String name, TrackerKeys keys, int consecutiveEmpty) {
        return new PlannedKeys<>(
                name, planner.cursor(keys, NOW).onTurn(consecutiveEmpty).groups());
    }

    private static StaticKeys keys(int count) {
        return new StaticKeys(IntStream.range(0, count)
                .mapToObj(number -> PrivateTrackerKey.generate(RANDOM))
                .toList());
    }

    private static Accessory accessory(Alignment alignment) {
        return Accessory.of(
                PrivateTrackerKey.generate(RANDOM),
                new byte[32],
                new byte[32],
                alignment.time().minus(Duration.ofDays(100)),
                Optional.of(alignment));
    }
}
