package org.trackerreports.fetcher.spool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.trackerreports.core.pipeline.FetchTarget;
import org.trackerreports.findmy.fetch.FetchOutcome.Answered;
import org.trackerreports.findmy.fetch.FetchPlan;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.Alignment;
import org.trackerreports.findmy.report.EncryptedReport;

/**
 * An answer on disk: the encrypted reports, and what is needed to find their private keys in the store.
 *
 * @param account the alias of the account that asked
 * @param from the begin of the time for which reports were requested
 * @param to its end
 * @param receivedAt when the answer was received
 * @param trackers the trackers with reports
 * @param withoutReports the ids of the other trackers that the answer is for
 */
public record SpooledAnswer(
        String account,
        Instant from,
        Instant to,
        Instant receivedAt,
        List<TrackerAnswer> trackers,
        List<Long> withoutReports) {

    /**
     * The reports of one tracker.
     *
     * @param trackerId its id in the store
     * @param alignment of an accessory, as it was when the request was made: its keys are searched around it
     */
    public record TrackerAnswer(long trackerId, Optional<Alignment> alignment, List<EncryptedReport> reports) {

        public TrackerAnswer {
            reports = List.copyOf(reports);
        }
    }

    public SpooledAnswer {
        trackers = List.copyOf(trackers);
        withoutReports = List.copyOf(withoutReports);
    }

    /** The ids of all trackers that the answer is for. */
    public List<Long> answered() {
        return Stream.concat(trackers.stream().map(TrackerAnswer::trackerId), withoutReports.stream())
                .toList();
    }

    /** Creates the form of an answer that is kept on disk. */
    public static SpooledAnswer of(String account, FetchPlan<FetchTarget> plan, Answered answer, Instant receivedAt) {
        Map<Long, List<EncryptedReport>> reports = new LinkedHashMap<>();
        answer.reports()
                .forEach((key, found) -> reports.computeIfAbsent(
                                plan.planned(key).target().trackerId(), unused -> new ArrayList<>())
                        .addAll(found));
        List<TrackerAnswer> trackers = plan.included().stream()
                .filter(target -> reports.containsKey(target.trackerId()))
                .map(target -> new TrackerAnswer(
                        target.trackerId(), alignment(target), reports.getOrDefault(target.trackerId(), List.of())))
                .toList();
        List<Long> others = plan.included().stream()
                .map(FetchTarget::trackerId)
                .filter(id -> !reports.containsKey(id))
                .toList();
        return new SpooledAnswer(account, plan.query().from(), plan.query().to(), receivedAt, trackers, others);
    }

    private static Optional<Alignment> alignment(FetchTarget target) {
        return target.keys() instanceof Accessory accessory ? Optional.of(accessory.alignment()) : Optional.empty();
    }
}
