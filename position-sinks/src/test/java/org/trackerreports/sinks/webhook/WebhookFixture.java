package org.trackerreports.sinks.webhook;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.trackerreports.sinks.SightingEvent;
import org.trackerreports.sinks.connection.HttpAddress;
import org.trackerreports.sinks.standin.Events;
import org.trackerreports.sinks.standin.HttpStandIn;
import org.trackerreports.sinks.standin.HttpStandIn.Answer;

/** A receiver, and webhooks that reach it. */
abstract class WebhookFixture {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    final HttpStandIn receiver = new HttpStandIn(request -> Answer.of(204));

    @AfterEach
    void close() {
        receiver.close();
    }

    WebhookSink sink(WebhookFormat format, String... secrets) {
        return new WebhookSink(new WebhookSettings(
                HttpAddress.of(receiver.url("/hook?key=1")),
                List.of(secrets).stream().map(WebhookSecret::of).toList(),
                format,
                Clock.systemUTC()));
    }

    static List<SightingEvent> reports(int count) {
        List<SightingEvent> reports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            reports.add(Events.report(i));
        }
        return reports;
    }
}
