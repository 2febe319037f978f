package org.trackerreports.server.internal.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.server.route.Request;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.route.Scope;
import org.trackerreports.server.settings.ServerListener;
import org.trackerreports.server.settings.ServerListener.Refusal;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.history.ReportPlace;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.report.TwinFilter;
import org.trackerreports.store.view.TrackerView;

/** The reports of a tracker: in pages, or as a whole in several formats. */
final class ReportRoutes {

    /** Each holds a connection to the database while its reader takes its time. */
    private static final int MOST_EXPORTS = 2;

    private static final int PATIENCE_SECONDS = 5;

    private final Api api;
    private final ServerListener listener;
    private final Semaphore exports = new Semaphore(MOST_EXPORTS);

    ReportRoutes(Api api, ServerListener listener) {
        this.api = api;
        this.listener = listener;
    }

    List<Route> routes() {
        return List.of(new Route("GET", Api.BASE + "/trackers/{id}/reports", Scope.READ, Api.cached(this::reports)));
    }

    private Answer reports(Request request) {
        TrackerView tracker = api.tracker(request);
        Parameters parameters = api.parameters(request);
        HistoryQuery query = parameters.history(tracker.id());
        boolean collapse =
                parameters.word("twins", "keep", List.of("keep", "collapse")).equals("collapse");
        ReportFormat format = ReportFormat.of(request);
        Optional<ReportPlace> after = parameters.after(3).map(ReportRoutes::place);
        if (format == ReportFormat.JSON
                || after.isPresent()
                || parameters.text("limit").isPresent()) {
            return page(request, tracker, query, after, collapse, format, parameters.limit(Page.USUAL_LIMIT));
        }
        return Answer.stream(format.mediaType(), out -> {
            if (!acquire()) {
                listener.refused(Refusal.BUSY);
                throw new ProblemException(
                        Answer.problem(503, "Service unavailable", "Too many exports run at once.", "Try again later.")
                                .withHeader("Retry-After", "10"));
            }
            try (ReportOutput output = format.open(out, tracker)) {
                write(each -> api.store().history().forEachReport(query, each), collapse, output);
            } finally {
                exports.release();
            }
        });
    }

    private boolean acquire() {
        try {
            return exports.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Answer page(
            Request request,
            TrackerView tracker,
            HistoryQuery query,
            Optional<ReportPlace> after,
            boolean collapse,
            ReportFormat format,
            int limit) {
        Page<StoredReport> page =
                Page.of(api.store().history().reportPage(query, after, limit + 1), limit, ReportRoutes::cursor);
        if (format != ReportFormat.JSON) {
            Answer answer = Answer.stream(format.mediaType(), out -> {
                try (ReportOutput output = format.open(out, tracker)) {
                    write(page.items()::forEach, collapse, output);
                }
            });
            String next = page.next();
            return next == null ? answer : answer.withHeader("Link", Api.link(request, next));
        }
        ArrayNode reports = Json.array();
        write(page.items()::forEach, collapse, report -> reports.add(Json.report(report)));
        return Api.page(request, Api.list("reports", reports, page.next()));
    }

    /** @param collapse whether of twins only the most accurate one is written */
    private static void write(Consumer<Consumer<StoredReport>> reports, boolean collapse, ReportOutput output) {
        if (collapse) {
            TwinFilter<RuntimeException> twins = new TwinFilter<>(output::add);
            reports.accept(twins::report);
            twins.end();
        } else {
            reports.accept(output::add);
        }
        output.end();
    }

    private static String cursor(StoredReport last) {
        ReportPlace place = ReportPlace.of(last);
        return Parameters.cursor(
                Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, place.timestamp())),
                place.digest().toString(),
                place.hashedAdvKey());
    }

    private static ReportPlace place(List<String> parts) {
        try {
            return new ReportPlace(
                    Instant.EPOCH.plus(Long.parseLong(parts.get(0)), ChronoUnit.MICROS),
                    UUID.fromString(parts.get(1)),
                    parts.get(2));
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw Parameters.wrongCursor();
        }
    }
}
