package org.trackerreports.sinks.dawarich;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.trackerreports.sinks.Delivery;
import org.trackerreports.sinks.SightingEvent;
import org.trackerreports.sinks.SightingEvent.Report;
import org.trackerreports.sinks.Sink;
import org.trackerreports.sinks.internal.http.HttpAnswer;
import org.trackerreports.sinks.internal.http.HttpAnswer.Meaning;
import org.trackerreports.sinks.internal.http.HttpSender;
import org.trackerreports.sinks.internal.http.Progress;
import org.trackerreports.sinks.internal.text.Json;
import org.trackerreports.sinks.internal.text.Positions;

/**
 * Sends positions to Dawarich, in the order in which they were seen. Dawarich keeps one point for each position, second and account, so sending
 * twice is harmless.
 *
 * <p>It answers 500 if one point of a request is bad, so such a request is halved until that point is found. Source: Dawarich 1.7.5, {@code
 * api/v1/overland/batches}.
 */
public final class DawarichSink implements Sink {

    private static final int BAD_POINT = 500;

    /** So many single points that fail, and none that is accepted, are a server that does not work. */
    private static final int POINTS_OF_A_BROKEN_SERVER = 3;

    private final DawarichSettings settings;
    private final HttpSender sender;

    public DawarichSink(DawarichSettings settings) {
        this.settings = settings;
        this.sender = new HttpSender(settings.address(), settings.clock());
    }

    @Override
    public Delivery deliver(List<SightingEvent> events) {
        Search search = new Search();
        List<Report> reports = Positions.inEventOrder(events);
        int most = settings.mostPoints();
        for (int from = 0; from < reports.size() && !search.progress.hasEnded(); from += most) {
            search.send(reports.subList(from, Math.min(reports.size(), from + most)));
        }
        search.progress.delivered(Positions.others(events));
        return search.progress.result();
    }

    /** Sends points, and finds those that are not accepted. One use. */
    private final class Search {

        private final Progress progress = new Progress();
        private int bad;

        void send(List<Report> reports) {
            HttpAnswer answer = post(reports);
            boolean bisect = answer.meaning() == Meaning.REFUSED || answer.status() == BAD_POINT;
            if (answer.meaning() == Meaning.ACCEPTED) {
                progress.delivered(reports);
            } else if (!bisect) {
                progress.ended(answer);
            } else if (reports.size() > 1) {
                int half = reports.size() / 2;
                send(reports.subList(0, half));
                if (!progress.hasEnded()) {
                    send(reports.subList(half, reports.size()));
                }
            } else {
                single(reports.get(0), answer);
            }
        }

        private void single(Report report, HttpAnswer answer) {
            bad++;
            boolean broken = answer.status() == BAD_POINT
                    && !progress.hasDelivered()
                    && (bad >= POINTS_OF_A_BROKEN_SERVER || !isHealthy());
            if (broken) {
                progress.ended(answer);
            } else {
                progress.answered(report, answer.as(Meaning.REFUSED, answer.text()));
            }
        }

        private boolean isHealthy() {
            HttpAnswer health = sender.get(sender.under("/api/v1/health"));
            return health.meaning() == Meaning.ACCEPTED && isText(health.text(), "status", "ok");
        }
    }

    private HttpAnswer post(List<Report> reports) {
        ObjectNode body = Json.object();
        ArrayNode locations = body.putArray("locations");
        reports.forEach(report -> locations.add(feature(report)));
        HttpAnswer answer =
                sender.post(sender.under("/api/v1/overland/batches"), "application/json", Json.bytes(body), Map.of());
        return answer.meaning() != Meaning.ACCEPTED || isText(answer.text(), "result", "ok")
                ? answer
                : answer.as(Meaning.LATER, "it answered something that Dawarich does not: " + answer.text());
    }

    private static boolean isText(String json, String name, String text) {
        return Json.read(json)
                .filter(node -> node.path(name).asText().equals(text))
                .isPresent();
    }

    /** No {@code battery_level}: a report has a class, not a percentage. */
    private static ObjectNode feature(Report report) {
        ObjectNode feature = Json.object();
        feature.put("type", "Feature");
        ObjectNode geometry = feature.putObject("geometry");
        geometry.put("type", "Point");
        geometry.putArray("coordinates").add(report.longitude()).add(report.latitude());
        ObjectNode properties = feature.putObject("properties");
        properties.put("timestamp", report.eventTime().toString());
        report.accuracy().ifPresent(metres -> properties.put("horizontal_accuracy", metres));
        // Dawarich makes the tracks of each of them apart.
        properties.put("device_id", report.tracker().name());
        return feature;
    }

    @Override
    public void close() {
        sender.close();
    }
}
