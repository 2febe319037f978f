package org.trackerreports.findmy.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.NaiveP224;
import org.trackerreports.findmy.key.PrivateTrackerKey;

/** Reports encrypted by schoolbook arithmetic are decrypted to what went in. */
class RoundTripTest {

    private static final long SEED = 20_261_123;
    private static final int POLE = 900_000_000;
    private static final int DATE_LINE = 1_800_000_000;
    private static final ReportDecryptor DECRYPTOR =
            new ReportDecryptor(Clock.fixed(Instant.parse("2140-01-01T00:00:00Z"), ZoneOffset.UTC));

    @Test
    void everyCornerOfTheWorldComesBackExactly() {
        List<int[]> places = new ArrayList<>();
        for (int latitude : new int[] {-POLE, -POLE + 1, -1, 0, 1, POLE - 1, POLE}) {
            for (int longitude : new int[] {-DATE_LINE, -DATE_LINE + 1, -1, 0, 1, DATE_LINE - 1, DATE_LINE}) {
                places.add(new int[] {latitude, longitude});
            }
        }
        Random random = new Random(SEED);
        for (int round = 0; round < 60; round++) {
            places.add(new int[] {random.nextInt(2 * POLE + 1) - POLE, random.nextInt() % DATE_LINE});
        }
        for (int round = 0; round < places.size(); round++) {
            assertComesBack(places.get(round)[0], places.get(round)[1], random, round);
        }
    }

    private static void assertComesBack(int latitudeE7, int longitudeE7, Random random, int round) {
        BigInteger d = new BigInteger(223, random).add(BigInteger.ONE);
        int accuracy = random.nextInt(256);
        int status = random.nextInt(256);
        int confidence = random.nextInt(256);
        long seconds = Integer.toUnsignedLong(random.nextInt());
        byte[] plain = ByteBuffer.allocate(10)
                .putInt(latitudeE7)
                .putInt(longitudeE7)
                .put((byte) accuracy)
                .put((byte) status)
                .array();
        byte[] payload =
                NaiveP224.encrypt(NaiveP224.publicPoint(d), seconds, confidence, plain, random.nextBoolean(), random);
        PrivateTrackerKey key = PrivateTrackerKey.of(NaiveP224.bytes(d));

        DecryptionOutcome outcome = DECRYPTOR.decrypt(new EncryptedReport(key.hashed(), payload), key);

        assertThat(outcome)
                .as("seed %d, round %d", SEED, round)
                .isInstanceOfSatisfying(LocationReport.class, report -> {
                    assertThat(Math.round(report.latitude() * 1e7)).isEqualTo(latitudeE7);
                    assertThat(Math.round(report.longitude() * 1e7)).isEqualTo(longitudeE7);
                    assertThat(report.horizontalAccuracy()).isEqualTo(accuracy);
                    assertThat(report.status()).isEqualTo(status);
                    assertThat(report.confidence()).isEqualTo(confidence);
                    assertThat(report.timestamp().getEpochSecond()).isEqualTo(978_307_200L + seconds);
                    assertThat(report.flags().contains(ReportFlag.NULL_ISLAND))
                            .isEqualTo(latitudeE7 == 0 && longitudeE7 == 0);
                    assertThat(report.flags()).doesNotContain(ReportFlag.COORDINATES_OUT_OF_RANGE, ReportFlag.FUTURE);
                });
    }

    @Test
    void placesThatDoNotExistAreMarkedAndKept() {
        Random random = new Random(SEED);
        BigInteger d = new BigInteger(223, random).add(BigInteger.ONE);
        PrivateTrackerKey key = PrivateTrackerKey.of(NaiveP224.bytes(d));
        for (int[] place : new int[][] {
            {POLE + 1, 0},
            {-POLE - 1, 0},
            {0, DATE_LINE + 1},
            {0, -DATE_LINE - 1},
            {Integer.MAX_VALUE, Integer.MIN_VALUE}
        }) {
            byte[] plain = ByteBuffer.allocate(10)
                    .putInt(place[0])
                    .putInt(place[1])
                    .putShort((short) 0)
                    .array();
            byte[] payload = NaiveP224.encrypt(NaiveP224.publicPoint(d), 1, 1, plain, false, random);
            DecryptionOutcome outcome = DECRYPTOR.decrypt(new EncryptedReport(key.hashed(), payload), key);
            assertThat(((LocationReport) outcome).flags()).containsExactly(ReportFlag.COORDINATES_OUT_OF_RANGE);
        }
    }
}
