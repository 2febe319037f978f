package org.trackerreports.findmy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.key.KeyWindow;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.report.DecryptionOutcome;
import org.trackerreports.findmy.report.EncryptedReport;
import org.trackerreports.findmy.report.LocationReport;
import org.trackerreports.findmy.report.ReportDecryptor;

/**
 * How fast reports are decrypted and keys made, in one thread, and how soon rolling keys are ready. A timing loop: trust ratios more than values. The
 * module's README says how to run it.
 */
public final class Benchmark {

    private static final int REPORTS = 2_000;
    private static final int KEYS = 20;
    private static final int PASSES = 7;
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final int INDEX = 50_000;
    private static final int ROLLING_KEYS = 290;

    private record Work(List<EncryptedReport> reports, Map<HashedAdvertisementKey, PrivateTrackerKey> keys) {}

    private Benchmark() {}

    public static void main(String[] arguments) {
        Random random = new Random(1);
        Work work = work(random);
        ReportDecryptor decryptor = new ReportDecryptor(Clock.systemUTC());
        measure("reports decrypted, an answer at a time", REPORTS, () -> together(decryptor, work));
        measure("reports decrypted, one by one", REPORTS, () -> oneByOne(decryptor, work));
        List<byte[]> scalars = Stream.generate(() -> NaiveP224.bytes(new BigInteger(223, random).setBit(0)))
                .limit(REPORTS)
                .toList();
        measure("keys made from their scalars, together", REPORTS, () -> PrivateTrackerKey.ofAll(scalars));
        measure("keys made from their scalars, one by one", REPORTS, () -> scalars.forEach(PrivateTrackerKey::of));
        rollingKeys(random);
    }

    private static Work work(Random random) {
        Work work = new Work(new ArrayList<>(), new HashMap<>());
        for (int number = 0; number < KEYS; number++) {
            BigInteger d = new BigInteger(223, random).add(BigInteger.ONE);
            PrivateTrackerKey key = PrivateTrackerKey.of(NaiveP224.bytes(d));
            work.keys().put(key.hashed(), key);
            NaiveP224.Point point = NaiveP224.publicPoint(d);
            for (int report = 0; report < REPORTS / KEYS; report++) {
                byte[] plain = ByteBuffer.allocate(10)
                        .putInt(random.nextInt(900_000_000))
                        .putInt(random.nextInt(1_800_000_000))
                        .putShort((short) 0x0A00)
                        .array();
                byte[] payload = NaiveP224.encrypt(point, 788_961_600L + report, 2, plain, report % 2 == 0, random);
                work.reports().add(new EncryptedReport(key.hashed(), payload));
            }
        }
        return work;
    }

    private static void measure(String what, int count, Runnable pass) {
        long end = System.nanoTime() + WARM_UP.toNanos();
        while (System.nanoTime() < end) {
            pass.run();
        }
        double[] perSecond = new double[PASSES];
        for (int number = 0; number < PASSES; number++) {
            perSecond[number] = count / seconds(pass);
        }
        Arrays.sort(perSecond);
        System.out.printf(
                "%s: %,.0f/s in one thread (median of %d passes, %,.0f to %,.0f)%n",
                what, perSecond[PASSES / 2], PASSES, perSecond[0], perSecond[PASSES - 1]);
    }

    private static void together(ReportDecryptor decryptor, Work work) {
        decryptor.decryptAll(work.reports(), work.keys()::get).forEach(Benchmark::check);
    }

    private static void oneByOne(ReportDecryptor decryptor, Work work) {
        work.reports()
                .forEach(report -> check(decryptor.decrypt(report, work.keys().get(report.key()))));
    }

    private static void check(DecryptionOutcome outcome) {
        if (!(outcome instanceof LocationReport)) {
            throw new IllegalStateException("a report was not decrypted");
        }
    }

    private static void rollingKeys(Random random) {
        byte[] primary = new byte[32];
        byte[] secondary = new byte[32];
        random.nextBytes(primary);
        random.nextBytes(secondary);
        PrivateTrackerKey master = PrivateTrackerKey.of(NaiveP224.bytes(new BigInteger(223, random)));
        Instant now = Instant.parse("2026-11-01T00:00:00Z");
        Instant paired = now.minus(Duration.ofMinutes(15L * INDEX));
        double[] ready = new double[PASSES];
        double first = 0;
        for (int number = 0; number < PASSES; number++) {
            Accessory accessory = Accessory.of(master, primary, secondary, paired, Optional.empty());
            first = seconds(() -> accessory.primaryKey(INDEX));
            // Another week's window: the chain is walked, but none of these keys was derived before.
            Instant then = now.minus(Duration.ofDays(7));
            ready[number] = seconds(() -> {
                KeyWindow window = accessory.keysBetween(then.minus(Duration.ofDays(4)), then, ROLLING_KEYS);
                window.group(0);
            });
        }
        Arrays.sort(ready);
        System.out.printf(
                "rolling keys: first key at index %,d after %.0f ms; then %d keys ready in %.0f ms (median)%n",
                INDEX, first * 1_000, ROLLING_KEYS, ready[PASSES / 2] * 1_000);
    }

    private static double seconds(Runnable task) {
        long began = System.nanoTime();
        task.run();
        return (System.nanoTime() - began) / 1e9;
    }
}
