package org.trackerreports.findmy.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.NaiveP224;
import org.trackerreports.findmy.Vectors;
import org.trackerreports.findmy.internal.Digests;

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
        AtomicInteger steps = new AtomicInteger();
        PrivateTrackerKey master = PrivateTrackerKey.of(NaiveP224.bytes(BigInteger.TWO));
        RollingChain chain = new RollingChain(master, new byte[32], secret -> {
            steps.incrementAndGet();
            return Digests.x963(secret, "update".getBytes(StandardCharsets.US_ASCII), 32);
        });
        chain.key(100_000);
        assertThat(steps.getAndSet(0)).isEqualTo(100_000);
        for (int index = 0; index < 100_000; index += 1_000) {
            chain.key(index);
        }
        // A hundred walks from the start would be five million steps; from a checkpoint each takes fewer than 256.
        assertThat(steps).hasValueLessThan(100 * 256);
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }
}
