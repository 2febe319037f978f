package org.trackerreports.systemtests.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trackerreports.findmy.anisette.AnisetteData;
import org.trackerreports.findmy.anisette.AnisetteProvider;
import org.trackerreports.findmy.anisette.AnisetteServer;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchQuery;
import org.trackerreports.findmy.fetch.ReportService;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.findmy.http.ServiceAddresses;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.findmy.login.ClientInfo;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.Session;

/** The client against untrusted and misbehaving servers. */
class TransportTest {

    private static final Instant TOMORROW = Instant.now().plus(Duration.ofDays(1));
    private static final AnisetteProvider ANISETTE =
            () -> new AnisetteData("otp", "machine", AnisetteData.USUAL_ROUTING_INFO);
    private static final DeviceIdentity IDENTITY = new DeviceIdentity(UUID.randomUUID(), UUID.randomUUID());

    private final Certificates certificates = new Certificates();

    private SSLContext goodServer() {
        return certificates.server("localhost", TOMORROW);
    }

    private HttpSettings trusting(X509Certificate... authorities) {
        return new HttpSettings(Duration.ofSeconds(5), Duration.ofSeconds(10), 1 << 20, List.of(authorities));
    }

    private static FetchOutcome fetch(BadServer server, HttpSettings http) {
        ServiceAddresses addresses = new ServiceAddresses(server.address(), server.address(), server.address());
        Session session = new Session("owner@example.com", "1", "token", IDENTITY, "machine", Instant.now());
        FetchQuery query = new FetchQuery(
                List.of(new FetchQuery.Entry(
                        List.of(PrivateTrackerKey.generate(new SecureRandom()).hashed()), List.of())),
                Instant.EPOCH,
                Instant.now());
        return new ReportService(addresses, http, ANISETTE, Clock.systemUTC()).fetch(session, query);
    }

    private static LoginOutcome login(BadServer server, HttpSettings http) {
        ServiceAddresses addresses = new ServiceAddresses(server.address(), server.address(), server.address());
        return new AccountLogin(addresses, http, ANISETTE, ClientInfo.DEFAULT, Clock.systemUTC(), new SecureRandom())
                .begin(Services.credentials(), IDENTITY);
    }

    @Test
    void speaksToAServerWithATrustedCertificate() {
        try (BadServer server = new BadServer(goodServer(), BadServer.sends(2, true, new AtomicLong()))) {
            HttpSettings http = trusting(certificates.authority());
            assertThat(fetch(server, http)).isInstanceOf(FetchOutcome.Unreadable.class);
            assertThat(login(server, http)).isInstanceOf(LoginOutcome.Unreadable.class);
        }
    }

    @Test
    void refusesAServerOfAnAuthorityThatIsNotGiven() {
        try (BadServer server = new BadServer(goodServer(), BadServer.CLOSES_AT_ONCE)) {
            assertUntrusted(server, trusting());
            assertUntrusted(server, trusting(new Certificates().authority()));
        }
    }

    @Test
    void refusesACertificateOfAnotherHost() {
        try (BadServer server =
                new BadServer(certificates.server("gateway.icloud.com", TOMORROW), BadServer.CLOSES_AT_ONCE)) {
            assertUntrusted(server, trusting(certificates.authority()));
        }
    }

    @Test
    void refusesACertificateThatHasExpired() {
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        try (BadServer server = new BadServer(certificates.server("localhost", yesterday), BadServer.CLOSES_AT_ONCE)) {
            assertUntrusted(server, trusting(certificates.authority()));
        }
    }

    /** For the report service and for the sign-in service, which trust different authorities. */
    private static void assertUntrusted(BadServer server, HttpSettings http) {
        FetchOutcome fetched = fetch(server, http);
        assertThat(fetched).isInstanceOf(FetchOutcome.Unreachable.class);
        assertThat(fetched.message()).contains("cannot be trusted");
        LoginOutcome outcome = login(server, http);
        assertThat(outcome).isInstanceOf(LoginOutcome.ServiceUnavailable.class);
        assertThat(outcome.message()).contains("cannot be trusted").doesNotContain(Services.PASSWORD);
    }

    @Test
    @Timeout(60)
    void givesUpAServerThatHangsOrDrips() {
        HttpSettings impatient = new HttpSettings(
                Duration.ofSeconds(1), Duration.ofSeconds(1), 1 << 20, List.of(certificates.authority()));
        for (BadServer.Behaviour behaviour : List.of(BadServer.HANGS, BadServer.drips())) {
            try (BadServer server = new BadServer(goodServer(), behaviour)) {
                assertThat(fetch(server, impatient)).isInstanceOf(FetchOutcome.TimedOut.class);
                assertThat(login(server, impatient)).isInstanceOf(LoginOutcome.ServiceUnavailable.class);
                assertThat(server.connections()).as("one attempt each").isEqualTo(2);
            }
        }
    }

    @Test
    @Timeout(60)
    void manyCallsThatWaitShareAFewThreads() throws Exception {
        HttpSettings patient = new HttpSettings(
                Duration.ofSeconds(50), Duration.ofSeconds(50), 1 << 20, List.of(certificates.authority()));
        ExecutorService callers = Executors.newFixedThreadPool(40);
        List<Future<FetchOutcome>> calls = new ArrayList<>();
        try (BadServer server = new BadServer(goodServer(), BadServer.HANGS)) {
            for (int number = 0; number < 40; number++) {
                calls.add(callers.submit(() -> fetch(server, patient)));
            }
            await().until(() -> server.connections() == 40);
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .filteredOn(name -> name.startsWith("findmy-http-"))
                    .hasSizeBetween(1, 16);
        }
        for (Future<FetchOutcome> call : calls) {
            assertThat(call.get()).isInstanceOf(FetchOutcome.Unreachable.class);
        }
        callers.shutdown();
    }

    @Test
    @Timeout(60)
    void anInterruptEndsACallAndIsNotLost() throws Exception {
        HttpSettings patient = new HttpSettings(
                Duration.ofSeconds(50), Duration.ofSeconds(50), 1 << 20, List.of(certificates.authority()));
        for (BadServer.Behaviour behaviour : List.of(BadServer.HANGS, BadServer.drips())) {
            try (BadServer server = new BadServer(goodServer(), behaviour)) {
                CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
                Thread caller = new Thread(() -> {
                    fetch(server, patient);
                    stillInterrupted.complete(Thread.currentThread().isInterrupted());
                });
                caller.start();
                await().until(() -> server.connections() == 1);

                caller.interrupt();

                assertThat(stillInterrupted.get(20, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void noticesAConnectionThatEndsEarly() {
        HttpSettings http = trusting(certificates.authority());
        for (BadServer.Behaviour behaviour : List.of(BadServer.CLOSES_AT_ONCE, BadServer.CLOSES_EARLY)) {
            try (BadServer server = new BadServer(goodServer(), behaviour)) {
                assertThat(fetch(server, http)).isInstanceOf(FetchOutcome.Unreachable.class);
                assertThat(login(server, http)).isInstanceOf(LoginOutcome.ServiceUnavailable.class);
            }
        }
    }

    @Test
    void readsNoMoreOfAnEndlessAnswerThanTheLimit() {
        long hundredMegabytes = 100L << 20;
        for (boolean saysSo : List.of(true, false)) {
            AtomicLong sent = new AtomicLong();
            try (BadServer server = new BadServer(goodServer(), BadServer.sends(hundredMegabytes, saysSo, sent))) {
                FetchOutcome outcome = fetch(server, trusting(certificates.authority()));
                assertThat(outcome).isInstanceOf(FetchOutcome.Unreachable.class);
                assertThat(outcome.message()).contains("larger than 1048576 bytes");
                assertThat(sent.get()).isLessThan(hundredMegabytes / 2);
            }
        }
    }

    @Test
    void readsACompressedAnswerUpToTheLimit() {
        String answer = "{\"acsnLocations\": {\"statusCode\": \"200\", \"locationPayload\": []}}";
        HttpSettings http = trusting(certificates.authority());
        try (BadServer server = new BadServer(goodServer(), BadServer.compresses(answer))) {
            assertThat(fetch(server, http)).isInstanceOf(FetchOutcome.Answered.class);
        }
        String large = answer + " ".repeat(2 << 20);
        try (BadServer server = new BadServer(goodServer(), BadServer.compresses(large))) {
            assertThat(fetch(server, http).message()).contains("larger than 1048576 bytes");
        }
    }

    @Test
    void everyRequestToTheSignInServiceHasAConnectionOfItsOwn() {
        try (BadServer server = new BadServer(goodServer(), BadServer.sends(2, true, new AtomicLong()))) {
            for (int attempt = 1; attempt <= 3; attempt++) {
                login(server, trusting(certificates.authority()));
                assertThat(server.connections()).isEqualTo(attempt);
            }
        }
    }

    @Test
    void anAnisetteServerIsVerifiedToo() {
        try (BadServer server = new BadServer(goodServer(), BadServer.CLOSES_AT_ONCE)) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> new AnisetteServer(server.address(), trusting(), Clock.systemUTC()).current()))
                    .hasMessageContaining("cannot be trusted")
                    .hasMessageContaining("ANISETTE_SERVER");
        }
    }
}
