package org.trackerreports.findmy.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.NaiveP224;
import org.trackerreports.findmy.Vectors;

/** Keys at any index, in any order, from any thread, are those of the chain walked step by step. */
class DerivationTest {

    private static final long SEED = 4_711;
    private static final Instant PAIRED = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void leadingZeroBytesAreKept() {
        for (JsonNode vector : Vectors.get("rolling_accessories")) {
            Accessory accessory = accessory(vector);
            assertThat(vector.get("leading_zero_cases")).isNotEmpty();
            for (JsonNode each : vector.get("leading_zero_cases")) {
                PrivateTrackerKey key = accessory.primaryKey(each.get("index").asInt());
                assertThat(key.secretBytes()).isEqualTo(Vectors.hex(each, "private_key_hex"));
                assertThat(key.advertisementKey().bytes()).isEqualTo(Vectors.hex(each, "adv_key_hex"));
                assertThat(key.hashed().base64())
                        .isEqualTo(each.get("hashed_adv_key_b64").asText());
            }
        }
    }

    private static Accessory accessory(JsonNode vector) {
        return Accessory.of(
                PrivateTrackerKey.of(Vectors.hex(vector, "master_key_hex")),
                Vectors.hex(vector, "skn_hex"),
                Vectors.hex(vector, "sks_hex"),
                PAIRED,
                Optional.empty());
    }

    @Test
    void randomIndicesInRandomOrderEqualTheNaiveChain() {
        Random random = new Random(SEED);
        BigInteger master = new BigInteger(223, random).add(BigInteger.ONE);
        byte[] primary = bytes(random);
        byte[] secondary = bytes(random);
        Accessory accessory = Accessory.of(
                PrivateTrackerKey.of(NaiveP224.bytes(master)), primary, secondary, PAIRED, Optional.empty());
        for (int round = 0; round < 40; round++) {
            int index = random.nextInt(20_000);
            BigInteger expected = NaiveP224.rollingKey(master, primary, index);
            PrivateTrackerKey found = accessory.primaryKey(index);
            assertThat(found.secretBytes())
                    .as("seed %d, round %d, index %d", SEED, round, index)
                    .isEqualTo(NaiveP224.bytes(expected));
            assertThat(found.advertisementKey().bytes())
                    .isEqualTo(NaiveP224.bytes(NaiveP224.publicPoint(expected).x()));
            int day = random.nextInt(2_000);
            assertThat(accessory.secondaryKey(day).secretBytes())
                    .isEqualTo(NaiveP224.bytes(NaiveP224.rollingKey(master, secondary, day)));
        }
    }

    @Test
    void manyThreadsSeeTheSameKeys() throws Exception {
        Accessory shared = accessory(Vectors.get("rolling_accessories").get(0));
        Accessory alone = accessory(Vectors.get("rolling_accessories").get(0));
        List<HashedAdvertisementKey> expected = IntStream.range(3_000, 3_050)
                .mapToObj(index -> alone.primaryKey(index).hashed())
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<List<HashedAdvertisementKey>> derive = () -> IntStream.range(3_000, 3_050)
                    .mapToObj(index -> shared.primaryKey(index).hashed())
                    .toList();
            for (Future<List<HashedAdvertisementKey>> future : threads.invokeAll(
                    IntStream.range(0, 8).mapToObj(number -> derive).toList())) {
                assertThat(future.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aHundredThousandStepsAreWalkedOnceThenServedFromCheckpoints() {
        Accessory accessory = accessory(Vectors.get("rolling_accessories").get(0));
        accessory.primaryKey(100_000);
        long began = System.nanoTime();
        for (int index = 0; index < 100_000; index += 1_000) {
            accessory.primaryKey(index);
        }
        // A hundred walks from the start would be five million steps, which take seconds.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }
}
