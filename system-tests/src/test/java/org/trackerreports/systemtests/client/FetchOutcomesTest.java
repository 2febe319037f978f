package org.trackerreports.systemtests.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.ClientEvent;
import org.trackerreports.findmy.ClientSettings;
import org.trackerreports.findmy.FindMyClient;
import org.trackerreports.findmy.TrackerReports;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchProtocol;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.findmy.report.Undecryptable;
import org.trackerreports.simulator.Fault;
import org.trackerreports.simulator.FaultKind;
import org.trackerreports.simulator.Service;

class FetchOutcomesTest {

    private static final Duration SOON = Duration.ofMillis(20);

    @Test
    void eachTroubleOfTheServiceHasItsOutcomeAndSaysWhetherWaitingHelps() throws IOException {
        assertOutcome(FaultKind.EMPTY_ANSWER, FetchOutcome.EmptyAnswer.class, true);
        assertOutcome(FaultKind.FORBIDDEN, FetchOutcome.Refused.class, false);
        assertOutcome(FaultKind.WRONG_STATUS_CODE, FetchOutcome.Refused.class, false);
        assertOutcome(FaultKind.SERVER_ERROR, FetchOutcome.ServiceError.class, true);
        assertOutcome(FaultKind.BAD_GATEWAY, FetchOutcome.ServiceError.class, true);
        assertOutcome(FaultKind.UNAVAILABLE, FetchOutcome.ServiceError.class, true);
        assertOutcome(FaultKind.HTML_PAGE, FetchOutcome.Unreadable.class, true);
        assertOutcome(FaultKind.HALF_ANSWER, FetchOutcome.Unreadable.class, true);
        assertOutcome(FaultKind.CONNECTION_RESET, FetchOutcome.Unreachable.class, true);
        assertOutcome(FaultKind.HANG, FetchOutcome.TimedOut.class, true);
        assertOutcome(FaultKind.SLOW, FetchOutcome.TimedOut.class, true);
        assertThat(assertOutcome(FaultKind.TOO_MANY_REQUESTS, FetchOutcome.TooManyRequests.class, true))
                .isEqualTo(new FetchOutcome.TooManyRequests(Optional.of(Duration.ofSeconds(60))));
    }

    private static FetchOutcome assertOutcome(
            FaultKind kind, Class<? extends FetchOutcome> expected, boolean waitingHelps) throws IOException {
        try (Services services = new Services()) {
            Tracker tracker = Tracker.seen(services);
            boolean late = kind == FaultKind.HANG || kind == FaultKind.SLOW;
            HttpSettings http = new HttpSettings(
                    Duration.ofSeconds(5),
                    late ? Duration.ofSeconds(2) : Duration.ofSeconds(20),
                    1 << 20,
                    services.http().additionalCertificates());
            FindMyClient client = services.signedIn(builder -> builder.http(http));
            services.simulator.faults().add(Fault.always(Service.GATEWAY, kind).withDelay(Duration.ofSeconds(30)));

            TrackerReports result = client.latest(List.of(tracker.keys)).get(0);

            assertThat(result.failure()).as("%s", kind).hasValueSatisfying(outcome -> {
                assertThat(outcome).isInstanceOf(expected);
                assertThat(outcome.waitingHelps()).isEqualTo(waitingHelps);
            });
            assertThat(result.reports()).isEmpty();
            return result.failure().orElseThrow();
        }
    }

    @Test
    void noReportsIsAnAnswerAndNoFailure() throws IOException {
        try (Services services = new Services()) {
            Tracker tracker = Tracker.ofKeys(services, "silent", 3, false);
            FindMyClient client = services.signedIn();

            TrackerReports result = client.latest(List.of(tracker.keys)).get(0);

            assertThat(result.failure()).isEmpty();
            assertThat(result.reports()).isEmpty();
            assertThat(result.message()).isEqualTo("no reports");
        }
    }

    @Test
    void emptyAnswersAreAskedAgainAsOftenAsTheSettingsSay() throws IOException {
        try (Services services = new Services()) {
            Tracker tracker = Tracker.seen(services);
            FindMyClient client = services.signedIn(builder -> builder.settings(ClientSettings.builder()
                    .retry(new ClientSettings.Retry(List.of(SOON, SOON, SOON), List.of(SOON)))
                    .build()));

            services.simulator
                    .faults()
                    .add(Fault.once(Service.GATEWAY, FaultKind.EMPTY_ANSWER).times(3));
            assertThat(client.latest(List.of(tracker.keys)).get(0).latest()).isPresent();
            assertThat(services.events(ClientEvent.Retrying.class)).hasSize(3);
            assertThat(services.events(ClientEvent.Requested.class)).hasSize(4);

            services.simulator
                    .faults()
                    .add(Fault.once(Service.GATEWAY, FaultKind.EMPTY_ANSWER).times(4));
            assertThat(client.latest(List.of(tracker.keys)).get(0).failure())
                    .containsInstanceOf(FetchOutcome.EmptyAnswer.class);

            services.simulator.faults().add(Fault.once(Service.GATEWAY, FaultKind.SERVER_ERROR));
            assertThat(client.latest(List.of(tracker.keys)).get(0).latest()).isPresent();
            services.simulator
                    .faults()
                    .add(Fault.once(Service.GATEWAY, FaultKind.SERVER_ERROR).times(2));
            assertThat(client.latest(List.of(tracker.keys)).get(0).failure())
                    .containsInstanceOf(FetchOutcome.ServiceError.class);
        }
    }

    @Test
    void aServiceThatFailsInARowIsLeftAloneForAWhile() throws IOException {
        try (Services services = new Services()) {
            Tracker tracker = Tracker.seen(services);
            FindMyClient client = services.signedIn(builder -> builder.settings(ClientSettings.builder()
                    .retry(ClientSettings.Retry.NONE)
                    .coolDown(new ClientSettings.CoolDown(3, Duration.ofMinutes(5)))
                    .build()));
            services.simulator.requests().clear();
            services.simulator
                    .faults()
                    .add(Fault.once(Service.GATEWAY, FaultKind.UNAVAILABLE).times(3));

            for (int round = 0; round < 3; round++) {
                client.latest(List.of(tracker.keys));
            }
            assertThat(client.latest(List.of(tracker.keys)).get(0).failure())
                    .containsInstanceOf(FetchOutcome.HeldBack.class);
            assertThat(services.simulator.requests().count(Service.GATEWAY)).isEqualTo(3);
            assertThat(services.events(ClientEvent.CoolDownBegan.class)).hasSize(1);

            services.clock.advance(Duration.ofMinutes(5).plusSeconds(1));
            assertThat(client.latest(List.of(tracker.keys)).get(0).latest()).isPresent();
            assertThat(services.events(ClientEvent.CoolDownEnded.class)).hasSize(1);
        }
    }

    @Test
    void afterTooManyRequestsNothingIsSentUntilTheServiceAllowsIt() throws IOException {
        try (Services services = new Services()) {
            Tracker tracker = Tracker.seen(services);
            FindMyClient client = services.signedIn();
            services.simulator
                    .faults()
                    .add(Fault.once(Service.GATEWAY, FaultKind.TOO_MANY_REQUESTS)
                            .withRetryAfter(Duration.ofHours(1)));
            services.simulator.requests().clear();

            client.latest(List.of(tracker.keys));
            assertThat(services.events(ClientEvent.CoolDownBegan.class))
                    .containsExactly(new ClientEvent.CoolDownBegan(Duration.ofHours(1)));
            services.clock.advance(Duration.ofMinutes(59));
            assertThat(client.latest(List.of(tracker.keys)).get(0).failure())
                    .containsInstanceOf(FetchOutcome.HeldBack.class);
            assertThat(services.simulator.requests().count(Service.GATEWAY)).isEqualTo(1);

            services.clock.advance(Duration.ofMinutes(2));
            assertThat(client.latest(List.of(tracker.keys)).get(0).latest()).isPresent();
        }
    }

    @Test
    void theRateLimitHoldsRequestsBackRetriesAmongThem() throws IOException {
        try (Services services = new Services()) {
            Tracker tracker = Tracker.seen(services);
            FindMyClient client = services.signedIn(builder -> builder.settings(ClientSettings.builder()
                    .retry(new ClientSettings.Retry(List.of(SOON, SOON, SOON), List.of()))
                    .rateLimit(new ClientSettings.RateLimit(2, Duration.ofHours(1), Duration.ZERO))
                    .build()));
            services.simulator.faults().add(Fault.always(Service.GATEWAY, FaultKind.EMPTY_ANSWER));
            services.simulator.requests().clear();

            assertThat(client.latest(List.of(tracker.keys)).get(0).failure())
                    .containsInstanceOf(FetchOutcome.HeldBack.class);

            assertThat(services.simulator.requests().count(Service.GATEWAY)).isEqualTo(2);
        }
    }

    @Test
    void anInterruptEndsTheWaitingBeforeARetry() throws Exception {
        try (Services services = new Services()) {
            Tracker tracker = Tracker.seen(services);
            CountDownLatch waiting = new CountDownLatch(1);
            FindMyClient client = services.signedIn(builder -> builder.settings(ClientSettings.builder()
                            .retry(new ClientSettings.Retry(List.of(Duration.ofMinutes(5)), List.of()))
                            .build())
                    .events(event -> {
                        if (event instanceof ClientEvent.Retrying) {
                            waiting.countDown();
                        }
                    }));
            services.simulator.faults().add(Fault.always(Service.GATEWAY, FaultKind.EMPTY_ANSWER));
            CompletableFuture<FetchOutcome> outcome = new CompletableFuture<>();
            CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                try {
                    outcome.complete(client.latest(List.of(tracker.keys))
                            .get(0)
                            .failure()
                            .orElseThrow());
                } catch (RuntimeException e) {
                    outcome.completeExceptionally(e);
                }
                stillInterrupted.complete(Thread.currentThread().isInterrupted());
            });
            caller.start();
            assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();

            caller.interrupt();

            assertThat(outcome.get(30, TimeUnit.SECONDS)).isInstanceOf(FetchOutcome.EmptyAnswer.class);
            assertThat(stillInterrupted.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aListenerThatFailsDoesNoHarm() throws IOException {
        try (Services services = new Services()) {
            Tracker tracker = Tracker.seen(services);
            FindMyClient client = services.signedIn(builder -> builder.events(event -> {
                throw new IllegalStateException("a listener's own fault");
            }));
            assertThat(client.latest(List.of(tracker.keys)).get(0).latest()).isPresent();
        }
    }

    @Test
    void withoutAnisetteDataNothingIsAsked() throws IOException {
        try (Services services = new Services()) {
            Tracker tracker = Tracker.seen(services);
            FindMyClient client = services.signedIn();
            services.clock.advance(Duration.ofMinutes(1));
            services.simulator.faults().add(Fault.always(Service.ANISETTE, FaultKind.SERVER_ERROR));
            services.simulator.requests().clear();

            assertThat(client.latest(List.of(tracker.keys)).get(0).failure())
                    .containsInstanceOf(FetchOutcome.NoAnisette.class);
            assertThat(services.simulator.requests().count(Service.GATEWAY)).isZero();
        }
    }

    @Test
    void aBadReportFailsAlone() throws IOException {
        for (FaultKind kind :
                List.of(FaultKind.GARBAGE_PAYLOADS, FaultKind.WRONG_KEY_PAYLOADS, FaultKind.ODD_LENGTH_PAYLOADS)) {
            for (FetchProtocol protocol : FetchProtocol.values()) {
                try (Services services = new Services()) {
                    Tracker tracker = Tracker.seen(services);
                    FindMyClient client = signedIn(services, protocol);
                    services.simulator.faults().add(Fault.once(Service.GATEWAY, kind));

                    TrackerReports result = client.latest(List.of(tracker.keys)).get(0);

                    assertThat(result.failure()).isEmpty();
                    assertThat(result.reports()).isEmpty();
                    assertThat(result.undecryptable()).as("%s", kind).isNotEmpty();
                    assertThat(result.undecryptable())
                            .extracting(Undecryptable::reason)
                            .doesNotContain(Undecryptable.Reason.NO_KEY);
                }
            }
        }
    }

    @Test
    void idsThatNobodyAskedForAndDuplicatesChangeNothing() throws IOException {
        for (FaultKind kind : List.of(FaultKind.UNASKED_IDS, FaultKind.DUPLICATE_REPORTS)) {
            for (FetchProtocol protocol : FetchProtocol.values()) {
                try (Services services = new Services()) {
                    Tracker tracker = Tracker.seen(services);
                    FindMyClient client = signedIn(services, protocol);
                    TrackerReports before = client.latest(List.of(tracker.keys)).get(0);
                    services.simulator.faults().add(Fault.always(Service.GATEWAY, kind));
                    TrackerReports after = client.latest(List.of(tracker.keys)).get(0);

                    assertThat(after.reports()).as("%s", kind).isEqualTo(before.reports());
                    assertThat(after.undecryptable()).isEmpty();
                }
            }
        }
    }

    private static FindMyClient signedIn(Services services, FetchProtocol protocol) throws IOException {
        FindMyClient client = services.signedIn(builder ->
                builder.settings(ClientSettings.builder().protocol(protocol).build()));
        return client;
    }
}
