package org.trackerreports.fetcher.setup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trackerreports.core.diagnosis.TrackerDiagnoses;
import org.trackerreports.core.diagnosis.TrackerDiagnosis;
import org.trackerreports.queue.QueuedId;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.server.route.Request;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.history.LatestPosition;
import org.trackerreports.store.report.ReportSelection;
import org.trackerreports.store.tracker.Tracker;

/** Why a tracker has no position, and its removal. Names, labels and the switch are in the API of the server. Thread-safe. */
final class TrackerRoutes {

    private final ReportStore store;
    private final TrackerQueue queue;
    private final TrackerDiagnoses diagnoses;

    @Inject
    TrackerRoutes(ReportStore store, TrackerQueue queue, TrackerDiagnoses diagnoses) {
        this.store = store;
        this.queue = queue;
        this.diagnoses = diagnoses;
    }

    /** The first reason why the tracker gets no new position, what helps, and what it was concluded from. */
    Answer explain(Request request) {
        TrackerDiagnosis diagnosis = diagnoses.of(tracker(request));
        Optional<QueuedId> queued = diagnosis.queued();
        ObjectNode json = Json.object()
                .put("tracker", diagnosis.tracker().name())
                .put("tracker_id", diagnosis.tracker().id())
                .put("kind", diagnosis.tracker().kind())
                .put("enabled", diagnosis.tracker().enabled())
                .put("latest_time", Json.time(diagnosis.latest().map(LatestPosition::timestamp)))
                .put("last_attempt_time", Json.time(queued.flatMap(QueuedId::lastAttempt)))
                .put("next_attempt_time", Json.time(queued.map(QueuedId::due)))
                .put("answers", queued.map(QueuedId::successes).orElse(0L))
                .put(
                        "empty_answers_in_a_row",
                        queued.map(QueuedId::consecutiveEmpty).orElse(0))
                .put(
                        "failures_in_a_row",
                        queued.map(QueuedId::consecutiveFailures).orElse(0))
                .put("last_error", queued.flatMap(QueuedId::lastError).orElse(null))
                .put("workers", diagnosis.queue().workers());
        TrackerDiagnosis.Conclusion conclusion = diagnosis.conclusion();
        return Answer.json(Json.put(json.put("conclusion", conclusion.sentence()), conclusion.advice()));
    }

    /** Resumes the tracker, puts it back if it was parked, and makes it due; also resumes the whole queue if that is paused. */
    Answer retry(Request request) {
        List<String> id = List.of(Long.toString(tracker(request).id()));
        if (queue.statistics().paused()) {
            queue.resumeAll();
        }
        int resumed = queue.resume(id);
        int requeued = queue.requeueNow(id);
        return Answer.json(Json.object().put("changed", resumed + requeued > 0));
    }

    /** What a removal would remove. */
    Answer removal(Request request) {
        Tracker tracker = tracker(request);
        return Answer.json(Json.object().put("tracker", tracker.name()).put("reports", reports(tracker)));
    }

    /** Removes a tracker with its keys; {@code confirm} repeats its name, {@code reports=remove} removes its reports, too. */
    Answer remove(Request request) {
        Tracker tracker = tracker(request);
        String reports = request.query("reports").orElse("keep");
        if (!Set.of("keep", "remove").contains(reports)) {
            throw ProblemException.badRequest("reports is \"" + reports + "\"; expected keep or remove.");
        }
        Confirmation.require(
                request, tracker.name(), "The tracker would be removed with its keys; keep a copy of them.");
        store.trackers().remove(tracker.id(), reports.equals("remove"));
        return Answer.noContent();
    }

    private long reports(Tracker tracker) {
        ReportSelection every = ReportSelection.all(ReportSelection.Which.WITH_PAYLOAD);
        return store.reports()
                .count(new ReportSelection(every.which(), Set.of(tracker.id()), every.from(), every.to()));
    }

    private Tracker tracker(Request request) {
        try {
            return store.trackers()
                    .find(Long.parseLong(request.pathParameter("id")))
                    .orElseThrow(() -> ProblemException.notFound("There is no tracker with this id."));
        } catch (NumberFormatException e) {
            throw ProblemException.notFound("There is no tracker with this id; ids are numbers.");
        }
    }
}
