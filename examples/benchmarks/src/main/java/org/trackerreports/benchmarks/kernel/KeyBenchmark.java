package org.trackerreports.benchmarks.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.KeyGroup;
import org.trackerreports.findmy.key.PrivateTrackerKey;

/** Makes public keys: those of many static tags, and those of the window in which an accessory is searched. */
@State(Scope.Benchmark)
public class KeyBenchmark {

    private static final int KEYS = 2_000;
    private static final int WINDOW = 290;

    /** An accessory of about a year and a half. */
    private static final int INDEX = 50_000;

    private static final Duration SLOT = Duration.ofMinutes(15);
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    private final Random random = new Random(1);
    private final List<byte[]> scalars =
            IntStream.range(0, KEYS).mapToObj(number -> scalar()).toList();
    private final PrivateTrackerKey master = PrivateTrackerKey.of(scalar());
    private final byte[] primary = bytes(32);
    private final byte[] secondary = bytes(32);

    /** Below 2^223, so below the order, and hardly ever 0. */
    private byte[] scalar() {
        byte[] scalar = bytes(PrivateTrackerKey.BYTES);
        scalar[0] &= 0x7F;
        return scalar;
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The keys of static tags. */
    @Benchmark
    @OperationsPerInvocation(KEYS)
    public List<PrivateTrackerKey> staticKeys() {
        return PrivateTrackerKey.ofAll(scalars);
    }

    /** The newest window of an accessory that was not looked at before: its chain of keys is walked from the start. */
    @Benchmark
    public KeyGroup window() {
        Accessory accessory =
                Accessory.of(master, primary, secondary, NOW.minus(SLOT.multipliedBy(INDEX)), Optional.empty());
        return accessory.keysBetween(NOW.minus(Duration.ofDays(7)), NOW, WINDOW).group(0);
    }
}
