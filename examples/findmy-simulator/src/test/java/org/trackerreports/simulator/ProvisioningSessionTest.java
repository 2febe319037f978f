package org.trackerreports.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.Test;
import org.trackerreports.testsupport.MovableClock;

/** How long an anisette server waits for its client, with a timer that the test controls. */
class ProvisioningSessionTest {

    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final String IDENTIFIER =
            "{\"identifier\":\"" + Base64.getEncoder().encodeToString(new byte[16]) + "\"}";

    private final HandTimer timer = new HandTimer();
    private final List<String> sent = new ArrayList<>();
    private final ProvisioningSession conversation = new ProvisioningSession(
            new Anisette(new SecretSource(1), new MovableClock(Instant.parse("2026-03-01T12:00:00Z")), false), timer);

    @Test
    void waitsThreeSecondsForTheFirstAnswer() {
        conversation.onWebSocketOpen(session());
        assertThat(timer.running).extracting(Timing::delay).containsExactly(LIMIT);
        assertThat(sent).singleElement().asString().contains("GiveIdentifier");
        timer.runOut();
        assertThat(sent).hasSize(2).last().asString().contains("Timeout", "no answer within 3 s");
    }

    @Test
    void anAnswerStartsThreeSecondsForTheNext() {
        conversation.onWebSocketOpen(session());
        conversation.onWebSocketText(IDENTIFIER);
        assertThat(timer.running)
                .as("the first is cancelled")
                .extracting(Timing::delay)
                .containsExactly(LIMIT);
        assertThat(sent).last().asString().contains("GiveStartProvisioningData");
        timer.runOut();
        assertThat(sent).hasSize(3).last().asString().contains("Timeout");
    }

    /** A connection that records the texts to send. */
    private Session session() {
        return (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("sendText")) {
                        sent.add((String) arguments[0]);
                    }
                    return null;
                });
    }

    private record Timing(Duration delay, Runnable task) {}

    private static final class HandTimer extends AbstractLifeCycle implements Scheduler {

        private final List<Timing> running = new ArrayList<>();

        @Override
        public Task schedule(Runnable task, long delay, TimeUnit unit) {
            Timing timing = new Timing(Duration.of(delay, unit.toChronoUnit()), task);
            running.add(timing);
            return () -> running.remove(timing);
        }

        private void runOut() {
            running.remove(0).task().run();
        }
    }
}
