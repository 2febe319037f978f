package org.trackerreports.findmy.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trackerreports.findmy.Vectors;

class AccessoryTest {

    private static final Instant PAIRED = Instant.parse("2026-01-01T12:00:00Z");

    static Stream<JsonNode> accessories() {
        return Vectors.each(Vectors.get("rolling_accessories"));
    }

    @ParameterizedTest
    @MethodSource("accessories")
    void derivesTheKeysOfBothChains(JsonNode vector) {
        Accessory accessory = accessory(vector, Optional.empty());
        compare(vector.get("primary"), accessory::primaryKey);
        compare(vector.get("secondary"), accessory::secondaryKey);
    }

    private static void compare(JsonNode expected, IntFunction<PrivateTrackerKey> chain) {
        assertThat(expected).isNotEmpty();
        for (JsonNode each : expected) {
            PrivateTrackerKey key = chain.apply(each.get("index").asInt());
            assertThat(key.hashed().base64())
                    .as("index %s", each.get("index"))
                    .isEqualTo(each.get("hashed_adv_key_b64").asText());
            assertThat(key.secretBytes()).isEqualTo(Vectors.hex(each, "private_key_hex"));
        }
    }

    @ParameterizedTest
    @MethodSource("accessories")
    void asksForThePrimaryKeyAndItsTwoSecondaryCandidates(JsonNode vector) {
        assertThat(vector.get("candidate_sets_at_primary_index")).isNotEmpty();
        for (JsonNode each : vector.get("candidate_sets_at_primary_index")) {
            int index = each.get("primary_index").asInt();
            Accessory accessory = accessory(vector, Optional.of(new Alignment(PAIRED, index)));
            KeyGroup group = accessory.keysBetween(PAIRED, PAIRED, 256).group(0);
            Set<String> expected = texts(each.get("secondary_ids"));
            expected.add(each.get("primary_id").asText());
            assertThat(hashes(group)).as("primary index %d", index).isEqualTo(expected);
        }
    }

    static Stream<JsonNode> alignments() {
        return Vectors.each(Vectors.get("alignment"));
    }

    @ParameterizedTest
    @MethodSource("alignments")
    void boundsTheIndexByTheClock(JsonNode vector) {
        Alignment alignment = new Alignment(
                Instant.parse(vector.get("alignment_date").asText()),
                vector.get("alignment_index").asInt());
        Instant at = Instant.parse(vector.get("at").asText());
        assertThat(alignment.minIndexAt(at)).isEqualTo(vector.get("min_index").asLong());
        assertThat(alignment.maxIndexAt(at)).isEqualTo(vector.get("max_index").asLong());
    }

    @Test
    void coversTheWholeWindowNewestFirstInGroupsWithinTheLimit() {
        // Seven days after index 10,000 was seen: indices 10,000 … 10,672 are possible now, and from 10,000 − 0 a week
        // ago.
        Accessory accessory = anyAccessory(Optional.of(new Alignment(PAIRED, 10_000)));
        Instant now = PAIRED.plus(Duration.ofDays(7));
        KeyWindow window = accessory.keysBetween(PAIRED, now, 256);

        List<HashedAdvertisementKey> primaries = new ArrayList<>();
        Set<HashedAdvertisementKey> secondaries = new HashSet<>();
        for (int number = 0; number < window.groups(); number++) {
            KeyGroup group = window.group(number);
            assertThat(group.size()).isLessThanOrEqualTo(256);
            group.primary().forEach(key -> primaries.add(key.hashed()));
            group.secondary().forEach(key -> secondaries.add(key.hashed()));
        }

        List<HashedAdvertisementKey> expected = new ArrayList<>();
        for (int index = 10_672; index >= 10_000; index--) {
            expected.add(accessory.primaryKey(index).hashed());
        }
        assertThat(primaries).isEqualTo(expected);
        // ⌊10,000/96⌋ + 1 = 105 … ⌊10,672/96⌋ + 2 = 113
        Set<HashedAdvertisementKey> expectedSecondaries = new HashSet<>();
        for (int index = 105; index <= 113; index++) {
            expectedSecondaries.add(accessory.secondaryKey(index).hashed());
        }
        assertThat(secondaries).isEqualTo(expectedSecondaries);
    }

    @Test
    void hasNoKeysBeforeItsFirst() {
        Accessory accessory = anyAccessory(Optional.empty());
        KeyWindow window = accessory.keysBetween(PAIRED.minus(Duration.ofDays(7)), PAIRED, 256);
        assertThat(window.groups()).isEqualTo(1);
        assertThat(window.group(0).primary()).containsExactly(accessory.primaryKey(0));
    }

    @Test
    void aPrimarySightingMovesTheAlignmentForwardOnly() {
        Accessory accessory = anyAccessory(Optional.of(new Alignment(PAIRED, 1_000)));
        HashedAdvertisementKey later = accessory.primaryKey(1_010).hashed();
        HashedAdvertisementKey earlier = accessory.primaryKey(999).hashed();
        Instant hourLater = PAIRED.plus(Duration.ofHours(3));

        assertThat(accessory.alignmentAfter(later, hourLater)).contains(new Alignment(hourLater, 1_010));
        assertThat(accessory.alignmentAfter(earlier, hourLater)).isEmpty();
        assertThat(accessory.alignmentAfter(later, PAIRED.minusSeconds(1))).isEmpty();
    }

    @Test
    void aSecondarySightingMovesTheAlignmentAsFarAsClockAndKeyAllow() {
        Accessory accessory = anyAccessory(Optional.of(new Alignment(PAIRED, 960)));
        // Secondary 12 stands for primary indices 960 … 1151; two hours allow at most 960 + 8.
        HashedAdvertisementKey secondary = accessory.secondaryKey(12).hashed();
        Instant twoHoursLater = PAIRED.plus(Duration.ofHours(2));
        assertThat(accessory.alignmentAfter(secondary, twoHoursLater)).contains(new Alignment(twoHoursLater, 968));
        // After three days the clock would allow more than the key does.
        Instant threeDaysLater = PAIRED.plus(Duration.ofDays(3));
        assertThat(accessory.alignmentAfter(secondary, threeDaysLater)).contains(new Alignment(threeDaysLater, 1_151));
    }

    @Test
    void sightingsMoveTheAlignmentToTheSamePlaceInAnyOrder() {
        Accessory accessory = anyAccessory(Optional.of(new Alignment(PAIRED, 960)));
        Instant twoHoursLater = PAIRED.plus(Duration.ofHours(2));
        Instant threeHoursLater = PAIRED.plus(Duration.ofHours(3));
        List<KeySighting> sightings = List.of(
                new KeySighting(accessory.primaryKey(963).hashed(), PAIRED.plus(Duration.ofHours(1))),
                new KeySighting(accessory.secondaryKey(12).hashed(), twoHoursLater),
                new KeySighting(accessory.primaryKey(965).hashed(), twoHoursLater),
                new KeySighting(accessory.primaryKey(966).hashed(), threeHoursLater),
                new KeySighting(PrivateTrackerKey.generate(new SecureRandom()).hashed(), threeHoursLater));
        List<KeySighting> shuffled = new ArrayList<>(sightings);
        for (long seed = 0; seed < 50; seed++) {
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(accessory.alignedBy(shuffled).alignment())
                    .as("seed %d", seed)
                    .isEqualTo(new Alignment(threeHoursLater, 966));
        }
    }

    @Test
    void sightingsThatMoveNothingLeaveTheAccessoryAsItIs() {
        Accessory accessory = anyAccessory(Optional.of(new Alignment(PAIRED, 1_000)));
        assertThat(accessory.alignedBy(List.of())).isSameAs(accessory);
        assertThat(accessory.alignedBy(
                        List.of(new KeySighting(accessory.primaryKey(999).hashed(), PAIRED.plusSeconds(60)))))
                .isSameAs(accessory);
    }

    @Test
    void farIndicesAgreeWithTheChainWalkedStepByStep() {
        Accessory jumped = anyAccessory(Optional.empty());
        PrivateTrackerKey far = jumped.primaryKey(2_000);
        Accessory walked = anyAccessory(Optional.empty());
        for (int index = 0; index < 2_000; index += 50) {
            walked.primaryKey(index);
        }
        assertThat(walked.primaryKey(2_000)).isEqualTo(far);
    }

    private static Accessory anyAccessory(Optional<Alignment> alignment) {
        return accessory(Vectors.get("rolling_accessories").get(0), alignment);
    }

    private static Accessory accessory(JsonNode vector, Optional<Alignment> alignment) {
        return Accessory.of(
                PrivateTrackerKey.of(Vectors.hex(vector, "master_key_hex")),
                Vectors.hex(vector, "skn_hex"),
                Vectors.hex(vector, "sks_hex"),
                PAIRED,
                alignment);
    }

    private static Set<String> hashes(KeyGroup group) {
        Set<String> hashes = new HashSet<>();
        group.primary().forEach(key -> hashes.add(key.hashed().base64()));
        group.secondary().forEach(key -> hashes.add(key.hashed().base64()));
        return hashes;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new HashSet<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
