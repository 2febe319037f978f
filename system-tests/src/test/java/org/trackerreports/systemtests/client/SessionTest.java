package org.trackerreports.systemtests.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.findmy.ClientEvent;
import org.trackerreports.findmy.ClientSettings;
import org.trackerreports.findmy.FileSessionStore;
import org.trackerreports.findmy.FindMyClient;
import org.trackerreports.findmy.TrackerReports;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.simulator.AccountCondition;
import org.trackerreports.simulator.Fault;
import org.trackerreports.simulator.FaultKind;
import org.trackerreports.simulator.SecondFactor;
import org.trackerreports.simulator.Service;

class SessionTest {

    private static final int THREADS = 32;

    @Test
    void manyThreadsOnOneClientRenewAnEndedSessionOnce() throws Exception {
        try (Services services = new Services()) {
            Tracker tracker = Tracker.seen(services);
            FindMyClient client = services.signedIn(builder -> builder.rememberPassword()
                    .settings(ClientSettings.builder()
                            .retry(ClientSettings.Retry.NONE)
                            .parallelRequests(THREADS)
                            .build()));
            services.simulator.accounts().expireSessions(Services.APPLE_ID);
            services.simulator.requests().clear();
            // While the renewal takes its time, all the others meet the ended session, too.
            services.simulator
                    .faults()
                    .add(Fault.always(Service.GSA, FaultKind.SLOW).withDelay(Duration.ofMillis(500)));

            List<TrackerReports> results =
                    atOnce(() -> client.latest(List.of(tracker.keys)).get(0));

            assertThat(results).hasSize(THREADS).allSatisfy(result -> {
                assertThat(result.failure()).isEmpty();
                assertThat(result.latest()).isPresent();
            });
            assertThat(services.simulator.requests().count(Service.GSA))
                    .as("init and complete")
                    .isEqualTo(2);
            assertThat(services.simulator.requests().count(Service.SETUP)).isEqualTo(1);
            assertThat(services.simulator.requests().recent(Service.GATEWAY))
                    .filteredOn(request -> request.status() == 401)
                    .hasSizeGreaterThan(1);
            assertThat(services.events(ClientEvent.SessionRenewed.class)).hasSize(1);
        }
    }

    private static <T> List<T> atOnce(Callable<T> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<T>> futures = new ArrayList<>();
            for (int number = 0; number < THREADS; number++) {
                futures.add(threads.submit(() -> {
                    start.await(10, TimeUnit.SECONDS);
                    return call.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(60, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void bothStatusesOfAnEndedSessionRenewIt() throws IOException {
        for (FaultKind kind : List.of(FaultKind.UNAUTHORIZED, FaultKind.STATUS_541, FaultKind.TOKEN_EXPIRY)) {
            try (Services services = new Services()) {
                Tracker tracker = Tracker.seen(services);
                FindMyClient client = services.signedIn(FindMyClient.Builder::rememberPassword);
                services.simulator.faults().add(Fault.once(Service.GATEWAY, kind));

                assertThat(client.latest(List.of(tracker.keys)).get(0).latest())
                        .as("%s", kind)
                        .isPresent();
                assertThat(services.events(ClientEvent.SessionRenewed.class)).hasSize(1);
            }
        }
    }

    @Test
    void aServiceThatRefusesEveryNewSessionCausesOneSignInOnly() throws IOException {
        try (Services services = new Services()) {
            Tracker tracker = Tracker.seen(services);
            FindMyClient client = services.signedIn(FindMyClient.Builder::rememberPassword);
            services.simulator.faults().add(Fault.always(Service.GATEWAY, FaultKind.UNAUTHORIZED));
            services.simulator.requests().clear();

            assertThat(failure(client, tracker)).isInstanceOf(FetchOutcome.NotAuthorised.class);
            assertThat(failure(client, tracker))
                    .isInstanceOf(FetchOutcome.SignInNeeded.class)
                    .matches(FetchOutcome::waitingHelps);
            assertThat(services.simulator.requests().count(Service.SETUP)).isEqualTo(1);

            services.clock.advance(Duration.ofMinutes(16));
            failure(client, tracker);
            assertThat(services.simulator.requests().count(Service.SETUP)).isEqualTo(2);
        }
    }

    @Test
    void withoutARememberedPasswordSomebodyMustSignIn() throws IOException {
        try (Services services = new Services()) {
            Tracker tracker = Tracker.seen(services);
            FindMyClient client = services.client().build();
            assertThat(failure(client, tracker)).isInstanceOf(FetchOutcome.SignInNeeded.class);

            client.login(Services.credentials());
            services.simulator.accounts().expireSessions(Services.APPLE_ID);
            assertThat(failure(client, tracker))
                    .isInstanceOf(FetchOutcome.SignInNeeded.class)
                    .matches(outcome -> !outcome.waitingHelps());

            client.login(Services.credentials());
            assertThat(client.latest(List.of(tracker.keys)).get(0).failure()).isEmpty();
        }
    }

    @Test
    void aRenewalThatAPersonMustHelpIsNotRepeated() throws IOException {
        try (Services services = new Services()) {
            Tracker tracker = Tracker.seen(services);
            FindMyClient client = services.signedIn(FindMyClient.Builder::rememberPassword);
            services.simulator.accounts().expireSessions(Services.APPLE_ID);
            services.simulator.accounts().change(Services.APPLE_ID, account -> account.withPassword("changed"));
            services.simulator.requests().clear();

            for (int hour = 0; hour < 3; hour++) {
                assertThat(failure(client, tracker)).isInstanceOf(FetchOutcome.SignInNeeded.class);
                services.clock.advance(Duration.ofHours(1));
            }

            assertThat(services.simulator.requests().count(Service.GSA))
                    .as("a wrong password locks accounts")
                    .isLessThanOrEqualTo(4);
            assertThat(services.events(ClientEvent.RenewalFailed.class))
                    .singleElement()
                    .matches(event -> event.outcome() instanceof LoginOutcome.WrongPassword);
        }
    }

    @Test
    void aRenewalThatNeedsASecondFactorLeavesItPending() throws IOException {
        try (Services services = new Services(account -> account.with(SecondFactor.SMS))) {
            Tracker tracker = Tracker.seen(services);
            FindMyClient client = services.signedIn(FindMyClient.Builder::rememberPassword);
            client.sendCode(client.pendingLogin().orElseThrow().methods().get(0));
            client.enterCode(code(services), Services.credentials());
            services.simulator.accounts().expireSessions(Services.APPLE_ID);
            services.simulator.accounts().forgetTrust(Services.APPLE_ID);

            assertThat(failure(client, tracker)).isInstanceOf(FetchOutcome.SignInNeeded.class);

            client.sendCode(client.pendingLogin().orElseThrow().methods().get(0));
            assertThat(client.enterCode(code(services), Services.credentials()))
                    .isInstanceOf(LoginOutcome.LoggedIn.class);
            assertThat(client.latest(List.of(tracker.keys)).get(0).failure()).isEmpty();
        }
    }

    private static String code(Services services) {
        return services.simulator.accounts().lastCode(Services.APPLE_ID).orElseThrow();
    }

    @Test
    void aLockedAccountEndsAsSignInNeeded() throws IOException {
        try (Services services = new Services()) {
            Tracker tracker = Tracker.seen(services);
            FindMyClient client = services.signedIn(FindMyClient.Builder::rememberPassword);
            services.simulator.accounts().change(Services.APPLE_ID, account -> account.with(AccountCondition.LOCKED));
            assertThat(failure(client, tracker).message()).contains("locked");
        }
    }

    @Test
    void aChangeOfTheAnisetteMachineIsReported() throws IOException {
        try (Services services = new Services()) {
            Tracker tracker = Tracker.seen(services);
            FindMyClient client = services.signedIn();
            client.latest(List.of(tracker.keys));
            assertThat(services.events(ClientEvent.MachineChanged.class)).isEmpty();

            String before = client.session().orElseThrow().machineFingerprint();
            services.simulator.reprovisionAnisette();
            services.clock.advance(Duration.ofMinutes(1));
            client.latest(List.of(tracker.keys));
            client.latest(List.of(tracker.keys));

            assertThat(services.events(ClientEvent.MachineChanged.class))
                    .singleElement()
                    .matches(event ->
                            event.before().equals(before) && !event.now().equals(before));
        }
    }

    @Test
    void aSessionSurvivesTheProgramInAnEncryptedFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("session");
        try (Services services = new Services()) {
            Tracker tracker = Tracker.seen(services);
            FindMyClient first = services.signedIn(builder -> builder.rememberPassword()
                    .sessionStore(FileSessionStore.withPassphrase(file, "opensesame".toCharArray())));
            services.simulator.accounts().expireSessions(Services.APPLE_ID);

            FindMyClient second = services.client()
                    .sessionStore(FileSessionStore.withPassphrase(file, "opensesame".toCharArray()))
                    .build();

            assertThat(second.latest(List.of(tracker.keys)).get(0).latest()).isPresent();
            String token = second.session().orElseThrow().searchPartyToken();
            assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .doesNotContain(token)
                    .doesNotContain(Services.APPLE_ID);
        }
    }

    private static FetchOutcome failure(FindMyClient client, Tracker tracker) {
        return client.latest(List.of(tracker.keys)).get(0).failure().orElseThrow();
    }
}
