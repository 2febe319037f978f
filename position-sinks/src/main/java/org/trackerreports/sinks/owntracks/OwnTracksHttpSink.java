package org.trackerreports.sinks.owntracks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
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
 * Sends positions to an OwnTracks recorder by HTTP, in the order in which they were seen. Source: OwnTracks recorder 1.0.1,
 * {@code http.c}: it answers 200 and a JSON array, whatever the body was.
 */
public final class OwnTracksHttpSink implements Sink {

    private final OwnTracksHttpSettings settings;
    private final HttpSender sender;

    public OwnTracksHttpSink(OwnTracksHttpSettings settings) {
        this.settings = settings;
        this.sender = new HttpSender(settings.address(), settings.clock());
    }

    @Override
    public Delivery deliver(List<SightingEvent> events) {
        Progress progress = new Progress();
        progress.delivered(Positions.others(events));
        for (Report report : Positions.inEventOrder(events)) {
            if (!progress.answered(report, post(report))) {
                break;
            }
        }
        return progress.result();
    }

    private HttpAnswer post(Report report) {
        URI url = URI.create(settings.address().url() + "?u=" + encoded(settings.user()) + "&d="
                + encoded(OwnTracksMessage.device(report.tracker())));
        HttpAnswer answer = sender.post(url, "application/json", OwnTracksMessage.of(report), Map.of());
        return answer.meaning() == Meaning.ACCEPTED && !isOfRecorder(answer.text())
                ? answer.as(Meaning.LATER, "it answered something that OwnTracks does not: " + answer.text())
                : answer;
    }

    /** The array is encrypted if the recorder has a key of the user. */
    private static boolean isOfRecorder(String text) {
        return text.startsWith("[")
                || Json.read(text)
                        .filter(json -> json.path("_type").asText().equals("encrypted"))
                        .isPresent();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        sender.close();
    }
}
