package org.trackerreports.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.Alignment;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;

class FetchPlannerTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final FetchPlanner planner = new FetchPlanner(16, Duration.ofDays(7));

    @Test
    void eachStaticKeyGetsAnEntryOfItsOwn() {
        FetchTarget one = target(1, keys(1), 0);
        FetchTarget three = target(2, keys(3), 0);
        FetchPlan plan = planner.plan(List.of(one, three), NOW).orElseThrow();
        assertThat(plan.query().entries()).hasSize(4).allSatisfy(entry -> {
            assertThat(entry.primaryIds()).hasSize(1);
            assertThat(entry.secondaryIds()).isEmpty();
        });
        assertThat(plan.included()).containsExactly(one, three);
        assertThat(plan.leftOver()).isEmpty();
        assertThat(plan.query().from()).isEqualTo(NOW.minus(Duration.ofDays(7)));
        ((StaticKeys) three.keys())
                .keys()
                .forEach(key ->
                        assertThat(plan.keys().get(key.hashed()).target()).isEqualTo(three));
    }

    @Test
    void whatDoesNotFitIsLeftOverAndSmallerOnesBehindItMayStillFit() {
        FetchTarget ten = target(1, keys(10), 0);
        FetchTarget eight = target(2, keys(8), 0);
        FetchTarget six = target(3, keys(6), 0);
        FetchPlan plan = planner.plan(List.of(ten, eight, six), NOW).orElseThrow();
        assertThat(plan.included()).containsExactly(ten, six);
        assertThat(plan.leftOver()).containsExactly(eight);
        assertThat(plan.query().ids()).isEqualTo(16);
    }

    @Test
    void aKeyListBeyondTheLimitIsAskedForInPartsTurnByTurn() {
        StaticKeys keys = keys(40);
        Set<HashedAdvertisementKey> asked = new HashSet<>();
        for (int turn = 0; turn < 3; turn++) {
            FetchPlan plan = planner.plan(List.of(target(1, keys, turn)), NOW).orElseThrow();
            assertThat(plan.query().ids()).isLessThanOrEqualTo(16);
            asked.addAll(plan.keys().keySet());
        }
        assertThat(asked).hasSize(40);
    }

    @Test
    void anAccessoryIsOneEntryWithItsSecondaryCandidates() {
        Accessory accessory = accessory(new Alignment(NOW.minus(Duration.ofMinutes(45)), 1_000));
        FetchPlan plan = new FetchPlanner(256, Duration.ofMinutes(45))
                .plan(List.of(target(1, accessory, 0)), NOW)
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
        assertThat(IntStream.range(0, 10).map(turn -> FetchPlanner.part(turn, 4)))
                .containsExactly(0, 1, 0, 2, 0, 3, 0, 1, 0, 2);
        assertThat(IntStream.range(0, 4).map(turn -> FetchPlanner.part(turn, 1)))
                .containsOnly(0);
    }

    @Test
    void thereIsNoPlanWithoutKeys() {
        Accessory accessory = accessory(new Alignment(NOW, 0));
        FetchPlanner past = new FetchPlanner(16, Duration.ZERO);
        assertThat(past.plan(List.of(target(1, accessory, 0)), NOW.minus(Duration.ofDays(1))))
                .as("a day before the first key")
                .isPresent();
        assertThat(past.plan(List.of(), NOW)).isEqualTo(Optional.empty());
    }

    private static FetchTarget target(long id, org.trackerreports.findmy.key.TrackerKeys keys, int emptyTurns) {
        return new FetchTarget(id, "tracker-" + id, keys, emptyTurns);
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
