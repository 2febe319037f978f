package org.trackerreports.fetcher.spool;

import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.pipeline.DecodedReport;
import org.trackerreports.core.pipeline.FetchTarget;
import org.trackerreports.core.pipeline.KeySearch;
import org.trackerreports.core.pipeline.ReportDecoder;
import org.trackerreports.core.pipeline.ReportDecoder.KeyedReport;
import org.trackerreports.core.pipeline.TrackerLoader;
import org.trackerreports.fetcher.spool.SpooledAnswer.TrackerAnswer;
import org.trackerreports.findmy.fetch.FetchPlan.PlannedKey;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.TrackerKeys;
import org.trackerreports.findmy.report.EncryptedReport;
import org.trackerreports.findmy.report.Undecryptable;
import org.trackerreports.store.tracker.Tracker;

/** Decrypts an answer from disk with the keys that the store has now. Thread-safe. */
public record SpooledAnswerReader(TrackerLoader loader, ReportDecoder decoder) {

    private static final Logger LOG = LoggerFactory.getLogger(SpooledAnswerReader.class);

    @Inject
    public SpooledAnswerReader {}

    /**
     * A decrypted answer.
     *
     * @param parts the reports, decrypted or with the reason why they cannot be, in parts that are decrypted when they are asked for
     * @param unreadable the number of trackers whose keys could not be read; their reports are missing
     */
    public record Decoded(Stream<List<DecodedReport>> parts, int unreadable) {}

    /**
     * Decrypts an answer. Omits the reports of trackers that were removed meanwhile.
     *
     * @throws org.trackerreports.store.error.StoreException if the database is unavailable
     */
    public Decoded decode(SpooledAnswer answer) {
        Map<Long, Tracker> trackers = loader.find(
                answer.trackers().stream().map(TrackerAnswer::trackerId).toList());
        List<KeyedReport> readable = new ArrayList<>();
        List<DecodedReport> withoutKey = new ArrayList<>();
        int unreadable = 0;
        for (TrackerAnswer part : answer.trackers()) {
            Tracker tracker = trackers.get(part.trackerId());
            if (tracker == null) {
                continue;
            }
            try {
                assign(part, TrackerLoader.target(tracker, 0), answer.from(), answer.to(), readable, withoutKey);
            } catch (IllegalArgumentException e) {
                unreadable++;
                LOG.warn("The reports of tracker {} cannot be stored: {}", part.trackerId(), e.getMessage());
            }
        }
        return new Decoded(Stream.concat(decoder.parts(readable), Stream.of(withoutKey)), unreadable);
    }

    private static void assign(
            TrackerAnswer part,
            FetchTarget target,
            Instant from,
            Instant to,
            List<KeyedReport> readable,
            List<DecodedReport> withoutKey) {
        Set<HashedAdvertisementKey> wanted =
                part.reports().stream().map(EncryptedReport::key).collect(Collectors.toSet());
        Map<HashedAdvertisementKey, PrivateTrackerKey> keys =
                KeySearch.find(asAsked(target.keys(), part), wanted, from, to);
        for (EncryptedReport report : part.reports()) {
            PrivateTrackerKey key = keys.get(report.key());
            if (key == null) {
                withoutKey.add(new DecodedReport(
                        target,
                        new Undecryptable(
                                report,
                                Undecryptable.Reason.NO_KEY,
                                "the tracker no longer has the key of this report")));
            } else {
                readable.add(new KeyedReport(new PlannedKey<>(target, key), report));
            }
        }
    }

    /** The requested keys are those around the alignment at the time of the request. */
    private static TrackerKeys asAsked(TrackerKeys keys, TrackerAnswer part) {
        return keys instanceof Accessory accessory && part.alignment().isPresent()
                ? accessory.withAlignment(part.alignment().get())
                : keys;
    }
}
