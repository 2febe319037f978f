package org.trackerreports.sinks.webhook;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.trackerreports.sinks.Delivery;
import org.trackerreports.sinks.SightingEvent;
import org.trackerreports.sinks.Sink;
import org.trackerreports.sinks.internal.http.HttpAnswer;
import org.trackerreports.sinks.internal.http.HttpAnswer.Meaning;
import org.trackerreports.sinks.internal.http.HttpSender;
import org.trackerreports.sinks.internal.http.Progress;

/**
 * Posts events to an address, strictly in the given order: nothing is sent after an event that was not accepted. Signed as Standard Webhooks
 * 1.0.0 asks.
 */
public final class WebhookSink implements Sink {

    private final WebhookSettings settings;
    private final HttpSender sender;

    public WebhookSink(WebhookSettings settings) {
        this.settings = settings;
        this.sender = new HttpSender(settings.address(), settings.clock());
    }

    @Override
    public Delivery deliver(List<SightingEvent> events) {
        Progress progress = new Progress();
        int most = settings.format().mostEvents();
        for (int from = 0; from < events.size(); from += most) {
            if (!send(events.subList(from, Math.min(events.size(), from + most)), progress)) {
                break;
            }
        }
        return progress.result();
    }

    /** A batch that is refused is halved until the event is found that is not accepted. Returns whether the next may be sent. */
    private boolean send(List<SightingEvent> events, Progress progress) {
        HttpAnswer answer = post(events);
        if (events.size() == 1) {
            return progress.answered(events.get(0), answer) && !progress.hasRefusals();
        }
        if (answer.meaning() == Meaning.ACCEPTED) {
            progress.delivered(events);
            return true;
        }
        if (answer.meaning() == Meaning.REFUSED) {
            int half = events.size() / 2;
            return send(events.subList(0, half), progress) && send(events.subList(half, events.size()), progress);
        }
        progress.ended(answer);
        return false;
    }

    private HttpAnswer post(List<SightingEvent> events) {
        WebhookMessage message = WebhookMessage.of(settings.format(), events);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", message.id());
        long seconds = settings.clock().instant().getEpochSecond();
        headers.put("webhook-timestamp", Long.toString(seconds));
        if (!settings.secrets().isEmpty()) {
            headers.put(
                    "webhook-signature",
                    settings.secrets().stream()
                            .map(secret -> secret.sign(message.id(), seconds, message.body()))
                            .collect(Collectors.joining(" ")));
        }
        return sender.post(message.contentType(), message.body(), headers);
    }

    @Override
    public void close() {
        sender.close();
    }
}
