package org.trackerreports.fetcher.pipeline;

import jakarta.inject.Inject;
import java.util.List;
import org.trackerreports.fetcher.pipeline.FetchPlan.PlannedKey;
import org.trackerreports.findmy.fetch.FetchOutcome.Answered;
import org.trackerreports.findmy.report.ReportDecryptor;

/** Decrypts an answer on all cores. Thread-safe. */
public final class ReportDecoder {

    private final ReportDecryptor decryptor;

    @Inject
    ReportDecoder(ReportDecryptor decryptor) {
        this.decryptor = decryptor;
    }

    /** Every report of the answer, decrypted or with its reason. */
    public List<DecodedReport> decode(FetchPlan plan, Answered answer) {
        return answer.reports().entrySet().parallelStream()
                .flatMap(entry -> {
                    PlannedKey planned = plan.keys().get(entry.getKey());
                    return entry.getValue().stream()
                            .map(report ->
                                    new DecodedReport(planned.target(), decryptor.decrypt(report, planned.key())));
                })
                .toList();
    }
}
