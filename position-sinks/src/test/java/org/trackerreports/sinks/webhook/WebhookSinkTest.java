package org.trackerreports.sinks.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trackerreports.sinks.Delivery;
import org.trackerreports.sinks.SightingEvent;
import org.trackerreports.sinks.connection.Credentials;
import org.trackerreports.sinks.connection.HttpAddress;
import org.trackerreports.sinks.standin.Events;
import org.trackerreports.sinks.standin.HttpStandIn;
import org.trackerreports.sinks.standin.HttpStandIn.Answer;
import org.trackerreports.sinks.standin.HttpStandIn.Request;
import org.trackerreports.testsupport.MovableClock;

/** What follows from the answers of a receiver. */
class WebhookSinkTest extends WebhookFixture {

    @Test
    void stopsAtAnEventThatIsRefusedSoThatTheOrderStays() {
        receiver.answer(
                request -> request.header("webhook-id").equals(Events.report(1).id())
                        ? new Answer(422, "application/json", "{\"error\":\"no\n\u001b[31m\"}")
                        : Answer.of(200));
        try (WebhookSink sink = sink(new WebhookFormat.Single(), SECRET)) {
            assertThat(sink.deliver(reports(3)))
                    .isEqualTo(new Delivery.Refused(
                            Set.of(Events.report(0).id()),
                            List.of(new Delivery.Refusal(Events.report(1).id(), 422, "{\"error\":\"no  [31m\"}"))));
        }
        assertThat(receiver.requests()).hasSize(2);
    }

    @Test
    void halvesABatchThatIsRefusedUntilItFindsTheEvent() {
        String bad = Events.report(5).id();
        receiver.answer(request -> Answer.of(request.text().contains(bad) ? 400 : 200));
        try (WebhookSink sink = sink(new WebhookFormat.Batch(100), SECRET)) {
            assertThat(sink.deliver(reports(8))).isInstanceOfSatisfying(Delivery.Refused.class, refused -> {
                assertThat(refused.delivered())
                        .isEqualTo(Set.copyOf(
                                reports(5).stream().map(SightingEvent::id).toList()));
                assertThat(refused.refusals())
                        .extracting(Delivery.Refusal::event)
                        .containsExactly(bad);
            });
        }
        assertThat(receiver.requests()).as("8, 4, 4, 2, 1, 1").hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 405, 408, 425, 429, 500, 502, 503, 504})
    void anAnswerThatMayChangeMakesTheSinkWait(int status) {
        receiver.answer(request -> receiver.requests().size() < 2
                ? Answer.of(200)
                : Answer.of(status).with("Location", receiver.url("/elsewhere").toString()));
        try (WebhookSink sink = sink(new WebhookFormat.Single(), SECRET)) {
            assertThat(sink.deliver(reports(3))).isInstanceOfSatisfying(Delivery.TryLater.class, later -> {
                assertThat(later.delivered()).containsExactly(Events.report(0).id());
                assertThat(later.reason()).isEqualTo("it answered " + status);
                assertThat(later.credentials()).isFalse();
            });
        }
        assertThat(receiver.requests())
                .extracting(Request::uri)
                .allMatch(uri -> uri.getPath().equals("/hook"));
    }

    @Test
    void tellsHowLongTheReceiverWantsToBeLeftAlone() {
        MovableClock clock = new MovableClock(Instant.parse("2026-11-28T10:00:00Z"));
        WebhookSettings settings =
                WebhookSettings.of(HttpAddress.of(receiver.url("/")), WebhookSecret.of(SECRET), clock);
        try (WebhookSink sink = new WebhookSink(settings)) {
            receiver.answer(request -> Answer.of(429).with("Retry-After", "120"));
            assertThat(waitOf(sink)).contains(Duration.ofSeconds(120));
            receiver.answer(request -> Answer.of(503).with("Retry-After", "Sat, 28 Nov 2026 10:01:30 GMT"));
            assertThat(waitOf(sink)).contains(Duration.ofSeconds(90));
            receiver.answer(request -> Answer.of(503).with("Retry-After", "soon"));
            assertThat(waitOf(sink)).isEmpty();
        }
    }

    private static Optional<Duration> waitOf(WebhookSink sink) {
        return ((Delivery.TryLater) sink.deliver(reports(1))).retryAfter();
    }

    @Test
    void saysThatCredentialsAreRefusedAndSendsThem() {
        receiver.answer(request -> Answer.of(401));
        HttpAddress address = HttpAddress.of(receiver.url("/"));
        WebhookSettings settings = WebhookSettings.of(address, WebhookSecret.of(SECRET), Clock.systemUTC());
        for (HttpAddress with :
                List.of(address.withCredentials(new Credentials("anna", "päss")), address.withToken("tk_123"))) {
            WebhookSettings own = new WebhookSettings(with, settings.secrets(), settings.format(), settings.clock());
            try (WebhookSink sink = new WebhookSink(own)) {
                assertThat(sink.deliver(reports(1)))
                        .isInstanceOfSatisfying(
                                Delivery.TryLater.class,
                                later -> assertThat(later.credentials()).isTrue());
            }
        }
        assertThat(receiver.requests())
                .extracting(request -> request.header("Authorization"))
                .containsExactly("Basic YW5uYTpww6Rzcw==", "Bearer tk_123");
    }

    @Test
    void endsWhenTheReceiverIsGone() {
        receiver.answer(request -> Answer.of(410));
        try (WebhookSink sink = sink(new WebhookFormat.Batch(100), SECRET)) {
            assertThat(sink.deliver(reports(2))).isEqualTo(new Delivery.SwitchedOff(Set.of(), "it answered 410"));
        }
    }

    @Test
    void aConnectionThatEndsEarlyOrIsRefusedMakesTheSinkWait() {
        receiver.answer(request -> Answer.of(HttpStandIn.Trouble.CLOSE));
        try (WebhookSink sink = sink(new WebhookFormat.Single(), SECRET)) {
            assertThat(sink.deliver(reports(1)))
                    .isInstanceOfSatisfying(
                            Delivery.TryLater.class,
                            later -> assertThat(later.reason()).contains("ended before the answer"));
            receiver.close();
            assertThat(sink.deliver(reports(1)))
                    .isInstanceOfSatisfying(
                            Delivery.TryLater.class,
                            later -> assertThat(later.reason())
                                    .contains("no connection to 127.0.0.1")
                                    .doesNotContain("key=1"));
        }
    }

    @Test
    void aDeliveryThatHangsEndsWhenTheSinkIsClosed() throws Exception {
        receiver.answer(request -> Answer.of(HttpStandIn.Trouble.HANG));
        WebhookSink sink = sink(new WebhookFormat.Single(), SECRET);
        List<Delivery> deliveries = new ArrayList<>();
        Thread thread = new Thread(() -> deliveries.add(sink.deliver(reports(1))));
        thread.start();
        while (receiver.requests().isEmpty()) {
            Thread.onSpinWait();
        }
        sink.close();
        thread.join(Duration.ofSeconds(15).toMillis());
        assertThat(deliveries).singleElement().isInstanceOf(Delivery.TryLater.class);
    }
}
