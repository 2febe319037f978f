package org.trackerreports.fetcher.daemon;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trackerreports.core.pipeline.FetchTarget;
import org.trackerreports.core.pipeline.ReportWriter.Written;
import org.trackerreports.findmy.fetch.FetchOutcome.Answered;
import org.trackerreports.findmy.fetch.FetchPlan;
import org.trackerreports.findmy.fetch.RequestPlanner;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.report.EncryptedReport;
import org.trackerreports.queue.Lease;
import org.trackerreports.queue.WorkerId;

/** Trackers, their leases, requests for them and answers, for tests of the daemon. */
final class Requests {

    static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    static final WorkerId WORKER = new WorkerId("1-a");
    static final RequestPlanner PLANNER = new RequestPlanner(256, Duration.ofDays(7));
    static final Written WRITTEN = new Written(1, 1, 0, 0, 0, Map.of(), List.of());

    private static final int PAYLOAD_BYTES = 88;
    private static final long EPOCH_2001 = 978_307_200L;

    private Requests() {}

    /** A tracker with one key. */
    static FetchTarget target(long id, int consecutiveEmpty) {
        return new FetchTarget(
                id,
                "tracker " + id,
                new StaticKeys(List.of(PrivateTrackerKey.generate(new SecureRandom()))),
                consecutiveEmpty);
    }

    static Lease lease(FetchTarget target) {
        return lease(target.trackerId(), target.consecutiveEmpty());
    }

    static Lease lease(long id, int consecutiveEmpty) {
        return new Lease(Long.toString(id), WORKER, 1, NOW.plusSeconds(600), NOW, 1, 0, consecutiveEmpty, 1);
    }

    static FetchPlan<FetchTarget> plan(List<FetchTarget> targets) {
        return PLANNER.plan(
                        targets.stream()
                                .map(target -> target.planned(PLANNER, NOW))
                                .toList(),
                        NOW)
                .orElseThrow();
    }

    /** An answer with one report of each of these trackers. */
    static Answered answer(List<FetchTarget> targets) {
        Map<HashedAdvertisementKey, List<EncryptedReport>> reports = new HashMap<>();
        for (FetchTarget target : targets) {
            HashedAdvertisementKey key = key(target);
            reports.put(key, List.of(report(key)));
        }
        return new Answered(reports, 0);
    }

    static HashedAdvertisementKey key(FetchTarget target) {
        return ((StaticKeys) target.keys()).keys().get(0).hashed();
    }

    static EncryptedReport report(HashedAdvertisementKey key) {
        ByteBuffer payload = ByteBuffer.allocate(PAYLOAD_BYTES);
        payload.putInt((int) (NOW.minusSeconds(60).getEpochSecond() - EPOCH_2001));
        return new EncryptedReport(key, payload.array());
    }
}
