package org.trackerreports.core.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.trackerreports.findmy.fetch.FetchOutcome.Answered;
import org.trackerreports.findmy.fetch.FetchPlan;
import org.trackerreports.findmy.fetch.FetchPlan.PlannedKey;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.report.DecryptionOutcome;
import org.trackerreports.findmy.report.EncryptedReport;
import org.trackerreports.findmy.report.ReportDecryptor;

/**
 * Decrypts an answer, a large one on several threads. They belong to this task alone: the pool that the JDK shares would be held up
 * for everybody else by one long answer, and would hold up answers while others use it. Who brings an answer waits until it is
 * decrypted, so no more answers are in memory than there are accounts. Thread-safe.
 *
 * @param threads about as many as there are cores; not closed by this
 */
public record ReportDecoder(ReportDecryptor decryptor, ExecutorService threads) {

    /** So much work that handing it to another thread does not matter beside it. */
    private static final int OF_A_TASK = 64;

    /** A report with the key that it is for. */
    public record KeyedReport(PlannedKey<FetchTarget> key, EncryptedReport report) {}

    /** Every report of the answer, decrypted or with its reason. */
    public List<DecodedReport> decode(FetchPlan<FetchTarget> plan, Answered answer) {
        return decode(keyed(plan, answer));
    }

    /** The same in parts that are decrypted when they are asked for, because decrypted reports take a multiple of the answer's memory. */
    public Stream<List<DecodedReport>> parts(FetchPlan<FetchTarget> plan, Answered answer) {
        return parts(keyed(plan, answer));
    }

    private static List<KeyedReport> keyed(FetchPlan<FetchTarget> plan, Answered answer) {
        List<KeyedReport> reports = new ArrayList<>(answer.count());
        answer.reports().forEach((hashed, found) -> {
            PlannedKey<FetchTarget> key = plan.planned(hashed);
            found.forEach(report -> reports.add(new KeyedReport(key, report)));
        });
        return reports;
    }

    /** Every report in the same order, in parts that are decrypted when they are asked for. */
    public Stream<List<DecodedReport>> parts(List<KeyedReport> reports) {
        return Parts.of(reports).map(this::decode);
    }

    /** Every report, decrypted or with its reason, in the same order. */
    public List<DecodedReport> decode(List<KeyedReport> reports) {
        if (reports.size() <= OF_A_TASK) {
            return decryptAll(reports);
        }
        List<Callable<List<DecodedReport>>> tasks = Parts.of(reports, OF_A_TASK)
                .<Callable<List<DecodedReport>>>map(ofTask -> () -> decryptAll(ofTask))
                .toList();
        try {
            return collect(threads.invokeAll(tasks), reports.size());
        } catch (RejectedExecutionException e) {
            // The program is ending and has closed the pool; what was fetched is still decrypted.
            return decryptAll(reports);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return decryptAll(reports);
        }
    }

    private static List<DecodedReport> collect(List<Future<List<DecodedReport>>> tasks, int size)
            throws InterruptedException {
        List<DecodedReport> decoded = new ArrayList<>(size);
        for (Future<List<DecodedReport>> task : tasks) {
            try {
                decoded.addAll(task.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("decrypting failed unexpectedly", e.getCause());
            }
        }
        return decoded;
    }

    private List<DecodedReport> decryptAll(List<KeyedReport> reports) {
        Map<HashedAdvertisementKey, PrivateTrackerKey> keys = new HashMap<>();
        reports.forEach(each -> keys.put(each.report().key(), each.key().key()));
        List<DecryptionOutcome> outcomes =
                decryptor.decryptAll(reports.stream().map(KeyedReport::report).toList(), keys::get);
        return IntStream.range(0, reports.size())
                .mapToObj(at -> new DecodedReport(reports.get(at).key().target(), outcomes.get(at)))
                .toList();
    }
}
