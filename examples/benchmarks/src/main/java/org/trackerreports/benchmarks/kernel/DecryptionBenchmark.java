package org.trackerreports.benchmarks.kernel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.report.DecryptionOutcome;
import org.trackerreports.findmy.report.EncryptedReport;
import org.trackerreports.findmy.report.LocationReport;
import org.trackerreports.findmy.report.ReportDecryptor;
import org.trackerreports.simulator.world.Finders;
import org.trackerreports.simulator.world.GeneratedTag;
import org.trackerreports.simulator.world.TagSpec;
import org.trackerreports.simulator.world.World;

/** Decrypts an answer of 2,000 reports for 20 keys, as the service gives them. */
@State(Scope.Benchmark)
public class DecryptionBenchmark {

    private static final int REPORTS = 2_000;
    private static final int KEYS = 20;
    private static final long SEED = 1;

    private final ReportDecryptor decryptor = new ReportDecryptor(Clock.systemUTC());
    private final List<EncryptedReport> reports = new ArrayList<>();
    private final Map<HashedAdvertisementKey, PrivateTrackerKey> keys = new HashMap<>();

    /** Makes the reports, with the simulator. */
    @Setup
    public void make() {
        Instant now = Clock.systemUTC().instant();
        World world = new World(SEED);
        Finders finders = Finders.every(Duration.ofMinutes(1)).withDelay(Duration.ZERO, Duration.ZERO);
        for (GeneratedTag tag : GeneratedTag.make(SEED, KEYS)) {
            TagSpec spec = tag.spec();
            world.addTag(TagSpec.of(spec.name(), spec.keys(), spec.route(), finders));
            PrivateTrackerKey key = PrivateTrackerKey.of(tag.privateKey());
            keys.put(key.hashed(), key);
            world.newestReports(tag.hashedKey(), now, REPORTS / KEYS)
                    .forEach(report -> reports.add(new EncryptedReport(key.hashed(), report.payload())));
        }
        if (reports.size() != REPORTS) {
            throw new IllegalStateException("expected " + REPORTS + " reports, found " + reports.size());
        }
    }

    /** Decrypts all. */
    @Benchmark
    @OperationsPerInvocation(REPORTS)
    public List<DecryptionOutcome> answer() {
        List<DecryptionOutcome> outcomes = decryptor.decryptAll(reports, keys::get);
        if (!(outcomes.get(REPORTS - 1) instanceof LocationReport)) {
            throw new IllegalStateException("a report was not decrypted: " + outcomes.get(REPORTS - 1));
        }
        return outcomes;
    }
}
