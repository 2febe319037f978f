package org.trackerreports.fetcher.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.trackerreports.fetcher.deliver.Receiver.Mood;
import org.trackerreports.store.sink.SinkState;
import org.trackerreports.testsupport.TestCertificate;

/** What becomes of a sink whose receiver cannot be told or does not want something. */
class SinkTroubleTest extends SinkFixture {

    SinkTroubleTest(DeliverWorld world) {
        super(world);
    }

    @Test
    void waitsLongerEachTimeAndTheWaitSurvivesARestart() {
        SinkPump pump = pump(file());
        turn(pump);
        receiver.mood(Mood.ERROR);
        stored(1);
        turn(pump);
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            SinkState state = state();
            assertThat(state.condition()).isEqualTo(SinkState.Condition.WAITING);
            assertThat(state.lastError()).contains("it answered 500");
            waits.add(Duration.between(clock.instant(), state.waitUntil().orElseThrow())
                    .toSeconds());
            pump.release();
            pump = pump(file());
            turn(pump);
            assertThat(state().attempts()).as("it does not try earlier").isEqualTo(state.attempts());
            clock.advance(Duration.between(clock.instant(), state.waitUntil().orElseThrow()));
            turn(pump);
        }
        long[] expected = {5, 15, 60, 300, 900, 1_800, 1_800};
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) waits.get(i)).isBetween(expected[i] * 0.79 - 1, expected[i] * 1.21);
        }
        receiver.mood(Mood.WELL);
        clock.advance(Duration.ofHours(1));
        turn(pump);
        assertThat(state()).satisfies(state -> {
            assertThat(state.condition()).isEqualTo(SinkState.Condition.WORKING);
            assertThat(state.lastError()).isEmpty();
            assertThat(state.attempts()).isZero();
        });
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void theReceiverMakesTheWaitLongerButNeverShorter() {
        SinkPump pump = pump(file());
        turn(pump);
        receiver.mood(Mood.BUSY);
        stored(1);
        turn(pump);
        assertThat(Duration.between(clock.instant(), state().waitUntil().orElseThrow()))
                .isEqualTo(Duration.ofSeconds(7));
        clock.advance(Duration.ofSeconds(7));
        turn(pump);
        assertThat(Duration.between(clock.instant(), state().waitUntil().orElseThrow()))
                .isGreaterThan(Duration.ofSeconds(11));
    }

    @Test
    void saysThatCredentialsAreRefusedAndGoesOnWhenAPersonResumes() {
        SinkPump pump = pump(file());
        turn(pump);
        receiver.mood(Mood.UNAUTHORIZED);
        stored(1);
        turn(pump);
        assertThat(state().word()).isEqualTo("credentials");
        receiver.mood(Mood.WELL);
        turn(pump);
        assertThat(receiver.received()).isEmpty();
        world.store().sinks().resume(name);
        turn(pump);
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void isSwitchedOffBy410UntilAPersonResumesIt() {
        SinkPump pump = pump(file());
        turn(pump);
        receiver.mood(Mood.GONE);
        stored(2);
        turn(pump);
        assertThat(state().word()).isEqualTo("off");
        receiver.mood(Mood.WELL);
        clock.advance(Duration.ofDays(1));
        turn(pump);
        assertThat(receiver.received()).isEmpty();
        world.store().sinks().resume(name);
        turn(pump);
        assertThat(receiver.received()).hasSize(2);
    }

    @Test
    void whatIsRefusedIsTriedThreeTimesMoreThenKeptAndSentAgainWhenAPersonWantsThat() {
        SinkPump pump = pump(file());
        turn(pump);
        AtomicInteger requests = new AtomicInteger();
        receiver.mood(() -> requests.incrementAndGet() <= 4 ? Mood.REFUSES : Mood.WELL);
        List<String> times = stored(2);
        for (long seconds : new long[] {1, 5, 30}) {
            turn(pump);
            int before = requests.get();
            clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
            turn(pump);
            assertThat(requests.get()).isEqualTo(before);
            clock.advance(Duration.ofMillis(1));
        }
        turn(pump);
        assertThat(eventTimes(receiver.received())).containsExactly(times.get(1));
        assertThat(world.store().sinks().failures().list(name, 10))
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.status()).isEqualTo(422);
                    assertThat(failure.subject().eventTime()).hasToString(times.get(0));
                    assertThat(failure.again()).isFalse();
                });
        assertThat(state().failed()).isEqualTo(1);

        assertThat(world.store().sinks().failures().sendAgain(name)).isEqualTo(1);
        turn(pump);
        assertThat(eventTimes(receiver.received())).containsExactly(times.get(1), times.get(0));
        assertThat(world.store().sinks().failures().list(name, 10)).isEmpty();
    }

    @Test
    void losesNothingWhileNobodyTrustsTheCertificateAndSaysWhatToDo() throws Exception {
        TestCertificate certificate = TestCertificate.of(directory, "ip:127.0.0.1");
        try (Receiver tls = new Receiver(certificate)) {
            SinkPump pump = pump(file("URL=" + tls.url()));
            turn(pump);
            List<String> times = stored(3);
            turn(pump);
            assertThat(state().condition()).isEqualTo(SinkState.Condition.WAITING);
            assertThat(state().lastError())
                    .hasValueSatisfying(error -> assertThat(error)
                            .contains("is signed by nobody who is trusted here; trust the certificate of its authority")
                            .doesNotContain("/hook"));
            clock.advance(Duration.ofMinutes(1));
            turn(pump);
            assertThat(state().attempts()).isEqualTo(2);
            assertThat(tls.received()).isEmpty();
            pump.release();

            Files.writeString(directory.resolve("ca.pem"), certificate.certificate());
            clock.advance(Duration.ofMinutes(1));
            turn(pump(file("URL=" + tls.url(), "TRUST_CERTIFICATE=" + directory.resolve("ca.pem"))));
            assertThat(eventTimes(tls.received())).isEqualTo(times);
            assertThat(state().lastError()).isEmpty();
        }
    }
}
