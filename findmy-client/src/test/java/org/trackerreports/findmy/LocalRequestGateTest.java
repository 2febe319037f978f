package org.trackerreports.findmy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.fetch.RequestGate;
import org.trackerreports.findmy.fetch.RequestGate.Granted;
import org.trackerreports.findmy.fetch.RequestGate.MustWait;
import org.trackerreports.testsupport.MovableClock;

class LocalRequestGateTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-06-01T12:00:00Z"));
    private final List<ClientEvent> events = new ArrayList<>();
    private final Events listener = new Events(events::add);

    private RequestGate gate(int parallel) {
        return LocalRequestGate.of(
                ClientSettings.builder().parallelRequests(parallel).build(), clock, listener);
    }

    private static MustWait refused(RequestGate gate) {
        return (MustWait) gate.acquire();
    }

    private void assertGrantsInAMinute(RequestGate gate) {
        assertThat(refused(gate).duration()).isEqualTo(Duration.ofMinutes(1));
        clock.advance(Duration.ofMinutes(1));
        assertThat(gate.acquire()).isEqualTo(new Granted());
    }

    @Test
    void nothingIsGrantedDuringACoolDown() {
        RequestGate gate = gate(1);
        gate.coolDown(Duration.ofHours(1), "too many requests");
        gate.coolDown(Duration.ofMinutes(1), "a shorter one changes nothing");
        clock.advance(Duration.ofMinutes(59));
        assertGrantsInAMinute(gate);
    }

    @Test
    void afterACoolDownOneRequestTriesFirst() {
        RequestGate gate = gate(3);
        gate.coolDown(Duration.ofMinutes(5), "it failed");
        clock.advance(Duration.ofMinutes(5));
        assertThat(gate.acquire()).isEqualTo(new Granted());
        assertThat(gate.acquire()).isInstanceOf(MustWait.class);
        gate.completed(true);
        assertThat(gate.acquire()).isEqualTo(new Granted());
        assertThat(gate.acquire()).isEqualTo(new Granted());
        assertThat(events)
                .containsExactly(new ClientEvent.CoolDownBegan(Duration.ofMinutes(5)), new ClientEvent.CoolDownEnded());
    }

    @Test
    void anAnswerToAnEarlierRequestDoesNotEndACoolDown() {
        RequestGate gate = gate(2);
        gate.acquire();
        gate.coolDown(Duration.ofMinutes(5), "another request failed");
        gate.completed(true);
        assertThat(refused(gate).duration()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void requestsThatMustBeSpacedAre() {
        RequestGate gate = LocalRequestGate.spaced(Duration.ofMinutes(15), clock, listener);
        assertThat(gate.acquire()).isEqualTo(new Granted());
        gate.completed(false);
        clock.advance(Duration.ofMinutes(14));
        assertGrantsInAMinute(gate);
    }

    @Test
    void theRateLimitHolds() {
        RequestGate gate = LocalRequestGate.of(
                ClientSettings.builder()
                        .rateLimit(new ClientSettings.RateLimit(2, Duration.ofHours(1), Duration.ZERO))
                        .build(),
                clock,
                listener);
        for (int number = 0; number < 2; number++) {
            assertThat(gate.acquire()).isEqualTo(new Granted());
            gate.completed(true);
        }
        assertThat(refused(gate).reason()).contains("rate limit");
    }

    @Test
    void anInterruptEndsTheWaitForAPlace() {
        RequestGate gate = gate(1);
        gate.acquire();
        Thread.currentThread().interrupt();
        assertThat(gate.acquire()).isInstanceOf(MustWait.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
