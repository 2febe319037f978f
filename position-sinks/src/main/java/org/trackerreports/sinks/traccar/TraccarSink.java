package org.trackerreports.sinks.traccar;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.trackerreports.sinks.Delivery;
import org.trackerreports.sinks.SightedTracker;
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
 * Sends positions to Traccar by its OsmAnd protocol, in the order in which they were seen: a position that is older than the last one of its
 * device raises no event there. The same position sent twice makes two rows there, so what was delivered must not be given again.
 *
 * <p>Source: Traccar 6.14.5, {@code OsmAndProtocolDecoder}. It answers 200 before it stores, so "delivered" means given to Traccar.
 */
public final class TraccarSink implements Sink {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int UNKNOWN_DEVICE = 400;

    private final HttpSender sender;
    private final Optional<HttpSender> api;
    private final Set<Long> made = new HashSet<>();

    public TraccarSink(TraccarSettings settings) {
        this.sender = new HttpSender(settings.address(), settings.clock());
        this.api = settings.api().map(address -> new HttpSender(address, settings.clock()));
    }

    @Override
    public Delivery deliver(List<SightingEvent> events) {
        Progress progress = new Progress();
        progress.delivered(Positions.others(events));
        for (Report report : Positions.inEventOrder(events)) {
            if (!progress.answered(report, send(report))) {
                break;
            }
        }
        return progress.result();
    }

    private HttpAnswer send(Report report) {
        HttpAnswer answer = post(report);
        if (answer.status() == UNKNOWN_DEVICE
                && api.isPresent()
                && made.add(report.tracker().id())) {
            HttpAnswer device = makeDevice(api.get(), report.tracker());
            // A refusal also says that the device is there already; then the position itself is wrong.
            if (device.meaning() == Meaning.ACCEPTED) {
                return post(report);
            }
            if (device.meaning() != Meaning.REFUSED) {
                made.remove(report.tracker().id());
                return device.as(Meaning.LATER, "the device cannot be made: " + device.reason());
            }
        }
        return answer;
    }

    private HttpAnswer post(Report report) {
        HttpAnswer answer = sender.post(FORM, form(report).getBytes(UTF_8), Map.of());
        // Traccar answers nothing. Whoever answers with a page is a proxy in front of it.
        return answer.meaning() == Meaning.ACCEPTED && answer.text().startsWith("<")
                ? answer.as(Meaning.LATER, "it answered with a page, which Traccar does not: " + answer.text())
                : answer;
    }

    private static String form(Report report) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("id", deviceId(report.tracker()));
        values.put("lat", Double.toString(report.latitude()));
        values.put("lon", Double.toString(report.longitude()));
        values.put("timestamp", Long.toString(report.eventTime().getEpochSecond()));
        report.accuracy().ifPresent(metres -> values.put("accuracy", Double.toString(metres)));
        values.put("valid", "true");
        values.put("confidence", Integer.toString(report.confidence()));
        values.put("received", report.receivedTime().toString());
        report.battery().ifPresent(level -> values.put("batteryClass", level));
        if (!report.flags().isEmpty()) {
            values.put("flags", String.join(" ", report.flags()));
        }
        return values.entrySet().stream()
                .map(value -> value.getKey() + "=" + URLEncoder.encode(value.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    /**
     * Short, because Traccar registers unknown devices only if their id has 3 to 15 letters and digits.
     *
     * @return the label {@link TraccarSettings#ID_LABEL}, or {@code trk} and the id of the tracker
     */
    public static String deviceId(SightedTracker tracker) {
        return tracker.labels().getOrDefault(TraccarSettings.ID_LABEL, "trk" + tracker.id());
    }

    private static HttpAnswer makeDevice(HttpSender api, SightedTracker tracker) {
        ObjectNode device = Json.object();
        device.put("name", tracker.name());
        device.put("uniqueId", deviceId(tracker));
        return api.post(api.under("/api/devices"), "application/json", Json.bytes(device), Map.of());
    }

    @Override
    public void close() {
        sender.close();
        api.ifPresent(HttpSender::close);
    }
}
