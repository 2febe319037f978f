package org.trackerreports.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.data.Offset;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.junit.jupiter.api.Test;

class WorldTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Position BERLIN = Position.ofDegrees(52.52, 13.405);

    private final World world = new World(7);

    private static byte[] key(int number) {
        return CustomNamedCurves.getByName("secp224r1")
                .getG()
                .multiply(BigInteger.valueOf(number + 1000L))
                .normalize()
                .getAffineXCoord()
                .getEncoded();
    }

    private static TagSpec tag(String name, KeySchedule keys) {
        return TagSpec.of(name, keys, Route.stayingAt(BERLIN), Finders.every(Duration.ofMinutes(10)));
    }

    @Test
    void thereIsOneSightingInEachIntervalWithinItsRanges() {
        world.addTag(tag("bike", KeySchedule.fixed(key(1))).withStatus(0x50));
        List<Sighting> day = world.truth("bike", START, START.plus(Duration.ofDays(1)));
        assertThat(day).hasSize(144);
        for (int i = 0; i < day.size(); i++) {
            Sighting s = day.get(i);
            assertThat(s.time()).isBetween(START.plusSeconds(600L * i), START.plusSeconds(600L * i + 599));
            assertThat(s.horizontalAccuracy()).isBetween(5, 120);
            assertThat(s.confidence()).isBetween(1, 3);
            assertThat(s.status()).isEqualTo(0x50);
            assertThat(Duration.between(s.time(), s.uploadedAt()))
                    .isBetween(Duration.ofMinutes(1), Duration.ofMinutes(20));
            assertThat(s.latitudeE7()).isEqualTo(525_200_000);
            assertThat(s.longitudeE7()).isEqualTo(134_050_000);
        }
        assertThat(day).extracting(Sighting::confidence).contains(1, 2, 3);
    }

    @Test
    void whatIsVisibleIsTheTruthThatWasUploadedAndKept() {
        // Seldom, because each report of a week is encrypted in each round.
        Finders everyHalfHour = Finders.every(Duration.ofMinutes(30));
        world.addTag(TagSpec.of("bike", KeySchedule.fixed(key(1)), Route.stayingAt(BERLIN), everyHalfHour));
        String id = AdvertisedKeys.hash(key(1));
        for (int minute = 0; minute < 300; minute += 7) {
            Instant at = START.plus(Duration.ofMinutes(minute));
            List<Sighting> expected = new ArrayList<>(world.truth("bike", at.minus(World.RETENTION), at));
            expected.removeIf(s -> s.uploadedAt().isAfter(at));
            expected.sort(Comparator.comparing(Sighting::time).reversed());
            assertThat(world.newestVisible("bike", at)).hasValue(expected.get(0));
            assertThat(world.newestReports(id, at, Integer.MAX_VALUE))
                    .extracting(EncryptedReport::sighting)
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void whatIsPreparedIsWhatWouldBeMadeAnyway() {
        World prepared = new World(7);
        world.addTag(tag("bike", KeySchedule.fixed(key(1))));
        prepared.addTag(tag("bike", KeySchedule.fixed(key(1))));
        prepared.prepare(START, 3);
        String id = AdvertisedKeys.hash(key(1));
        Instant later = START.plus(Duration.ofMinutes(40));

        List<EncryptedReport> given = prepared.newestReports(id, START, 3);
        assertThat(given).hasSize(3);
        for (Instant at : List.of(START, later)) {
            assertThat(prepared.newestReports(id, at, 5))
                    .extracting(EncryptedReport::payload)
                    .containsExactlyElementsOf(world.newestReports(id, at, 5).stream()
                            .map(EncryptedReport::payload)
                            .toList());
        }
        prepared.prepare(START, 3);
        List<EncryptedReport> kept = prepared.newestReports(id, START, 3);
        assertThat(prepared.newestReports(id, START, 3))
                .usingElementComparator((one, other) -> one == other ? 0 : 1)
                .containsExactlyElementsOf(kept);
    }

    @Test
    void aListOfKeysTakesTurns() {
        List<byte[]> keys = List.of(key(1), key(2), key(3));
        world.addTag(tag("cycling", KeySchedule.cycling(keys, Duration.ofHours(1))));
        List<Sighting> day = world.truth("cycling", START, START.plus(Duration.ofDays(1)));
        for (Sighting s : day) {
            byte[] expected = keys.get((int) (s.time().getEpochSecond() / 3600 % 3));
            assertThat(s.hashedKey()).isEqualTo(AdvertisedKeys.hash(expected));
        }
        Instant at = START.plus(Duration.ofDays(1));
        for (byte[] key : keys) {
            String id = AdvertisedKeys.hash(key);
            assertThat(world.newestReports(id, at, 1000))
                    .isNotEmpty()
                    .allMatch(r -> r.sighting().hashedKey().equals(id));
        }
    }

    @Test
    void aRollingTagIsSeenUnderTheKeysOfItsWindowsAndIsSilentOutside() {
        List<KeySchedule.KeyWindow> windows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            windows.add(new KeySchedule.KeyWindow(
                    START.plus(Duration.ofMinutes(15L * i)), START.plus(Duration.ofMinutes(15L * i + 15)), key(i)));
        }
        windows.add(
                new KeySchedule.KeyWindow(START.plus(Duration.ofHours(12)), START.plus(Duration.ofHours(13)), key(0)));
        world.addTag(tag("rolling", KeySchedule.windows(windows)));
        List<Sighting> day = world.truth("rolling", START, START.plus(Duration.ofDays(1)));
        assertThat(day).hasSize(66);
        for (Sighting s : day) {
            long minute = Duration.between(START, s.time()).toMinutes();
            assertThat(minute < 600 || minute >= 720 && minute < 780).isTrue();
            int index = minute < 600 ? (int) (minute / 15) : 0;
            assertThat(s.hashedKey()).isEqualTo(AdvertisedKeys.hash(key(index)));
        }
        List<EncryptedReport> ofFirst =
                world.newestReports(AdvertisedKeys.hash(key(0)), START.plus(Duration.ofDays(1)), 1000);
        assertThat(ofFirst)
                .extracting(EncryptedReport::sighting)
                .containsExactlyInAnyOrderElementsOf(day.stream()
                        .filter(s -> s.hashedKey().equals(AdvertisedKeys.hash(key(0))))
                        .toList());
        assertThatThrownBy(() -> KeySchedule.windows(List.of(windows.get(1), windows.get(0))))
                .hasMessageContaining("begins before");
    }

    @Test
    void sightingsCanBeAddedByHand() {
        world.addTag(tag("lost", KeySchedule.fixed(key(1))).unseen());
        String id = AdvertisedKeys.hash(key(1));
        Instant at = START.plus(Duration.ofHours(1));
        assertThat(world.newestVisible("lost", at)).isEmpty();
        Sighting south = new Sighting(id, START, -338_688_197, 1_512_092_955, 12, 2, 0, START.plusSeconds(60));
        Sighting sameSecond = new Sighting(id, START, -338_688_197, -1_512_092_955, 13, 3, 0xc0, START.plusSeconds(50));
        Sighting late = new Sighting(id, START.plusSeconds(1), 1, 1, 12, 2, 0, at.plusSeconds(1));
        world.addSighting("lost", late);
        world.addSighting("lost", south);
        world.addSighting("lost", sameSecond);
        assertThat(world.newestReports(id, at, 10))
                .extracting(EncryptedReport::sighting)
                .containsExactly(south, sameSecond);
        assertThat(world.newestVisible("lost", at.plusSeconds(1))).hasValue(late);
        assertThat(world.newestVisible("lost", START.plus(World.RETENTION).plusSeconds(2)))
                .isEmpty();
        assertThatThrownBy(() -> world.addSighting("lost", new Sighting("?", START, 1, 1, 1, 1, 1, START)))
                .hasMessageContaining("not a key of tag");
    }

    @Test
    void namesAndKeysAreUniqueAndFreeAgainAfterRemoval() {
        world.addTag(tag("one", KeySchedule.fixed(key(1))));
        assertThatThrownBy(() -> world.addTag(tag("one", KeySchedule.fixed(key(2)))))
                .hasMessageContaining("already a tag named one");
        assertThatThrownBy(() -> world.addTag(tag("two", KeySchedule.fixed(key(1)))))
                .hasMessageContaining("already belongs to tag one");
        assertThat(world.tagNames()).containsExactly("one");
        assertThat(world.removeTag("one")).isTrue();
        assertThat(world.removeTag("one")).isFalse();
        world.addTag(tag("two", KeySchedule.fixed(key(1))));
        assertThat(world.size()).isEqualTo(1);
        assertThatThrownBy(() -> world.truth("one", START, START)).hasMessageContaining("no tag named one");
    }

    @Test
    void aRouteGoesToAndFroAcrossTheDateLine() {
        Position west = Position.ofDegrees(0, 179.9);
        Position east = Position.ofDegrees(0, -179.9);
        // 0.2 degrees of the equator on a sphere of 6,371 km
        double metres = 2 * Math.PI * 6_371_000 * 0.2 / 360;
        Route route = Route.along(List.of(west, east), START, metres / 100);
        assertThat(route.at(START.minusSeconds(5))).isEqualTo(west);
        assertThat(route.at(START.plusSeconds(25)).longitudeE7()).isCloseTo(1_799_500_000, within());
        assertThat(Math.abs(route.at(START.plusSeconds(50)).longitudeE7())).isCloseTo(1_800_000_000, within());
        assertThat(route.at(START.plusSeconds(75)).longitudeE7()).isCloseTo(-1_799_500_000, within());
        assertThat(route.at(START.plusSeconds(175)).longitudeE7()).isCloseTo(1_799_500_000, within());
        assertThat(route.at(START.plusSeconds(200)).longitudeE7()).isCloseTo(1_799_000_000, within());
    }

    private static Offset<Integer> within() {
        return Offset.offset(20);
    }

    @Test
    void neverShowsCoordinatesAsText() {
        world.addTag(tag("bike", KeySchedule.fixed(key(1))));
        assertThat(world.newestVisible("bike", START).orElseThrow().toString())
                .doesNotContain("525200000", HexFormat.of().formatHex(key(1)));
        assertThat(BERLIN.toString()).doesNotContain("5252");
    }
}
